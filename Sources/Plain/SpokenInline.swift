internal import LessonKit
internal import Tutor

/// Formats inline text without markup; words replace what styles show.
enum SpokenInline {
  /// Returns the text, with the author's hard line breaks.
  static func text(_ pieces: [Inline]) -> String { pieces.map(text).joined() }

  /// Returns the text on one line.
  static func line(_ pieces: [Inline]) -> String {
    let lines = text(pieces).split(separator: "\n").map(\.trimmed).filter { !$0.isEmpty }
    return lines.dropFirst().reduce(lines.first ?? "") { text, line in
      // The lines of a cell are often items of a list.
      text + (text.last?.isLetter == true || text.last?.isNumber == true ? ", " : " ") + line
    }
  }

  private static func text(_ piece: Inline) -> String {
    switch piece {
    case .text(let text), .code(let text), .html(let text): text
    case .emphasis(let inner), .strong(let inner): text(inner)
    case .strikethrough(let inner): "(struck out: \(text(inner)))"
    case .subscript(let inner): ScriptText.lowered(text(inner))
    case .superscript(let inner): ScriptText.raised(text(inner))
    case .link(let inner, let destination): link(text(inner), destination)
    case .image(let alt, let destination):
      alt.isEmpty ? "(picture: \(destination))" : "(picture: \(alt), \(destination))"
    case .softBreak: " "
    case .lineBreak: "\n"
    case .footnoteReference(let label): " (footnote \(label))"
    }
  }

  private static func link(_ text: String, _ destination: String) -> String {
    guard !destination.isEmpty, text != destination else { return text }
    return "\(text) (link to \(destination))"
  }
}

/// Formats a table row by row, each value with the name of its column.
enum SpokenTable {
  static func lines(_ table: Table) -> [SpokenLine] {
    let names = table.header.map { SpokenInline.line($0) }
    let count = table.rows.count
    let columns = names.map { $0.isEmpty ? "one without a name" : $0 }.joined(separator: ", ")
    let size = count == 1 ? "1 row" : "\(count) rows"
    var lines = [SpokenLine("Table, \(size). Columns: \(columns).")]
    for (index, row) in table.rows.enumerated() {
      let cells = row.enumerated().compactMap { column, cell -> String? in
        let text = SpokenInline.line(cell)
        guard !text.isEmpty else { return nil }
        let name = column < names.count ? names[column] : ""
        return name.isEmpty ? text : "\(name): \(text)"
      }
      lines.append(SpokenLine("Row \(index + 1): " + cells.joined(separator: "; ") + "."))
    }
    return lines
  }
}
