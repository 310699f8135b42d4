/// One line of a plain text document.
struct PlainLine {
  /// The line without white space at either end.
  var text: String
  /// The columns before the text.
  var indent: Int
  /// The line of the document, from 1.
  let number: Int
  /// How long the text is, in characters.
  private(set) var columns: Int
  /// What stood before this line only because a page ended there: its footer, the next header.
  var asides: [String] = []
  /// Whether a page ended between the last line with text and this one.
  var isAfterPageBreak = false

  var isBlank: Bool { text.isEmpty }

  init(text: String, indent: Int, number: Int) {
    self.text = text
    self.indent = indent
    self.number = number
    columns = text.count
  }

  /// A line as it stands in the document, without its end.
  init(_ line: Substring, number: Int) {
    var indent = 0
    var start = line.startIndex
    while start < line.endIndex, line[start].isWhitespace {
      indent = line[start] == "\t" ? (indent / 4 + 1) * 4 : indent + 1
      start = line.index(after: start)
    }
    var end = line.endIndex
    while end > start, line[line.index(before: end)].isWhitespace { end = line.index(before: end) }
    self.init(text: String(line[start..<end]), indent: start == end ? 0 : indent, number: number)
  }

  /// The same line as a part of something that is set in: without its first characters, and with
  /// its indentation counted from there.
  func inside(margin: Int, dropping mark: Int = 0) -> PlainLine {
    let rest = text.dropFirst(mark)
    let spaces = rest.prefix { $0.isWhitespace }.count
    var line = PlainLine(
      text: String(rest.dropFirst(spaces)),
      indent: mark > 0 ? 0 : max(0, indent - margin), number: number)
    line.asides = asides
    line.isAfterPageBreak = isAfterPageBreak
    return line
  }
}

/// A document as pages of lines.
struct PlainPages {
  /// All lines in order.
  private(set) var lines: [PlainLine] = []
  /// For each page, which lines stand on it; one page where there are no form feeds.
  private(set) var pages: [Range<Int>] = []

  init(_ text: String) {
    var start = 0
    var number = 1
    for line in Self.split(text) {
      // A form feed ends a page wherever in a line it stands.
      let parts = line.split(separator: "\u{0C}", omittingEmptySubsequences: false)
      for (index, part) in parts.enumerated() {
        if index > 0 {
          pages.append(start..<lines.count)
          start = lines.count
          if part.isEmpty { continue }
        }
        if index < parts.count - 1, part.isEmpty { continue }
        lines.append(PlainLine(part, number: number))
      }
      number += 1
    }
    pages.append(start..<lines.count)
  }

  /// The lines of a text, which end at LF, CR or CR LF; a line end at the very end opens no other.
  static func split(_ text: String) -> [Substring] {
    var lines = text.split(omittingEmptySubsequences: false) {
      $0 == "\n" || $0 == "\r\n" || $0 == "\r"
    }
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }
}
