/// Shortens long lines of a run's text to their ends.
enum LongText {
  /// The longest line that stays as it is, in characters.
  static let limit = 400
  /// How many characters stay at each end of a long word.
  private static let kept = 32

  /// Returns the line with the beginning, the end and the length of each long word. If it is still
  /// too long, its own beginning, end and length.
  static func shortened(_ line: String) -> String {
    guard line.utf8.count > limit, line.count > limit else { return line }
    let words = line.split(separator: " ", omittingEmptySubsequences: false)
    let short = words.map { word in
      word.utf8.count > 3 * kept && word.count > 3 * kept ? ends(word, kept) : String(word)
    }
    .joined(separator: " ")
    return short.count > limit ? ends(line[...], limit / 2 - 32) : short
  }

  private static func ends(_ text: Substring, _ kept: Int) -> String {
    let unit = text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? "digits" : "characters"
    return "\(text.prefix(kept))…\(text.suffix(kept)) (\(text.count) \(unit))"
  }
}
