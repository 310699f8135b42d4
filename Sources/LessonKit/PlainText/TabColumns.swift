/// Puts the fields of lines with tabs into columns. The screen has other tab stops than the editor
/// in which a table was written.
enum TabColumns {
  /// The distance of the tab stops of most editors.
  private static let stop = 8

  /// The lines without tabs inside. Lines with the same number of fields are aligned with each other.
  static func expanded(_ lines: [PlainLine]) -> [PlainLine] {
    guard lines.contains(where: { $0.text.contains("\t") }) else { return lines }
    let rows = lines.map { $0.text.split(separator: "\t", omittingEmptySubsequences: false) }
    let filled = rows.filter { $0 != [""] }
    let isTable = Set(filled.map(\.count)).count == 1
    var widths = [Int](repeating: 0, count: filled.map(\.count).max() ?? 0)
    for row in filled {
      for (column, field) in row.enumerated() { widths[column] = max(widths[column], field.count) }
    }
    return zip(lines, rows).map { line, fields in
      guard fields.count > 1 else { return line }
      var text = ""
      for (column, field) in fields.enumerated() {
        text += field
        guard column + 1 < fields.count else { continue }
        let width =
          isTable ? widths[column] - field.count + 2 : stop - (line.indent + text.count) % stop
        text += String(repeating: " ", count: width)
      }
      return line.with(text: text)
    }
  }
}

/// Labels of code boxes that are copied from a page along with the code: the language, and "Copy
/// code".
enum CodeBoxLabels {
  /// The lines without the labels above code.
  static func removed(from lines: [PlainLine]) -> [PlainLine] {
    var lines = lines
    for index in lines.indices where lines[index].text.lowercased() == ExportedMarkdown.label {
      guard let next = lines[(index + 1)...].first(where: { !$0.isBlank }),
        CodeShape(of: next.text).isPossible
      else { continue }
      lines[index] = lines[index].with(text: "")
      guard let above = lines[max(0, index - 3)..<index].lastIndex(where: { !$0.isBlank }),
        ExportedMarkdown.languages.contains(lines[above].text.lowercased())
      else { continue }
      lines[above] = lines[above].with(text: "")
    }
    return lines
  }
}
