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
