/// One line of a plain text document.
struct PlainLine {
  /// The line without whitespace at either end.
  var text: String
  /// The number of columns before the text.
  var indent: Int
  /// The line number in the document, from 1.
  let number: Int
  /// The number of characters of the text.
  private(set) var columns: Int
  /// The page furniture before this line: the footer of a page and the header of the next.
  var asides: [String] = []
  /// Whether there is a page break between the previous nonblank line and this one.
  var isAfterPageBreak = false

  var isBlank: Bool { text.isEmpty }

  init(text: String, indent: Int, number: Int) {
    self.text = text
    self.indent = indent
    self.number = number
    columns = text.count
  }

  /// Makes a line from a line of the document, without its newline.
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

  /// The line with other text at the same place.
  func with(text: String) -> PlainLine {
    var line = PlainLine(text: text, indent: text.isEmpty ? 0 : indent, number: number)
    line.asides = asides
    line.isAfterPageBreak = isAfterPageBreak
    return line
  }

  /// The line inside an indented block: without its first characters, and with its indentation
  /// relative to the block.
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

/// A document divided into pages and lines.
struct PlainPages {
  /// All lines in order.
  private(set) var lines: [PlainLine] = []
  /// The lines of each page. Without form feeds there is one page.
  private(set) var pages: [Range<Int>] = []

  init(_ text: String) {
    var start = 0
    var number = 1
    for line in Self.lines(of: text) {
      // A form feed ends a page anywhere in a line.
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

  /// The lines of a text, separated by LF, CR or CR LF. A final newline does not start another line.
  static func lines(of text: String) -> [Substring] {
    var lines = text.split(omittingEmptySubsequences: false) {
      $0 == "\n" || $0 == "\r\n" || $0 == "\r"
    }
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }
}
