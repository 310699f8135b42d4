import Screen

/// What both faces know of a command.
struct CommandRow: Sendable {
  /// One line that says what it does.
  let doc: String
  let condition: Condition
  /// Why no key gives the command; nil where `KeyTable` has one.
  let withoutKey: String?
  /// Why plain mode has no word for it; nil where `WordTable` has one.
  let withoutWord: String?

  fileprivate init(
    _ doc: String, when condition: Condition = .always,
    withoutKey: String? = nil, withoutWord: String? = nil
  ) {
    self.doc = doc
    self.condition = condition
    self.withoutKey = withoutKey
    self.withoutWord = withoutWord
  }
}

extension Command {
  private static let hasPanes = "only the screen has panes"
  private static let saysInOrder = "plain mode says a text from its beginning to its end"
  private static let numberChooses = "a number chooses from a list"
  private static let panesShow = "a pane shows it"

  /// THE table of commands: what each does, and when. `KeyTable` adds its keys, `WordTable` its
  /// words; help, footer, palette, manual and Docs/KEYS.md are made from the three.
  var row: CommandRow {
    switch self {
    case .run(let words):
      CommandRow("run what the lesson shows", when: .runnable(words))
    case .parameters(let words):
      CommandRow("change the run's parameters", when: .runnable(words))
    case .change:
      CommandRow(
        "set parameters of the run by their names", when: .request(RunWords()),
        withoutKey: "the form of the parameters sets them",
        withoutWord: "values are typed without a word: items=5")
    case .defaults:
      CommandRow(
        "give a run its default values again", when: .request(RunWords()),
        withoutKey: "the form of the parameters has a key for its own values")
    case .otherRun(let steps):
      CommandRow(
        steps > 0 ? "choose the step's next run" : "choose the step's run before",
        when: .several, withoutWord: "run and parameters take the number of a run")
    case .togglePause:
      CommandRow(
        "pause the run, and let it go on", when: .live,
        withoutWord: "pause and go on are two words")
    case .pause:
      CommandRow(
        "pause the run; so does Enter while it runs", when: .unpaused,
        withoutKey: "one key does both")
    case .resume:
      CommandRow("let a paused run go on", when: .pauseAsked, withoutKey: "one key does both")
    case .stepOnce: CommandRow("let one operation of a paused run happen", when: .paused)
    case .stop: CommandRow("stop the run", when: .live)
    case .speed(let steps):
      CommandRow(
        steps > 0 ? "faster: up to 4 times, then as fast as it can" : "slower",
        when: .speed(steps))
    case .setSpeed:
      CommandRow(
        "let delays pass at a speed", when: .delays, withoutKey: "two keys go through the speeds")
    case .finding:
      CommandRow("show what was found to be wrong in the run", when: .finding)
    case .ask(let question): row(of: question)
    case .scrub(let events):
      events > 0
        ? CommandRow("an event on, while an earlier moment is looked at", when: .rewound)
        : CommandRow("an event back", when: .earlierEvents)
    case .scrubColumns(let columns):
      CommandRow(
        columns > 0
          ? "a column of the lanes on, while an earlier moment is looked at"
          : "a column of the lanes back",
        when: columns > 0 ? .rewound : .earlierEvents, withoutWord: Self.hasPanes)
    case .runStart:
      CommandRow(
        "to the run's beginning", when: .earlierEvents,
        withoutWord: "first goes to the first event, since nothing is to say before it")
    case .followLive:
      CommandRow("to the newest event; what is live is followed", when: .rewound)
    case .event(let number):
      CommandRow(
        "to the event of a number", when: .event(number),
        withoutKey: "a click on an event goes there")
    case .moment:
      CommandRow(
        "to a time of the run", when: .hasRun, withoutKey: "a click among the lanes goes there")
    case .film: CommandRow("let a recorded run go by like a film, and hold it", when: .over)
    case .zoomTime(let isIn):
      CommandRow(
        isIn ? "show less time, larger" : "show more time",
        when: isIn ? .zoomable : .window, withoutWord: Self.hasPanes)
    case .endOfWait(let name):
      CommandRow("to what ended the wait that is looked at", when: .wait(of: name))
    case .save: CommandRow("write the run to a file, as a recording", when: .hasRun)
    case .recordings(.replay): CommandRow("the recent runs, to be shown again")
    case .recordings(.compare):
      CommandRow("lay another run of the demo beside this one", when: .ended)
    case .removeRecording:
      CommandRow(
        "take the selected run off the list, and put it back", when: .recording,
        withoutWord: "remove and put back are two words")
    case .remove(let number):
      CommandRow(
        "take a run off the list", when: .listed(number, isRemoved: false),
        withoutKey: "one key does both")
    case .putBack(let number):
      CommandRow(
        "put a run back on the list", when: .listed(number, isRemoved: true),
        withoutKey: "one key does both")
    case .nextStep: CommandRow("the next step", when: .nextStep)
    case .previousStep: CommandRow("the step before", when: .previousStep)
    case .go(let text):
      CommandRow("go to a step", when: .step(text), withoutKey: "the contents lead anywhere")
    case .open:
      CommandRow(
        "open a step", withoutKey: "a row of a list opens it", withoutWord: Self.numberChooses)
    case .lessons: CommandRow("the list of lessons")
    case .contents: CommandRow("the contents: every step by its title")
    case .follow: CommandRow("follow a link of the step", when: .links)
    case .back: CommandRow("back to where the link was followed", when: .trail)
    case .search:
      CommandRow(
        "find a text in the pane", withoutWord: "find looks through lessons, search through events")
    case .searchEvents(let text):
      CommandRow(
        "look for words in the run's events", when: .words(text),
        withoutKey: "the search of a pane does this")
    case .find(let steps):
      CommandRow(steps > 0 ? "the next match" : "the match before", when: .matches)
    case .copy:
      CommandRow(
        "copy what the pane shows",
        when: Condition { $0.hasCopy ? .now : .no("there is nothing to copy here") },
        withoutWord: "what is said can be copied where it is written")
    case .copyCommand:
      CommandRow(
        "copy the words that start the run from a shell", when: .request(RunWords()))
    case .nextPane: CommandRow("go to the next pane", withoutWord: Self.hasPanes)
    case .previousPane: CommandRow("go to the pane before", withoutWord: Self.hasPanes)
    case .pane(let digit): CommandRow(Self.panes[digit] ?? "", withoutWord: Self.hasPanes)
    case .zoom:
      CommandRow(
        "give the pane the whole screen, and take it back", when: .room,
        withoutWord: Self.hasPanes)
    case .moveSideBorder(let columns):
      CommandRow(
        columns > 0 ? "make the lesson wider" : "make the lesson narrower",
        when: .border(columns: true), withoutWord: Self.hasPanes)
    case .moveLowerBorder(let rows):
      CommandRow(
        rows > 0 ? "move the pane's lower border down" : "move the pane's lower border up",
        when: .border(columns: false), withoutWord: Self.hasPanes)
    case .resetBorders:
      CommandRow(
        "all borders back to where they were at first",
        when: Condition { $0.splits.places.isEmpty ? .no("no border was moved") : .now },
        withoutWord: Self.hasPanes)
    case .move(let lines):
      CommandRow(lines > 0 ? "a line down" : "a line up", withoutWord: Self.saysInOrder)
    case .page(let pages):
      CommandRow(
        pages > 0 ? "a page down (space: while nothing runs)" : "a page up",
        withoutWord: Self.saysInOrder)
    case .top: CommandRow("to the top", withoutWord: Self.saysInOrder)
    case .bottom: CommandRow("to the end", withoutWord: Self.saysInOrder)
    case .palette:
      CommandRow("every command by its words", withoutWord: "every word can be typed")
    case .settings: CommandRow("colours, symbols, motion, mouse")
    case .help: CommandRow("all keys")
    case .close:
      CommandRow(
        "close what lies on top; never quits",
        when: Condition { $0.closable == nil ? .no("nothing is open that could be closed") : .now })
    case .repaint: CommandRow("draw the screen anew", withoutWord: "nothing that is said is drawn")
    case .suspend:
      CommandRow("back to the shell; fg returns", withoutWord: "the terminal does it")
    case .interrupt:
      CommandRow("stop the run; quit where nothing runs", withoutWord: "it is a key there too")
    case .quit: CommandRow("quit; a live run is stopped first")
    case .accept:
      CommandRow(
        "do what is selected, or go there", when: .acceptable, withoutWord: Self.numberChooses)
    case .choose(let steps):
      CommandRow(
        steps > 0 ? "the next choice" : "the choice before", when: .choice,
        withoutWord: Self.numberChooses)
    case .reset:
      CommandRow(
        "all values back to their defaults", withoutWord: "defaults does it without a form")
    }
  }

