/// Writes text so that the Markdown parser reads it as it is.
enum MarkdownText {
  /// A text with backslashes before the signs that Markdown would take as markup. Bare addresses
  /// become links.
  static func plain(_ text: some StringProtocol) -> String {
    let scalars = Array(text.unicodeScalars)
    var result = String.UnicodeScalarView()
    var at = 0
    // Where an address may begin.
    var start = 0
    while at < scalars.count {
      if at >= start, let end = addressEnd(in: scalars, from: at, &start) {
        result.append("<")
        result.append(contentsOf: scalars[at..<end])
        result.append(">")
        at = end
        continue
      }
      let scalar = scalars[at]
      switch scalar {
      case "\\", "`", "*", "[", "<", "~": result.append("\\")
      case "_":
        let isInside =
          at > 0 && at + 1 < scalars.count && scalars[at - 1].isWordPart
          && scalars[at + 1].isWordPart
        if !isInside { result.append("\\") }
      case "&":
        if at + 1 < scalars.count, scalars[at + 1].isWordPart || scalars[at + 1] == "#" {
          result.append("\\")
        }
      default: break
      }
      result.append(scalar)
      at += 1
    }
    return String(result)
  }

  /// The end of an address that begins here, or nil. Signs of a sentence at its end do not belong to
  /// it.
  private static func addressEnd(
    in scalars: [Unicode.Scalar], from start: Int, _ next: inout Int
  ) -> Int? {
    guard scalars[start] == "h" || scalars[start] == "f",
      start == 0 || !scalars[start - 1].isWordPart,
      ["https://", "http://", "ftp://"].contains(where: {
        scalars[start...].starts(with: $0.unicodeScalars)
      })
    else { return nil }
    var end = start
    while end < scalars.count, end < start + 2000, !scalars[end].properties.isWhitespace,
      !"<>\"`|\\".unicodeScalars.contains(scalars[end])
    { end += 1 }
    next = end
    while end > start, ".,;:!?)]}'*_".unicodeScalars.contains(scalars[end - 1]) { end -= 1 }
    let isComplete = end > start + 8 && scalars[start..<end].contains(".")
    return isComplete ? end : nil
  }

  /// A line of a paragraph, with a backslash if it would begin another block.
  static func line(_ text: some StringProtocol) -> String {
    let line = text.drop { $0 == " " || $0 == "\t" }
    guard let first = line.first else { return "" }
    let rest = line.dropFirst()
    switch first {
    case "#", ">", "|": return "\\" + line
    case "=": return line.allSatisfy { $0 == "=" || $0 == " " } ? "\\" + line : String(line)
    case "-", "+":
      let isMark = rest.first.map(\.isWhitespace) ?? true
      return isMark || line.allSatisfy { $0 == "-" || $0 == " " } ? "\\" + line : String(line)
    case _ where first.isASCII && first.isNumber:
      let digits = line.prefix { $0.isASCII && $0.isNumber }
      let after = line.dropFirst(digits.count)
      guard let mark = after.first, mark == "." || mark == ")",
        after.dropFirst().first.map(\.isWhitespace) ?? true
      else { return String(line) }
      return digits + "\\" + after
    default: return String(line)
    }
  }

  /// Words as code.
  static func code(_ text: some StringProtocol) -> String {
    guard text.contains(where: { !$0.isWhitespace }) else { return plain(text) }
    let fence = String(repeating: "`", count: longestRun(in: text) + 1)
    let needsSpace = text.first == "`" || text.last == "`"
    return fence + (needsSpace ? " " : "") + text + (needsSpace ? " " : "") + fence
  }

  /// The longest run of backticks in a text.
  static func longestRun(in text: some StringProtocol) -> Int {
    var (longest, current) = (0, 0)
    for byte in text.utf8 {
      current = byte == UInt8(ascii: "`") ? current + 1 : 0
      longest = max(longest, current)
    }
    return longest
  }

  /// A link. The text is Markdown already.
  static func link(_ text: String, to address: some StringProtocol) -> String {
    let address = String(address).filter { !$0.isNewline && $0 != "<" && $0 != ">" }
    return "[\(text.isEmpty ? plain(address) : text)](<\(address)>)"
  }

  static func strong(_ text: some StringProtocol) -> String {
    let text = plain(String(text).trimmed)
    return text.isEmpty ? "" : "**\(text)**"
  }

  static func emphasis(_ text: some StringProtocol) -> String {
    let text = plain(String(text).trimmed)
    return text.isEmpty ? "" : "*\(text)*"
  }

  /// The text of an HTML comment. The reader shows comments, so no word is lost.
  static func comment(_ text: some StringProtocol) -> String {
    String(text).replacing("--", with: "- -")
  }
}

extension Unicode.Scalar {
  /// Whether it is a letter, a digit or an underscore.
  var isWordPart: Bool {
    self == "_"
      || (isASCII
        ? ("a"..."z").contains(self) || ("A"..."Z").contains(self) || ("0"..."9").contains(self)
        : properties.isAlphabetic || properties.numericType != nil)
  }

  /// Whether it is white space.
  var isBlank: Bool {
    isASCII ? self == " " || ("\t"..."\r").contains(self) : properties.isWhitespace
  }
}

