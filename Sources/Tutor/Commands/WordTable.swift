internal import Catalog
internal import Trace

extension PlainWord {
  /// Words that belong together, with what the help says before them.
  typealias Section = (title: String, words: [PlainWord])

  /// The table, in the order in which the help tells it.
  static let sections: [Section] = [
    ("Words for running", running),
    ("Words for what a run did", asking),
    ("Words for going to and fro in a run", time),
    ("Words for runs that are kept", recordings),
    ("Words for reading", reading),
    ("Words for all else", program),
  ]

  private static let running: [PlainWord] = [
    PlainWord(
      ["run", "run again"], ["r"], "",
      "run what the step shows; run 2 takes its second, run items=5 sets values first"
    ) {
      PlainRunWords($0).map { .run($0) }
    },
    PlainWord(["parameters"], ["p"], "", "hear what can be changed about a run, and change it") {
      PlainRunWords($0).flatMap { $0.values.isEmpty ? .parameters($0) : nil }
    },
    PlainWord(["defaults"], [], "give a run its default values again", .defaults),
    PlainWord(["pause"], [], "pause the run; so does Enter while it runs", .pause),
    PlainWord(["go on", "continue", "resume"], [], "let a paused run go on", .resume),
    PlainWord(
      ["one step"], ["."],
      "let one operation of a paused run happen; while you look back, an event on", .stepOnce),
    PlainWord(["stop"], ["X"], "stop the run", .stop),
    PlainWord(["slower"], ["("], "let delays pass more slowly", .speed(.changed(-1))),
    PlainWord(["faster"], [")"], "let delays pass faster", .speed(.changed(1))),
    PlainWord(
      ["speed"], [], "",
      "hear how fast delays pass; speed 2 sets it, to one of "
        + RunSpeed.allCases.map(\.word).listed
    ) {
      if $0.isEmpty { return .speed(.told) }
      let word = $0.lowercased()
      return RunSpeed.allCases.first { $0.word == word }.map { .speed(.set($0)) }
    },
    PlainWord(
      ["command"], ["Y"], "hear the shell command that does the run that would begin now",
      .shellCommand),
  ]

  private static let asking: [PlainWord] = [
    PlainWord(["state"], [], "hear what is true now, of each object and each thread", .state),
    PlainWord(
      ["timeline"], [], "hear for each thread how long it slept, waited and held locks",
      .timeline),
    PlainWord(
      ["events"], ["e"], "",
      "hear all events of the run, page by page; events 2 is page 2, events last the end"
    ) {
      if $0.isEmpty { return .events(.number(1)) }
      return $0.lowercased() == "last" ? .events(.last) : Int($0).map { .events(.number($0)) }
    },
    PlainWord(
      ["results", "chart", "summary"], [], "hear all that the run gave, and what its chart shows",
      .results),
    PlainWord(["finding", "findings"], ["f"], "hear what the run was found to do", .finding),
  ]

  private static let time: [PlainWord] = [
    PlainWord(
      ["back"], [","], "",
      "leave a list; where none is open, go an event back in the run; back 5 goes back five"
    ) {
      $0.isEmpty ? .earlier(nil) : count($0).map { .earlier($0) }
    },
    PlainWord(["on"], [], "", "an event on, while you look back; on 5 goes on five") {
      $0.isEmpty ? .later(1) : count($0).map { .later($0) }
    },
    PlainWord(["first", "first event"], [], "the run's first event", .firstEvent),
    PlainWord(
      ["last", "last event", "follow", "live"], ["F", "G"],
      "the newest event; a run that is live is told again from there", .newestEvent),
    PlainWord(
      ["event", "go to event"], [], "",
      "hear again the event that you look at, and what is true there; event 12 goes to event 12"
    ) {
      $0.isEmpty ? .event(nil) : Int($0).map { .event($0) }
    },
    PlainWord(["at"], [], "TIME", "what was true at a time of the run: at 0.5, or at 300ms") {
      let time = $0.filter { $0 != " " }
      return (DurationText.nanoseconds(in: time) ?? DurationText.nanoseconds(in: time + "s"))
        .map { .moment($0) }
    },
    PlainWord(
      ["search"], [], "WORDS", "look for words in the run's events: search adder appends"
    ) { .search($0) },
    PlainWord(["next match"], [], "the next event with the words that were searched", .nextMatch),
    PlainWord(["previous match"], [], "the event before with those words", .previousMatch),
    PlainWord(
      ["why", "end of wait"], ["g"], "",
      "go to what ended the wait of somebody, while you look back; why adder asks for adder"
    ) { .endOfWait($0) },
    PlainWord(
      ["play"], [], "hear a run that is over as it went, from where you look; play again holds it",
      .play),
  ]

  private static let recordings: [PlainWord] = [
    PlainWord(
      ["recordings", "recent runs"], ["R"], "the recent runs, to open one by its number",
      .recordings),
    PlainWord(["remove"], [], "NUMBER", "take a run off that list: remove 3") {
      Int($0).map { .remove($0) }
    },
    PlainWord(
      ["put back", "undo"], [], "",
      "put the run that was taken off last back on the list; put back 3 takes one of the list"
    ) {
      $0.isEmpty ? .putBack(nil) : Int($0).map { .putBack($0) }
    },
    PlainWord(["compare"], [], "what another run of the same demo did otherwise", .compare),
    PlainWord(
      ["save"], ["w"], "FILE", "write the run to a new file, as a recording: save my-run.ndjson"
    ) { .save($0) },
  ]

  private static let reading: [PlainWord] = [
    PlainWord(["next", "next step"], ["n", "]"], "the next step", .next),
    PlainWord(["previous", "previous step"], ["N", "["], "the step before", .previous),
    PlainWord(["again", "read"], ["a"], "hear the step again", .again),
    PlainWord(["code"], ["c"], "", "hear the whole listing; code numbers counts its lines") {
      rest in
      rest.isEmpty ? .code(numbered: false) : rest == "numbers" ? .code(numbered: true) : nil
    },
    PlainWord(["lessons"], ["L"], "the list of lessons", .lessons),
    PlainWord(["contents", "steps"], ["t"], "the steps of this lesson", .contents),
    PlainWord(["go", "go to", "lesson"], [], "LESSON/STEP", "go to a step: go 4/2, or just 4/2") {
      $0.isEmpty ? nil : .go($0)
    },
    PlainWord(["step"], [], "NUMBER", "go to a step of this lesson: step 3") {
      Int($0) == nil ? nil : .go("/" + $0)
    },
    PlainWord(["find"], ["/"], "WORDS", "look for words in all lessons: find lock") { .find($0) },
  ]

  private static let program: [PlainWord] = [
    PlainWord(["progress"], [], "how many steps you have seen", .progress),
    PlainWord(["settings"], [], "what can be set about how things are told", .settings),
    PlainWord(["choices"], [], "hear the choices again; so does Enter", .choices),
    PlainWord(["more"], [], "the next page of a long list; so does Enter", .more),
    PlainWord(["help"], ["?", "h"], "all that can be typed", .help),
    PlainWord(["quit", "exit", "bye"], ["q"], "leave; a live run is stopped first", .quit),
  ]

  /// How many events; nil for what is no number of any.
  private static func count(_ text: String) -> Int? { Int(text).flatMap { $0 > 0 ? $0 : nil } }
}
