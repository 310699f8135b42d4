internal import Catalog
internal import Tutor

/// A typed line, and the command that it gives.
enum PlainLine {
  /// The command of a line; nil where it gives none.
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

  /// The command of a letter, which takes the argument of its word.
  private static func command(byLetter line: String) -> Command? {
    let first = String(line.prefix { $0 != " " })
    let rest = line.dropFirst(first.count).trimmed
    // A letter in the other case counts too, where it has no meaning of its own.
    for letter in [first, first.lowercased(), first.uppercased()] {
      for word in WordTable.all where word.letters.contains(letter) { return word.command(rest) }
    }
    return nil
  }

  /// A line with one blank for several, or for a tab.
  static func blanked(_ line: String) -> String {
    line.split(whereSeparator: { $0 == " " || $0 == "\t" }).joined(separator: " ")
  }

  /// Whether a line has keys that are no letters, as terminals send them: arrows and the like.
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
      to: line, among: WordTable.all.flatMap(\.words).filter { $0 != line.lowercased() })
  }

  /// How the word or letter at the beginning of a line is typed, where there is one.
  static func usage(of line: String) -> String? {
    let folded = line.lowercased() + " "
    let first = String(line.prefix { $0 != " " })
    return WordTable.all.first { word in
      word.letters.contains(first) || word.words.contains { folded.hasPrefix($0 + " ") }
    }?.helpSentence
  }
}
