internal import Catalog
internal import Events

/// The words of plain mode, as a column of the command table: the line reader, its help and the
/// manual are made from it.
public enum WordTable {
  /// Words that belong together, with what the help says before them.
  package typealias Section = (title: String, words: [Word])

  /// The words, in the order in which the help says them.
  package static let sections: [Section] = [
    ("Words for running", running),
    ("Words for what a run did", asking),
    ("Words for going to and fro in a run", time),
    ("Words for runs that are kept", recordings),
    ("Words for reading", reading),
    ("Words for all else", program),
  ]

  /// All words, in the help's order.
  package static let all = sections.flatMap(\.words)

  /// For the manual, by what they are for: the words of a row as they are typed, and what they do.
  public static var rows: [(title: String, rows: [(words: String, doc: String)])] {
    sections.map { ($0.title, $0.words.map { ($0.typed, $0.doc) }) }
  }

  /// The word that gives a command.
  package static func word(for command: Command) -> Word? {
    all.first { $0.commands.contains(command) }
  }

  private static let running: [Word] = [
    Word(
      ["run", "run again"], letters: ["r"],
      "run what the step shows; run 2 takes its second, run items=5 sets values first"
    ) {
      RunWords($0).map { .run($0) }
    },
    Word(["parameters"], letters: ["p"], "hear what can be changed about a run, and change it") {
      RunWords($0).flatMap { $0.values.isEmpty ? .parameters($0) : nil }
    },
    Word(["defaults"], .defaults),
    Word(["pause"], .pause),
    Word(["go on", "continue", "resume"], .resume),
    Word(
      ["one step"], letters: ["."], .stepOnce,
      "let one operation of a paused run happen; while you look back, an event on"),
    Word(["stop"], letters: ["X"], .stop),
    Word(["slower"], letters: ["("], .speed(-1), "let delays pass more slowly"),
    Word(["faster"], letters: [")"], .speed(1), "let delays pass faster"),
    Word(
      ["speed"],
      "hear how fast delays pass; speed 2 sets it, to one of "
        + RunSpeed.allCases.map(\.word).listed, examples: ["2"]
    ) {
      if $0.isEmpty { return .ask(.speed) }
      let word = $0.lowercased()
      return RunSpeed.allCases.first { $0.word == word }.map { .setSpeed($0) }
    },
    Word(
      ["command"], letters: ["Y"], .copyCommand,
      "hear the shell command that does the run that would begin now"),
  ]

  private static let asking: [Word] = [
    Word(["state"], .ask(.state)),
    Word(["timeline"], .ask(.timeline)),
    Word(
      ["events"], letters: ["e"],
      "hear all events of the run, page by page; events 2 is page 2, events last the end"
    ) {
      if $0.isEmpty { return .ask(.events(page: 1)) }
      return $0.lowercased() == "last"
        ? .ask(.events(page: nil)) : Int($0).map { .ask(.events(page: $0)) }
    },
    Word(["results", "chart", "summary"], .ask(.results)),
    Word(["finding", "findings"], letters: ["f"], .finding, "hear what the run was found to do"),
  ]

