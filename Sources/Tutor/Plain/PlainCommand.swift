internal import Catalog

/// What a person can have the plain tutor do with a line.
enum PlainCommand: Hashable {
  /// Set values, and run if they are in order.
  case run(PlainRunWords)
  case parameters(PlainRunWords)
  case assign([String])
  case defaults
  case pause, resume, stepOnce, stop
  case state, timeline, events(EventsPage), results, finding, shellCommand
  case next, previous, again, code(numbered: Bool)
  case lessons, contents, go(String), find(String), progress
  case settings, help, back, more, choices, quit
}

/// Which page of a run's events.
enum EventsPage: Hashable {
  /// From 1.
  case number(Int)
  case last
}

/// THE table of the plain tutor's words: what is typed, the full screen's key for it, and what it
/// does. The help is made from it.
struct PlainWord: Sendable {
  let words: [String]
  /// Single characters, as they are typed; the full screen's keys where it has some.
  let letters: [String]
  /// What follows the word, for the help.
  let argument: String
  let doc: String
  /// What is meant, given what follows the word; nil where that makes no sense.
  let command: @Sendable (String) -> PlainCommand?

  init(
    _ words: [String], _ letters: [String] = [], _ argument: String = "", _ doc: String,
    _ command: @escaping @Sendable (String) -> PlainCommand?
  ) {
    self.words = words
    self.letters = letters
    self.argument = argument
    self.doc = doc
    self.command = command
  }

  /// The command of a word that stands alone.
  private init(
    _ words: [String], _ letters: [String] = [], _ doc: String, _ command: PlainCommand
  ) {
    self.init(words, letters, "", doc) { $0.isEmpty ? command : nil }
  }

  static let all: [PlainWord] = [
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
    PlainWord(["one step"], ["."], "let one operation of a paused run happen", .stepOnce),
    PlainWord(["stop"], ["X"], "stop the run", .stop),
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
    PlainWord(
      ["command"], ["Y"], "hear the shell command that does the run that would begin now",
      .shellCommand),
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
    PlainWord(["progress"], [], "how many steps you have seen", .progress),
    PlainWord(["settings"], [], "what can be set about how things are told", .settings),
    PlainWord(["choices"], [], "hear the choices again; so does Enter", .choices),
    PlainWord(["more"], [], "the next page of a long list; so does Enter", .more),
    PlainWord(["back"], [], "leave a list for the step", .back),
    PlainWord(["help"], ["?", "h"], "all that can be typed", .help),
    PlainWord(["quit", "exit", "bye"], ["q"], "leave; a live run is stopped first", .quit),
  ]

  /// The word, what goes for it too, and what it does.
  var helpSentence: String {
    let argument = argument.isEmpty ? "" : " " + argument
    let names = words.map { $0 + argument } + letters.map(Self.spoken)
    let last = names.count > 1 ? ", or \(names[names.count - 1])" : ""
    return names.dropLast(names.count > 1 ? 1 : 0).joined(separator: ", ") + last + ": " + doc + "."
  }

  /// A character that is typed, in words: signs are often not read out.
  private static func spoken(_ letter: String) -> String {
    switch letter {
    case ".": "a dot"
    case "/": "a slash and the words"
    case "?": "a question mark"
    case "[": "a left bracket"
    case "]": "a right bracket"
    default: letter == letter.lowercased() ? letter : "capital \(letter)"
    }
  }
}

extension PlainCommand {
  /// What a line asks for; nil where it is no command.
  static func command(in line: String) -> PlainCommand? {
    if let command = command(byLetter: line) { return command }
    // "/lock" as in the full screen.
    if line.hasPrefix("/") { return .find(String(line.dropFirst())) }
    let folded = line.lowercased()
    var best: (length: Int, command: PlainCommand)?
    for word in PlainWord.all {
      for phrase in word.words where folded == phrase || folded.hasPrefix(phrase + " ") {
        guard phrase.count > best?.length ?? 0 else { continue }
        let rest = PlainCommand.trimmed(line.dropFirst(phrase.count))
        if let command = word.command(rest) { best = (phrase.count, command) }
      }
    }
    if let best { return best.command }
    let words = PlainRunWords.words(of: line)
    if !words.isEmpty, words.allSatisfy({ $0.contains("=") }) { return .assign(words) }
    let parts = line.split(separator: "/", omittingEmptySubsequences: false)
    if words.count == 1, parts.count == 2, Int(parts[1]) != nil { return .go(line) }
    return nil
  }

  /// A letter takes what its word takes.
  private static func command(byLetter line: String) -> PlainCommand? {
    let first = String(line.prefix { $0 != " " })
    let rest = trimmed(line.dropFirst(first.count))
    // A letter in the other case is meant too, where it has no meaning of its own.
    for letter in [first, first.lowercased(), first.uppercased()] {
      for word in PlainWord.all where word.letters.contains(letter) { return word.command(rest) }
    }
    return nil
  }

  /// A line with one blank wherever there are several, or a tab.
  static func blanked(_ line: String) -> String {
    line.split(whereSeparator: { $0 == " " || $0 == "\t" }).joined(separator: " ")
  }

  /// Whether keys that are no letters are in a line, as terminals send them: arrows and the like.
  static func hasKeys(_ line: String) -> Bool { line.unicodeScalars.contains("\u{1B}") }

  /// A line without what terminals send for keys that are no letters.
  static func withoutKeys(_ line: String) -> String {
    guard hasKeys(line) else { return line }
    var kept = String.UnicodeScalarView()
    var rest = line.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "\u{1B}" else {
        kept.append(scalar)
        continue
      }
      // ESC [ numbers letter, ESC O letter, or ESC letter.
      guard let next = rest.popFirst(), next == "[" || next == "O" else { continue }
      while let part = rest.popFirst(), !("@"..."~").contains(part) {}
    }
    return String(kept)
  }

  /// The word that was probably meant; never the one that was typed.
  static func suggestion(for line: String) -> String? {
    Suggestion.closest(
      to: line, among: PlainWord.all.flatMap(\.words).filter { $0 != line.lowercased() })
  }

  /// How the word or letter at the beginning of a line is typed, where there is one.
  static func usage(of line: String) -> String? {
    let folded = line.lowercased() + " "
    let first = String(line.prefix { $0 != " " })
    return PlainWord.all.first { word in
      word.letters.contains(first) || word.words.contains { folded.hasPrefix($0 + " ") }
    }?.helpSentence
  }

  /// The table as sentences.
  static var helpSentences: [String] { PlainWord.all.map(\.helpSentence) }

  /// The text without white space at either end.
  static func trimmed(_ text: some StringProtocol) -> String {
    let start = text.drop { $0.isWhitespace }
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...last])
  }
}