/// A line of a document, and its place there.
struct MarkupLine {
  /// The index of the line in the document.
  let index: Int
  /// The text without the indentation of the block around it.
  var text: Substring

  var isBlank: Bool {
    guard let first = text.utf8.first(where: { $0 != 0x20 && $0 != 0x0D }) else { return true }
    return (first < 0x20 || first >= 0x80) && text.allSatisfy(\.isWhitespace)
  }
  /// The number of blanks at the start.
  var indent: Int { text.utf8.prefix { $0 == 0x20 }.count }

  /// The lines of a document, with blanks for tabs.
  static func lines(of text: String) -> [MarkupLine] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated().map {
      MarkupLine(index: $0.offset, text: expandingTabs($0.element))
    }
  }

  private static func expandingTabs(_ line: Substring) -> Substring {
    guard line.utf8.contains(0x09) else { return line }
    var result = ""
    var column = 0
    for character in line {
      if character == "\t" {
        let count = 8 - column % 8
        result += String(repeating: " ", count: count)
        column += count
      } else {
        result.append(character)
        column += 1
      }
    }
    return result[...]
  }

  /// The line with fewer blanks at the start.
  func dedented(by count: Int) -> MarkupLine {
    MarkupLine(index: index, text: Substring(text.utf8.dropFirst(min(count, indent))))
  }
}

/// The Markdown of a document, line by line: a line of Markdown is at the place of the line that it
/// comes from, so that the places in messages are right.
struct MarkdownLines {
  private var lines: [String]
  /// Lines that had no place of their own, by the index of the line before.
  private var added: [Int: [String]] = [:]
  /// The beginnings of lines that differ from those of their block, such as a list's marker.
  private var beginnings: [Int: String] = [:]

  init(count: Int) { lines = Array(repeating: "", count: count) }

  /// The number of lines.
  var count: Int { lines.count }

  /// The text that is written at the place of a line.
  func text(at index: Int) -> String { lines[index] }

  /// Moves written lines up over the blank lines between them.
  mutating func closeGaps(_ indices: [Int]) {
    let written = indices.map { lines[$0] }.filter { !$0.allSatisfy { $0 == " " || $0 == ">" } }
    for (offset, index) in indices.enumerated() {
      lines[index] = offset < written.count ? written[offset] : ""
    }
  }

  /// Whether nothing is written at the place of a line.
  func isFree(_ index: Int) -> Bool {
    lines.indices.contains(index) && lines[index].allSatisfy { $0 == " " || $0 == ">" }
  }

  /// Writes a line of a block.
  mutating func write(_ text: String, at index: Int, in prefix: String) {
    let beginning = beginnings[index] ?? prefix
    var line = beginning + text
    if text.isEmpty, beginnings[index] == nil { while line.last == " " { line.removeLast() } }
    lines[index] = line
  }

  /// Begins a line with the marker of a list item.
  mutating func mark(_ index: Int, _ marker: String, in prefix: String) {
    beginnings[index] = (beginnings[index] ?? prefix) + marker
    lines[index] = beginnings[index] ?? ""
  }

  /// Adds a line below another.
  mutating func add(_ text: String, after index: Int, in prefix: String) {
    added[index, default: []].append(prefix + text)
  }

  /// Writes code between fences. The fences take the free lines around it if there are any.
  /// - Parameter before: a line above the code that is free, or nil.
  mutating func writeCode(
    _ code: ArraySlice<MarkupLine>, language: String, before: Int?, in prefix: String
  ) {
    guard let first = code.first, let last = code.last else { return }
    let longest = code.map { MarkdownText.longestRun(in: $0.text) }.max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    let opening = fence + language.filter { $0 != "`" }
    if let before, isFree(before) {
      write(opening, at: before, in: prefix)
      for line in code { write(String(line.text), at: line.index, in: prefix) }
    } else {
      // The opening needs a line of its own.
      write(opening, at: first.index, in: prefix)
      add(String(first.text), after: first.index, in: prefix)
      for line in code.dropFirst() { write(String(line.text), at: line.index, in: prefix) }
    }
    for index in first.index...last.index where isFree(index) { keepInside(index, prefix) }
    if last.index + 1 < lines.count, isFree(last.index + 1), beginnings[last.index + 1] == nil {
      reserved.insert(last.index + 1)
      lines[last.index + 1] = prefix + fence
    } else {
      add(fence, after: last.index, in: prefix)
    }
  }

  /// Lines with a closing fence, which later blank lines must not overwrite.
  private var reserved: Set<Int> = []

  private mutating func keepInside(_ index: Int, _ prefix: String) {
    if lines[index].isEmpty, prefix.contains(">") { lines[index] = prefix.trimmedEnd }
  }

  /// Writes a blank line of a block.
  mutating func writeBlank(at index: Int, in prefix: String) {
    guard !reserved.contains(index), beginnings[index] == nil else { return }
    lines[index] = prefix.contains(">") ? prefix.trimmedEnd : ""
  }

  var text: String {
    guard !added.isEmpty else { return lines.joined(separator: "\n") }
    var all: [String] = []
    for (index, line) in lines.enumerated() {
      all.append(line)
      all += added[index] ?? []
    }
    return all.joined(separator: "\n")
  }
}

extension String {
  fileprivate var trimmedEnd: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
