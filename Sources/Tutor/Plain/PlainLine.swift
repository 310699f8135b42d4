internal import Catalog
internal import Trace

/// What a person can have the plain tutor do with a line.
enum PlainCommand: Hashable {
  /// Set values, and run if they are in order.
  case run(PlainRunWords)
  case parameters(PlainRunWords)
  case assign([String])
  case defaults
  case pause, resume, stepOnce, stop
  case state, timeline, events(EventsPage), results, finding, shellCommand
  /// To an earlier event, so many back; nil leaves a list instead, where one is open.
  case earlier(Int?)
  /// So many events on.
  case later(Int)
  case firstEvent, newestEvent
  /// The event of that number, from 1; nil tells the one that is looked at again.
  case event(Int?)
  /// The moment after so many nanoseconds of the run.
  case moment(Int64)
  case search(String), nextMatch, previousMatch
  /// To what ended the wait of whoever is named; empty for whoever waits.
  case endOfWait(String)
  case play
  case speed(SpeedWish)
  case recordings, compare, save(String)
  /// Takes a run off the list that was told last, by its number, or puts it back; nil puts back
  /// the last that was taken off.
  case remove(Int), putBack(Int?)
  case next, previous, again, code(numbered: Bool)
  case lessons, contents, go(String), find(String), progress
  case settings, help, more, choices, quit
}

/// What a person wants of the speed.
enum SpeedWish: Hashable {
  /// To hear it.
  case told
  /// So many speeds faster; negative is slower.
  case changed(Int)
  case set(RunSpeed)
}

/// Which page of a run's events.
enum EventsPage: Hashable {
  /// From 1.
  case number(Int)
  case last
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

  /// The text without white space at either end.
  static func trimmed(_ text: some StringProtocol) -> String {
    let start = text.drop { $0.isWhitespace }
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...last])
  }
}