  private static let time: [Word] = [
    Word(
      ["back"], letters: [","],
      "leave a list; where none is open, go an event back in the run; back 5 goes back five",
      examples: ["1"]
    ) {
      $0.isEmpty ? .close : count($0).map { .scrub(-$0) }
    },
    Word(["on"], "an event on, while you look back; on 5 goes on five") {
      $0.isEmpty ? .scrub(1) : count($0).map { .scrub($0) }
    },
    Word(["first", "first event"], .event(1), "the run's first event"),
    Word(
      ["last", "last event", "follow", "live"], letters: ["F", "G"], .followLive,
      "the newest event; a run that is live is told again from there"),
    Word(
      ["event", "go to event"],
      "hear again the event that you look at, and what is true there; event 12 goes to event 12",
      examples: ["12"]
    ) {
      $0.isEmpty ? .ask(.event) : Int($0).map { .event($0) }
    },
    Word(
      ["at"], argument: "TIME", "what was true at a time of the run: at 0.5, or at 300ms",
      examples: ["0.5"]
    ) {
      let time = $0.filter { $0 != " " }
      return (DurationText.nanoseconds(in: time) ?? DurationText.nanoseconds(in: time + "s"))
        .map { .moment($0) }
    },
    Word(["search"], argument: "WORDS", "look for words in the run's events: search adder appends")
    { .searchEvents($0) },
    Word(["next match"], .find(1), "the next event with the words that were searched"),
    Word(["previous match"], .find(-1), "the event before with those words"),
    Word(
      ["why", "end of wait"], letters: ["g"],
      "go to what ended the wait of somebody, while you look back; why adder asks for adder"
    ) { .endOfWait(of: $0) },
    Word(
      ["play"], .film,
      "hear a run that is over as it went, from where you look; play again holds it"),
  ]

  private static let recordings: [Word] = [
    Word(
      ["recordings", "recent runs"], letters: ["R"], .recordings(.replay),
      "the recent runs, to open one by its number"),
    Word(["remove"], argument: "NUMBER", "take a run off that list: remove 3", examples: ["3"]) {
      Int($0).map { .remove($0) }
    },
    Word(
      ["put back", "undo"],
      "put the run that was taken off last back on the list; put back 3 takes one of the list"
    ) {
      $0.isEmpty ? .putBack(nil) : Int($0).map { .putBack($0) }
    },
    Word(["compare"], .recordings(.compare), "what another run of the same demo did otherwise"),
    Word(
      ["save"], letters: ["w"], argument: "FILE",
      "write the run to a new file, as a recording: save my-run.ndjson"
    ) { .save(as: $0.isEmpty ? nil : $0) },
  ]

  private static let reading: [Word] = [
    Word(["next", "next step"], letters: ["n", "]"], .nextStep),
    Word(["previous", "previous step"], letters: ["N", "["], .previousStep),
    Word(["again", "read"], letters: ["a"], .ask(.step)),
    Word(["code"], letters: ["c"], "hear the whole listing; code numbers counts its lines") {
      $0.isEmpty
        ? .ask(.code(numbered: false)) : $0 == "numbers" ? .ask(.code(numbered: true)) : nil
    },
    Word(["lessons"], letters: ["L"], .lessons),
    Word(["contents", "steps"], letters: ["t"], .contents, "the steps of this lesson"),
    Word(
      ["go", "go to", "lesson"], argument: "LESSON/STEP", "go to a step: go 4/2, or just 4/2",
      examples: ["4/2"]
    ) {
      $0.isEmpty ? nil : .go($0)
    },
    Word(["step"], argument: "NUMBER", "go to a step of this lesson: step 3", examples: ["3"]) {
      Int($0) == nil ? nil : .go("/" + $0)
    },
    Word(["links", "follow link"], .follow, "the links of this step, to follow one"),
    Word(["return"], .back),
    Word(["find"], letters: ["/"], argument: "WORDS", "look for words in all lessons: find lock") {
      .ask(.steps(with: $0))
    },
  ]

  private static let program: [Word] = [
    Word(["progress"], .ask(.progress)),
    Word(["settings"], .settings, "what can be set about how things are told"),
    Word(["choices"], .ask(.choices), "hear the choices again; so does Enter"),
    Word(["more"], .ask(.more), "the next page of a long list; so does Enter"),
    Word(["help"], letters: ["?", "h"], .help, "all that can be typed"),
    Word(["quit", "exit", "bye"], letters: ["q"], .quit, "leave; a live run is stopped first"),
  ]

  /// How many events; nil for what is no number of any.
  private static func count(_ text: String) -> Int? { Int(text).flatMap { $0 > 0 ? $0 : nil } }
}
