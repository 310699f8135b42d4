internal import LessonKit
internal import Screen

/// Lays out a table as lines. Columns are as wide as their cells, and shrink if there is less room.
struct TableLayout {
  let lines: [StyledText]

  private static let gap = 2

  init(_ table: Table, text: InlineText, width: Int, glyphs: Glyphs) {
    let header = table.header.map { text.styled($0, base: .strong) }
    let rows = table.rows.map { row in row.map { text.styled($0) } }
    let count = header.count
    guard count > 0 else {
      lines = []
      return
    }
    var widths = header.map(Self.columns)
    for row in rows {
      for (column, cell) in row.enumerated() where column < count {
        widths[column] = max(widths[column], Self.columns(of: cell))
      }
    }
    let room = width - Self.gap * (count - 1)
    // No column is narrower than its longest word, so that no word is cut.
    let least = widths.indices.map { column in
      ([header[column]] + rows.compactMap { column < $0.count ? $0[column] : nil })
        .map(Self.longestWord).max() ?? 1
    }
    guard widths.reduce(0, +) <= room || least.reduce(0, +) <= room else {
      lines = Self.folded(header, rows, width)
      return
    }
    Self.shrink(&widths, notBelow: least, to: room)
    let alignments = table.alignments
    var result: [StyledText] = []
    // Markdown has no table without a header, so authors leave it empty.
    if header.contains(where: { !$0.isEmpty }) {
      result = Self.row(header, widths, alignments)
      let rule = widths.map { String(repeating: glyphs.horizontal, count: $0) }
      result.append(StyledText(rule.joined(separator: "  "), .muted))
    }
    for row in rows { result += Self.row(row, widths, alignments) }
    lines = result
  }

  /// Returns the width of a cell, which may have several lines.
  private static func columns(of cell: StyledText) -> Int {
    guard cell.plain.contains("\n") else { return cell.columns }
    return cell.plain.split(separator: "\n").map { TextWidth.columns(of: String($0)) }.max() ?? 0
  }

  private static func longestWord(_ text: StyledText) -> Int {
    text.plain.split { $0 == " " || $0 == "\n" }.map { TextWidth.columns(of: String($0)) }.max()
      ?? 1
  }

  /// Shrinks the widest column that can shrink, until all columns fit.
  private static func shrink(_ widths: inout [Int], notBelow least: [Int], to room: Int) {
    var excess = widths.reduce(0, +) - room
    while excess > 0 {
      let shrinkable = widths.indices.filter { widths[$0] > least[$0] }
      guard let widest = shrinkable.max(by: { widths[$0] < widths[$1] }) else { return }
      // One step shrinks to the next widest column, so that long cells cost no more than short
      // ones.
      let next = shrinkable.filter { $0 != widest }.map { widths[$0] }.max() ?? 0
      let cut = min(excess, widths[widest] - max(least[widest], min(next, widths[widest] - 1)))
      widths[widest] -= cut
      excess -= cut
    }
  }

  private static func row(
    _ cells: [StyledText], _ widths: [Int], _ alignments: [Table.Alignment?]
  ) -> [StyledText] {
    let wrapped = widths.indices.map { column in
      column < cells.count ? cells[column].wrapped(to: widths[column]) : []
    }
    let height = wrapped.map(\.count).max() ?? 0
    return (0..<height).map { line in
      var text = StyledText()
      for (column, width) in widths.enumerated() {
        if column > 0 { text.append(String(repeating: " ", count: gap)) }
        let cell = line < wrapped[column].count ? wrapped[column][line] : StyledText()
        let alignment = column < alignments.count ? alignments[column] : nil
        text += aligned(cell, width, alignment)
      }
      return text
    }
  }

  private static func aligned(
    _ cell: StyledText, _ width: Int, _ alignment: Table.Alignment?
  ) -> StyledText {
    let missing = max(0, width - cell.columns)
    let before =
      switch alignment {
      case .right: missing
      case .center: missing / 2
      default: 0
      }
    return StyledText(String(repeating: " ", count: before)) + cell
      + StyledText(String(repeating: " ", count: missing - before))
  }

  /// Returns each row as lines of header and cell, for a width that is too small for columns.
  private static func folded(
    _ header: [StyledText], _ rows: [[StyledText]], _ width: Int
  ) -> [StyledText] {
    guard !rows.isEmpty else { return header.flatMap { $0.wrapped(to: width, hangingIndent: 2) } }
    var result: [StyledText] = []
    for row in rows {
      if !result.isEmpty { result.append(StyledText()) }
      for (name, cell) in zip(header, row) where !name.isEmpty || !cell.isEmpty {
        let label = name.isEmpty ? StyledText() : name + StyledText(": ")
        result += (label + cell).wrapped(to: width, hangingIndent: 2)
      }
    }
    return result
  }
}
