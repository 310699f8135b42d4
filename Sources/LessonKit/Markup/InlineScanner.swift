/// A place in a text with inline markup.
struct InlineScanner {
  private let scalars: [Unicode.Scalar]
  private var at = 0
  /// The plain text that is not written yet.
  private var plain = String.UnicodeScalarView()
  private var written = ""

  /// How far there is no closing mark, by the mark, so that a mark without its partner is not looked
  /// for again and again.
  private var searched: [String: Int] = [:]

  /// The longest text between two marks.
  private static let longestSpan = 4000
  /// The longest name of a role or reference.
  private static let longestName = 200

  init(_ text: String) { scalars = Array(text.unicodeScalars) }

  var next: Unicode.Scalar? { at < scalars.count ? scalars[at] : nil }
  var previous: Unicode.Scalar? { at > 0 ? scalars[at - 1] : nil }

  var result: String { written + MarkdownText.plain(String(plain)) }

  func scalar(at offset: Int) -> Unicode.Scalar? {
    scalars.indices.contains(at + offset) ? scalars[at + offset] : nil
  }

  func starts(with text: String) -> Bool { scalars[at...].starts(with: text.unicodeScalars) }

  mutating func skip(_ count: Int) { at = min(scalars.count, at + count) }

  mutating func takePlain() {
    plain.append(scalars[at])
    at += 1
  }

  mutating func write(_ markdown: String) {
    written += MarkdownText.plain(String(plain))
    plain = String.UnicodeScalarView()
    written += markdown
  }

  mutating func takePlain(_ text: String) { plain.append(contentsOf: text.unicodeScalars) }

  /// Replaces the last word of the plain text.
  mutating func replaceLast(_ word: String, with markdown: String) {
    plain.removeLast(word.unicodeScalars.count)
    write(markdown)
  }

  /// Whether markup may begin here: not inside a word, and not before a blank.
  func canOpen(after width: Int) -> Bool {
    guard let following = scalar(at: width), !following.isBlank else { return false }
    guard let previous else { return true }
    return !previous.isWordPart
  }

  /// The text between an opening mark here and the next closing mark, which must not be behind a blank
  /// or before a letter. Skips all of it.
  mutating func span(
    _ opening: String, closing: String, isReference: Bool = false
  ) -> String? {
    guard let inside = find(opening, closing, isReference: isReference) else { return nil }
    skip(opening.unicodeScalars.count + inside.count + closing.unicodeScalars.count)
    return String(String.UnicodeScalarView(inside))
  }

  /// As `span`, without skipping it.
  mutating func peekSpan(_ opening: String, closing: String) -> String? {
    find(opening, closing, isReference: true).map { String(String.UnicodeScalarView($0)) }
  }

  private mutating func find(
    _ opening: String, _ closing: String, isReference: Bool
  ) -> ArraySlice<Unicode.Scalar>? {
    let start = at + opening.unicodeScalars.count
    let mark = Array(closing.unicodeScalars)
    let isCode = closing == "``"
    let key = closing + (isReference ? "_" : "")
    var index = max(start + 1, searched[key] ?? 0)
    let limit = min(scalars.count - mark.count, start + Self.longestSpan)
    while index <= limit {
      defer { index += 1 }
      guard scalars[index] == mark[0], scalars[index...].starts(with: mark),
        !scalars[index - 1].isBlank, isCode || scalars[index - 1] != "\\"
      else { continue }
      let after = index + mark.count
      if after < scalars.count {
        let next = scalars[after]
        if mark.count == 1, next == mark[0] {
          index += 1
          continue
        }
        if isCode, next == "`" { continue }
        if next.isWordPart, !(isReference && next == "_") { continue }
      }
      return scalars[start..<index]
    }
    searched[key] = max(searched[key] ?? 0, limit)
    return nil
  }

  /// The distance from here to a mark that may stand anywhere, or nil.
  mutating func distance(to mark: String, from offset: Int) -> Int? {
    let signs = Array(mark.unicodeScalars)
    let key = "any " + mark
    var index = max(at + offset, searched[key] ?? 0)
    let limit = min(scalars.count - signs.count, at + offset + Self.longestSpan / 2)
    while index <= limit {
      if scalars[index] == signs[0], scalars[index...].starts(with: signs) { return index - at }
      index += 1
    }
    searched[key] = max(searched[key] ?? 0, limit)
    return nil
  }

  /// The text from here, between two distances.
  func text(from start: Int, to end: Int) -> String {
    String(String.UnicodeScalarView(scalars[(at + start)..<(at + end)]))
  }

  /// A role and its text: `:name:` and text between backticks. Skips both.
  mutating func role() -> (name: String, text: String)? {
    guard previous.map({ !$0.isWordPart }) ?? true else { return nil }
    var index = at + 1
    while index < scalars.count, index < at + Self.longestName,
      scalars[index].isWordPart || "-:+.".unicodeScalars.contains(scalars[index])
    { index += 1 }
    guard index > at + 2, index < scalars.count, scalars[index] == "`", scalars[index - 1] == ":"
    else { return nil }
    let name = String(String.UnicodeScalarView(scalars[(at + 1)..<(index - 1)]))
    let start = at
    at = index
    guard let text = span("`", closing: "`") else {
      at = start
      return nil
    }
    return (name, text)
  }

  mutating func roleBehind() -> String? {
    guard next == ":" else { return nil }
    var index = at + 1
    while index < scalars.count, index < at + Self.longestName,
      scalars[index].isWordPart || scalars[index] == "-"
    { index += 1 }
    guard index > at + 1, index < scalars.count, scalars[index] == ":" else { return nil }
    defer { at = index + 1 }
    return String(String.UnicodeScalarView(scalars[(at + 1)..<index]))
  }

  /// The label of a footnote reference here: `[1]_`.
  func footnote() -> String? {
    var index = at + 1
    while index < scalars.count, index < at + 60,
      scalars[index].isWordPart || "#*-.:".unicodeScalars.contains(scalars[index])
    { index += 1 }
    guard index > at + 1, index + 1 < scalars.count, scalars[index] == "]",
      scalars[index + 1] == "_"
    else { return nil }
    return String(String.UnicodeScalarView(scalars[(at + 1)..<index]))
  }

  /// The word before an underscore here that makes it a reference.
  func referenceWord() -> String? {
    let width = starts(with: "__") ? 2 : 1
    if let after = scalar(at: width), after.isWordPart { return nil }
    var word = String.UnicodeScalarView()
    for scalar in plain.suffix(Self.longestName).reversed() {
      let isPart =
        scalar.isWordPart || (!word.isEmpty && "-.+".unicodeScalars.contains(scalar))
      guard isPart, scalar != "_" || !word.isEmpty else { break }
      word.append(scalar)
    }
    return word.isEmpty ? nil : String(String.UnicodeScalarView(word.reversed()))
  }
}
