internal import Catalog
internal import Events

/// The words of plain mode, as a column of the command table. The line reader, its help and the
/// manual use it.
public enum WordTable {
  /// Related words, with their title in the help.
  package typealias Section = (title: String, words: [Word])

  /// The words by section, in the order of the help.
  package static let sections: [Section] = [
    ("Run", running),
    ("Look at a run", asking),
    ("Move through a run", time),
    ("Recordings", recordings),
    ("Lessons", reading),
    ("Program", program),
  ]

  /// All words, in the order of the help.
  package static let all = sections.flatMap(\.words)

  /// The rows of the manual by section: the words as typed, and their descriptions.
  public static var rows: [(title: String, rows: [(words: String, doc: String)])] {
    sections.map { ($0.title, $0.words.map { ($0.typed, $0.doc) }) }
  }

  /// The word for a command, or nil.
  package static func word(for command: Command) -> Word? {
    all.first { $0.commands.contains(command) }
  }

  private static let running: [Word] = [
    Word(
      ["run", "run again"], letters: ["r"],
      "run what the step shows; run 2 runs its second run, run items=5 sets values first"
    ) {
      RunWords($0).map { .run($0) }
    },
    Word(["parameters"], letters: ["p"], "list the parameters of the run, to change them") {
      RunWords($0).flatMap { $0.values.isEmpty ? .parameters($0) : nil }
    },
    Word(["defaults"], .defaults),
    Word(["pause"], .pause),
    Word(["resume", "go on", "continue"], .resume),
    Word(
      ["one step"], letters: ["."], .stepOnce,
      "perform one operation of a paused run; while you look back, one event forward"),
    Word(["stop"], letters: ["X"], .stop),
    Word(["slower"], letters: ["("], .speed(-1), "make delays slower"),
    Word(["faster"], letters: [")"], .speed(1), "make delays faster"),
    Word(
      ["speed"],
      "the speed of delays; speed 2 sets it, to one of "
        + RunSpeed.allCases.map(\.word).listed, examples: ["2"]
    ) {
      if $0.isEmpty { return .ask(.speed) }
      let word = $0.lowercased()
      return RunSpeed.allCases.first { $0.word == word }.map { .setSpeed($0) }
    },
    Word(
      ["command"], letters: ["Y"], .copyCommand,
      "the shell command of the selected run"),
  ]

  private static let asking: [Word] = [
    Word(["state"], .ask(.state)),
    Word(["timeline"], .ask(.timeline)),
    Word(
      ["events"], letters: ["e"],
      "the events of the run, page by page; events 2 is page 2, events last the end"
    ) {
      if $0.isEmpty { return .ask(.events(page: 1)) }
      return $0.lowercased() == "last"
        ? .ask(.events(page: nil)) : Int($0).map { .ask(.events(page: $0)) }
    },
    Word(["results", "chart", "summary"], .ask(.results)),
    Word(
      ["finding", "findings"], letters: ["f"], .finding, "the problem that was found in the run"),
  ]

  private static let time: [Word] = [
    Word(
      ["back"], letters: [","],
      "close a list, or else go one event back in the run; back 5 goes back five",
      examples: ["1"]
    ) {
      $0.isEmpty ? .close : count($0).map { .scrub(-$0) }
    },
    Word(["forward", "on"], "one event forward, while you look back; forward 5 goes five") {
      $0.isEmpty ? .scrub(1) : count($0).map { .scrub($0) }
    },
    Word(["first", "first event"], .event(1), "the run's first event"),
    Word(
      ["last", "last event", "follow", "live"], letters: ["F", "G"], .followLive,
      "the newest event; follow a live run"),
    Word(
      ["event", "go to event"],
      "the current event again, and the state there; event 12 goes to event 12",
      examples: ["12"]
    ) {
      $0.isEmpty ? .ask(.event) : Int($0).map { .event($0) }
    },
    Word(
      ["at"], argument: "TIME", "go to a time of the run: at 0.5, or at 300ms",
      examples: ["0.5"]
    ) {
      let time = $0.filter { $0 != " " }
      return (DurationText.nanoseconds(in: time) ?? DurationText.nanoseconds(in: time + "s"))
        .map { .moment($0) }
    },
    Word(["search"], argument: "WORDS", "search the run's events: search adder appends") {
      .searchEvents($0)
    },
    Word(["next match"], .find(1), "the next event with these words"),
    Word(["previous match"], .find(-1), "the previous event with these words"),
    Word(
      ["why", "end of wait"], letters: ["g"],
      "go to the event that ended a wait, while you look back; why adder is about adder"
    ) { .endOfWait(of: $0) },
    Word(
      ["play"], .play,
      "play a finished run from the current event; play again pauses it"),
  ]

  private static let recordings: [Word] = [
    Word(
      ["recordings", "recent runs"], letters: ["R"], .recordings(.replay),
      "the recent runs, to open one by its number"),
    Word(["remove"], argument: "NUMBER", "remove a run from the list: remove 3", examples: ["3"]) {
      Int($0).map { .remove($0) }
    },
    Word(
      ["restore", "put back", "undo"],
      "restore the run that was removed last; restore 3 restores run 3"
    ) {
      $0.isEmpty ? .putBack(nil) : Int($0).map { .putBack($0) }
    },
    Word(["compare"], .recordings(.compare), "compare with another run of the same demo"),
    Word(
      ["save"], letters: ["w"], argument: "FILE",
      "save the run to a new file: save my-run.ndjson"
    ) { .save(as: $0.isEmpty ? nil : $0) },
  ]

  private static let reading: [Word] = [
    Word(["next", "next step"], letters: ["n", "]"], .nextStep),
    Word(["previous", "previous step"], letters: ["N", "["], .previousStep),
    Word(["answer", "what I saw"], letters: ["v"], .answer),
    Word(["again", "read"], letters: ["a"], .ask(.step)),
    Word(["code"], letters: ["c"], "the listing; code numbers adds line numbers") {
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
    Word(["find"], letters: ["/"], argument: "WORDS", "search all lessons: find lock") {
      .ask(.steps(with: $0))
    },
  ]

  private static let program: [Word] = [
    Word(["progress"], .ask(.progress)),
    Word(["settings"], .settings, "change how the tutor prints"),
    Word(["choices"], .ask(.choices), "the choices again; so does Enter"),
    Word(["more"], .ask(.more), "the next page of a long list; so does Enter"),
    Word(["help"], letters: ["?", "h"], .help, "all words that you can type"),
    Word(["quit", "exit", "bye"], letters: ["q"], .quit, "quit; stops a live run first"),
  ]

  /// A number of events, or nil if the text is not a number above 0.
  private static func count(_ text: String) -> Int? { Int(text).flatMap { $0 > 0 ? $0 : nil } }
}
