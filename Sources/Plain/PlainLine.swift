internal import Catalog
internal import Tutor

/// Parses a typed line as a command.
enum PlainLine {
  /// Returns the command of a line, or nil.
  static func command(in line: String) -> Command? {
    if let command = command(byLetter: line) { return command }
    // "/lock" as on the screen.
    if line.hasPrefix("/") { return .ask(.steps(with: String(line.dropFirst()))) }
    let folded = line.lowercased()
    var best: (length: Int, command: Command)?
    for word in WordTable.all {
      for phrase in word.words where folded == phrase || folded.hasPrefix(phrase + " ") {
        guard phrase.count > best?.length ?? 0 else { continue }
        let rest = line.dropFirst(phrase.count).trimmed
        if let command = word.command(rest) { best = (phrase.count, command) }
      }
    }
    if let best { return best.command }
    let words = RunWords.words(of: line)
    if !words.isEmpty, words.allSatisfy({ $0.contains("=") }) { return .change(words) }
    let parts = line.split(separator: "/", omittingEmptySubsequences: false)
    if words.count == 1, parts.count == 2, Int(parts[1]) != nil { return .go(line) }
    return nil
  }

  /// Returns the command of a letter, which has the same arguments as its word.
  private static func command(byLetter line: String) -> Command? {
    let first = String(line.prefix { $0 != " " })
    let rest = line.dropFirst(first.count).trimmed
    // A letter in the other case also matches, unless it has its own meaning.
    for letter in [first, first.lowercased(), first.uppercased()] {
      for word in WordTable.all where word.letters.contains(letter) { return word.command(rest) }
    }
    return nil
  }

  /// Returns a line with single spaces in place of tabs and repeated spaces.
  static func collapsingSpaces(in line: String) -> String {
    line.split(whereSeparator: { $0 == " " || $0 == "\t" }).joined(separator: " ")
  }

  /// Returns whether a line has escape sequences, which terminals send for arrow keys and others.
  static func hasKeys(_ line: String) -> Bool { line.unicodeScalars.contains("\u{1B}") }

  /// Returns a line without escape sequences.
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

  /// Returns the word that the user probably meant, or nil.
  static func suggestion(for line: String) -> String? {
    Suggestion.closest(
      to: line, among: WordTable.all.flatMap(\.words).filter { $0 != line.lowercased() })
  }

  /// Returns the help sentence of the word or letter at the start of a line, or nil.
  static func usage(of line: String) -> String? {
    let folded = line.lowercased() + " "
    let first = String(line.prefix { $0 != " " })
    return WordTable.all.first { word in
      word.letters.contains(first) || word.words.contains { folded.hasPrefix($0 + " ") }
    }?.helpSentence
  }
}
