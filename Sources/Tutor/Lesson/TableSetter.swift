internal import LessonKit
internal import Screen

/// Sets a table as lines: columns as wide as they need, narrower where the width asks for it.
struct TableSetter {
  let lines: [StyledText]

  private static let gap = 2
  /// A column that is narrower than this is not read any more.
  private static let leastColumn = 6

  init(_ table: Table, width: Int, glyphs: Glyphs) {
    let header = table.header.map { InlineText.styled($0, base: .strong) }
    let rows = table.rows.map { row in row.map { InlineText.styled($0) } }
    let count = header.count
    guard count > 0 else {
      lines = []
      return
    }
    var widths = header.map(\.columns)
    for row in rows {
      for (column, cell) in row.enumerated() where column < count {
        widths[column] = max(widths[column], cell.columns)
      }
    }
    let room = width - Self.gap * (count - 1)
    guard room >= count * Self.leastColumn || widths.reduce(0, +) <= room else {
      lines = Self.folded(header, rows, width)
      return
    }
    Self.shrink(&widths, to: room)
    let alignments = table.alignments
    var result = Self.set(header, widths, alignments)
    let rule = widths.map { String(repeating: glyphs.horizontal, count: $0) }
    result.append(StyledText(rule.joined(separator: "  "), .muted))
    for row in rows { result += Self.set(row, widths, alignments) }
    lines = result
  }

  /// Takes from the widest column until all fit.
  private static func shrink(_ widths: inout [Int], to room: Int) {
    var excess = widths.reduce(0, +) - room
    while excess > 0, let widest = widths.max(), widest > 1 {
      let second = widths.filter { $0 < widest }.max() ?? 1
      let holders = widths.indices.filter { widths[$0] == widest }
      let cut = max(1, min(widest - second, excess / holders.count))
      for index in holders where excess > 0 {
        let part = min(cut, excess)
        widths[index] -= part
        excess -= part
      }
    }
  }

  private static func set(
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

  /// Where columns would be too narrow: each row as a few lines of header and cell.
  private static func folded(
    _ header: [StyledText], _ rows: [[StyledText]], _ width: Int
  ) -> [StyledText] {
    var result: [StyledText] = []
    for row in rows {
      if !result.isEmpty { result.append(StyledText()) }
      for (name, cell) in zip(header, row) {
        result += (name + StyledText(": ") + cell).wrapped(to: width, hangingIndent: 2)
      }
    }
    return result
  }
}
