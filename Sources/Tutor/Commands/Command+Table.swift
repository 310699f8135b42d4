import Screen

/// A command's row in the table, the same for the screen and for plain mode.
struct CommandRow: Sendable {
  /// A one-line description.
  let doc: String
  let condition: Condition
  /// The reason why no key gives the command, or nil if `KeyTable` has one.
  let withoutKey: String?
  /// The reason why plain mode has no word for the command, or nil if `WordTable` has one.
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
  private static let saysInOrder = "plain mode prints a text from its beginning to its end"
  private static let numberChooses = "a number chooses from a list"
  private static let panesShow = "a pane shows it"

  /// The table of commands: what each does, and when it is available. `KeyTable` adds the keys and
  /// `WordTable` the words. Help, footer, palette, manual and Docs/KEYS.md are made from the three.
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
        "reset the run's parameters to their defaults", when: .request(RunWords()),
        withoutKey: "the form of the parameters has a key for this")
    case .otherRun(let steps):
      CommandRow(
        steps > 0 ? "choose the step's next run" : "choose the step's previous run",
        when: .several, withoutWord: "run and parameters take the number of a run")
    case .togglePause:
      CommandRow(
        "pause or resume the run", when: .live,
        withoutWord: "pause and resume are two words")
    case .pause:
      CommandRow(
        "pause the run; so does Enter while it runs", when: .unpaused,
        withoutKey: "one key does both")
    case .resume:
      CommandRow("resume a paused run", when: .pauseAsked, withoutKey: "one key does both")
    case .stepOnce: CommandRow("one step: perform one operation of a paused run", when: .paused)
    case .stop: CommandRow("stop the run", when: .live)
    case .speed(let steps):
      CommandRow(
        steps > 0 ? "faster: up to 4 times, then without delays" : "slower",
        when: .speed(steps))
    case .setSpeed:
      CommandRow(
        "set the speed of delays", when: .delays, withoutKey: "two keys go through the speeds")
    case .finding:
      CommandRow("show the problem that was found in the run", when: .finding)
    case .ask(let question): row(of: question)
    case .scrub(let events):
      events > 0
        ? CommandRow("one event forward, while you look back", when: .rewound)
        : CommandRow("one event back", when: .earlierEvents)
    case .scrubColumns(let columns):
      CommandRow(
        columns > 0
          ? "one column of the timeline forward, while you look back"
          : "one column of the timeline back",
        when: columns > 0 ? .rewound : .earlierEvents, withoutWord: Self.hasPanes)
    case .runStart:
      CommandRow(
        "to the run's beginning", when: .earlierEvents,
        withoutWord: "first goes to the first event; there is nothing to print before it")
    case .followLive:
      CommandRow("to the newest event", when: .rewound)
    case .event(let number):
      CommandRow(
        "to an event by its number", when: .event(number),
        withoutKey: "a click on an event goes there")
    case .moment:
      CommandRow(
        "to a time of the run", when: .hasRun, withoutKey: "a click on the timeline goes there")
    case .play: CommandRow("play or pause a finished run", when: .over)
    case .zoomTime(let isIn):
      CommandRow(
        isIn ? "show less time, larger" : "show more time",
        when: isIn ? .zoomable : .window, withoutWord: Self.hasPanes)
    case .endOfWait(let name):
      CommandRow("to the event that ended this wait", when: .wait(of: name))
    case .save: CommandRow("save the run to a file", when: .hasRun)
    case .recordings(.replay): CommandRow("the recent runs")
    case .recordings(.compare):
      CommandRow("compare with another run of the demo", when: .ended)
    case .removeRecording:
      CommandRow(
        "remove the selected run from the list, or restore it", when: .recording,
        withoutWord: "remove and restore are two words")
    case .remove(let number):
      CommandRow(
        "remove a run from the list", when: .listed(number, isRemoved: false),
        withoutKey: "one key does both")
    case .putBack(let number):
      CommandRow(
        "restore a run of the list", when: .listed(number, isRemoved: true),
        withoutKey: "one key does both")
    case .answer:
      CommandRow("show the answer before the run has ended", when: .closedAnswer)
    case .measures:
      CommandRow(
        "show all measures, or only what is asked about", when: .moreMeasures,
        withoutWord: "results says all of them")
    case .nextStep: CommandRow("the next step", when: .nextStep)
    case .previousStep: CommandRow("the previous step", when: .previousStep)
    case .go(let text):
      CommandRow("go to a step", when: .step(text), withoutKey: "the contents list every step")
    case .open:
      CommandRow(
        "open a step", withoutKey: "a row of a list opens it", withoutWord: Self.numberChooses)
    case .lessons: CommandRow("the list of lessons")
    case .contents: CommandRow("the contents: every step by its title")
    case .follow: CommandRow("follow a link of the step", when: .links)
    case .back: CommandRow("back to the step with the link", when: .trail)
    case .search:
      CommandRow(
        "find a text in the pane", withoutWord: "find searches the lessons, search the events")
    case .searchEvents(let text):
      CommandRow(
        "search the run's events", when: .words(text),
        withoutKey: "the search in the events does this")
    case .find(let steps):
      CommandRow(steps > 0 ? "the next match" : "the previous match", when: .matches)
    case .copy:
      CommandRow(
        "copy the pane's text",
        when: Condition { $0.hasCopy ? .now : .no("there is nothing to copy here") },
        withoutWord: "the terminal can copy all text")
    case .copyCommand:
      CommandRow(
        "copy the shell command of the run", when: .request(RunWords()))
    case .nextPane: CommandRow("go to the next pane", withoutWord: Self.hasPanes)
    case .previousPane: CommandRow("go to the previous pane", withoutWord: Self.hasPanes)
    case .pane(let digit): CommandRow(Self.panes[digit] ?? "", withoutWord: Self.hasPanes)
    case .zoom:
      CommandRow(
        "zoom the pane to the whole screen, or back", when: .room,
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
        "reset all borders",
        when: Condition { $0.splits.places.isEmpty ? .no("no border was moved") : .now },
        withoutWord: Self.hasPanes)
    case .move(let lines):
      CommandRow(lines > 0 ? "a line down" : "a line up", withoutWord: Self.saysInOrder)
    case .page(let pages):
      CommandRow(
        pages > 0 ? "a page down" : "a page up",
        withoutWord: Self.saysInOrder)
    case .top: CommandRow("to the top", withoutWord: Self.saysInOrder)
    case .bottom: CommandRow("to the end", withoutWord: Self.saysInOrder)
    case .palette:
      CommandRow("every command by its words", withoutWord: "every word can be typed")
    case .settings: CommandRow("colours, symbols, motion, mouse")
    case .help: CommandRow("all keys")
    case .close:
      CommandRow(
        "close the top layer; never quits",
        when: Condition { $0.closable == nil ? .no("there is nothing to close") : .now })
    case .repaint: CommandRow("redraw the screen", withoutWord: "plain mode draws nothing")
    case .suspend:
      CommandRow("back to the shell; fg returns", withoutWord: "the terminal suspends it")
    case .interrupt:
      CommandRow(
        "stop the run, or quit if nothing runs", withoutWord: "plain mode has the same key")
    case .quit: CommandRow("quit; stops a live run first")
    case .accept:
      CommandRow(
        "open or run the selection", when: .acceptable, withoutWord: Self.numberChooses)
    case .select(let row):
      CommandRow(
        "select a row", when: .row(row), withoutKey: "a click selects a row",
        withoutWord: Self.numberChooses)
    case .choose(let steps):
      CommandRow(
        steps > 0 ? "the next choice" : "the previous choice", when: .choice,
        withoutWord: Self.numberChooses)
    case .reset:
      CommandRow(
        "reset all values to their defaults", withoutWord: "defaults does this without a form")
    }
  }

  private func row(of question: Question) -> CommandRow {
    switch question {
    case .state:
      CommandRow(
        "the state of each object and each thread", when: .hasSession,
        withoutKey: Self.panesShow)
    case .timeline:
      CommandRow(
        "how long each thread slept, waited and held locks", when: .hasSession,
        withoutKey: Self.panesShow)
    case .results:
      CommandRow(
        "the results of the run, and its chart", when: .hasResults,
        withoutKey: Self.panesShow)
    case .events:
      CommandRow(
        "the events of the run, page by page", when: .hasRun, withoutKey: Self.panesShow)
    case .event:
      CommandRow(
        "the current event again, and the state there", when: .hasRun,
        withoutKey: Self.panesShow)
    case .speed:
      CommandRow("the speed of delays", withoutKey: "the bottom line shows it")
    case .step: CommandRow("the step again", withoutKey: Self.panesShow)
    case .code:
      CommandRow(
        "the listing",
        when: Condition { $0.shownListing == nil ? .no("this lesson has no listing") : .now },
        withoutKey: Self.panesShow)
    case .steps(let text):
      CommandRow(
        "search all lessons",
        when: Condition { _ in
          TextFinder.words(of: text).isEmpty
            ? .no("find needs words: find lock") : .now
        }, withoutKey: "the search in the lesson does this")
    case .progress:
      CommandRow("how many steps you have seen", withoutKey: "the list of lessons shows it")
    case .choices: CommandRow("the choices again", withoutKey: "the bottom line shows them")
    case .more: CommandRow("the next page of a long list", withoutKey: "lists scroll")
    }
  }

  /// The descriptions of the digits.
  private static let panes = [
    1: "go to the lesson", 2: "go to the code, or the contents",
    3: "go to the state, or the demo's view", 4: "go to the timeline", 5: "go to the events",
    6: "go to the state behind a demo's view", 7: "go to the state of a demo with two views",
  ]

  /// Whether the command does something now, or the reason why not.
  package func availability(_ model: Model) -> Availability { row.condition(model) }
}