  private func row(of question: Question) -> CommandRow {
    switch question {
    case .state:
      CommandRow(
        "hear what is true now, of each object and each thread", when: .hasSession,
        withoutKey: Self.panesShow)
    case .timeline:
      CommandRow(
        "hear for each thread how long it slept, waited and held locks", when: .hasSession,
        withoutKey: Self.panesShow)
    case .results:
      CommandRow(
        "hear all that the run gave, and what its chart shows", when: .hasResults,
        withoutKey: Self.panesShow)
    case .events:
      CommandRow(
        "hear all events of the run, page by page", when: .hasRun, withoutKey: Self.panesShow)
    case .event:
      CommandRow(
        "hear again the event that you look at, and what is true there", when: .hasRun,
        withoutKey: Self.panesShow)
    case .speed:
      CommandRow("hear how fast delays pass", withoutKey: "the bottom line shows it")
    case .step: CommandRow("hear the step again", withoutKey: Self.panesShow)
    case .code:
      CommandRow(
        "hear the whole listing",
        when: Condition { $0.shownListing == nil ? .no("this lesson has no listing") : .now },
        withoutKey: Self.panesShow)
    case .steps(let text):
      CommandRow(
        "look for words in all lessons",
        when: Condition { _ in
          TextFinder.words(of: text).isEmpty
            ? .no("type the words to look for too: find lock") : .now
        }, withoutKey: "the search of the lesson's pane does this")
    case .progress:
      CommandRow("how many steps you have seen", withoutKey: "the list of lessons shows it")
    case .choices: CommandRow("hear the choices again", withoutKey: "the bottom line shows them")
    case .more: CommandRow("the next page of a long list", withoutKey: "lists scroll")
    }
  }

  /// What each digit leads to.
  private static let panes = [
    1: "go to the lesson", 2: "go to the code, or the contents",
    3: "go to the state, or the demo's view", 4: "go to the timeline", 5: "go to the events",
    6: "go to what a demo's view covers: the state", 7: "go to the state of a demo with two views",
  ]

  /// Whether it does something now, and if not, why.
  package func availability(_ model: Model) -> Availability { row.condition(model) }
}
