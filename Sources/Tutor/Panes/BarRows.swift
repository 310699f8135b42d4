internal import Screen
internal import Trace

/// A bar for each measured size, the shortest marked, and what more workers gained.
struct BarRows {
  private(set) var rows: [StyledText] = []

  private struct Column {
    let size: Int
    let arm: MeasureTable.Arm
    var time: Int64 { arm.total.median }
  }

  init(_ session: RunSession, width: Int, glyphs: Glyphs) {
    let table = session.measures
    let columns = table.sizes.compactMap { size in table[size].map { Column(size: size, arm: $0) } }
    guard let longest = columns.map(\.time).max(), longest > 0 else {
      rows = [StyledText("Each bar appears when its pool has gone.", .muted)]
      return
    }
    let shortest = columns.min { $0.time < $1.time }
    let isClear = columns.allSatisfy { column in
      guard let shortest, column.size != shortest.size else { return true }
      return column.arm.total.least > shortest.arm.total.greatest
    }
    let times = columns.map { TimeText.milliseconds($0.time) }
    let ranges = columns.map(Self.range)
    let sizeColumns = columns.map { String($0.size).count }.max() ?? 1
    let timeColumns = times.map(\.count).max() ?? 0
    let rangeColumns = ranges.map(\.count).max() ?? 0
    let mark = "shortest"
    let fixed = sizeColumns + 2 + 2 + mark.count + 2 + timeColumns
    let showsRange = rangeColumns > 0 && width - fixed - rangeColumns - 2 >= 12
    let barColumns = max(4, width - fixed - (showsRange ? rangeColumns + 2 : 0))
    for (index, column) in columns.enumerated() {
      let isShortest = column.size == shortest?.size && isClear && columns.count > 1
      var row = StyledText(String(column.size), .strong).leftPadded(to: sizeColumns)
      row.append("  ")
      let share = Double(column.time) / Double(longest)
      row += Self.bar(column.arm, share: share, columns: barColumns, glyphs: glyphs)
        .padded(to: barColumns, glyphs: glyphs)
      row += StyledText("  " + (isShortest ? mark : ""), .success)
        .padded(to: mark.count + 4, glyphs: glyphs)
      row += StyledText(times[index]).leftPadded(to: timeColumns)
      if showsRange {
        row.append("  ")
        row += StyledText(ranges[index], .muted).leftPadded(to: rangeColumns)
      }
      rows.append(row)
    }
    rows.append(StyledText())
    let indent = String(repeating: " ", count: sizeColumns + 2)
    let verdict = Self.verdict(columns, isClear: isClear, cores: session.state.cores)
    for line in (StyledText(indent) + verdict).wrapped(to: width, hangingIndent: indent.count) {
      rows.append(line)
    }
  }

  /// What the parts of a bar are.
  static func legend(_ glyphs: Glyphs) -> StyledText {
    let signs = Self.signs(glyphs)
    return StyledText("\(signs.create) create  \(signs.map) map  \(signs.close) close")
  }

  private static func signs(_ glyphs: Glyphs) -> (create: String, map: String, close: String) {
    glyphs.isASCII ? ("%", "#", ".") : ("▒", "█", "░")
  }

  /// The bar in its parts where they were measured, else whole.
  private static func bar(
    _ arm: MeasureTable.Arm, share: Double, columns: Int, glyphs: Glyphs
  ) -> StyledText {
    let parts = [arm.create.median, arm.map.median, arm.close.median]
    let total = parts.reduce(0, +)
    guard total > 0 else { return StyledText(Bar(share).text(columns: columns, glyphs: glyphs)) }
    let length = max(1, Int((share * Double(columns)).rounded()))
    let create = Int((Double(parts[0]) / Double(total) * Double(length)).rounded())
    let close = min(
      length - create, Int((Double(parts[2]) / Double(total) * Double(length)).rounded()))
    let signs = signs(glyphs)
    return StyledText(String(repeating: signs.create, count: create), .muted)
      + StyledText(String(repeating: signs.map, count: length - create - close))
      + StyledText(String(repeating: signs.close, count: close), .muted)
  }

  /// The least and the greatest of several rounds.
  private static func range(_ column: Column) -> String {
    let total = column.arm.total
    guard total.sorted.count > 1 else { return "" }
    return TimeText.tenths(UInt64(max(0, total.least)), of: 1_000_000) + "–"
      + TimeText.milliseconds(total.greatest)
  }

  private static func verdict(_ columns: [Column], isClear: Bool, cores: Int) -> StyledText {
    guard columns.count > 1, let best = columns.min(by: { $0.time < $1.time }) else {
      return StyledText()
    }
    guard isClear else {
      return StyledText("The ranges overlap: no size is clearly the shortest.", .muted)
    }
    guard let one = columns.first, one.size == 1, best.time > 0 else { return StyledText() }
    let on = cores > 0 ? " on \(cores) \(cores == 1 ? "core" : "cores")" : ""
    guard best.size > 1 else {
      return StyledText("no speed-up\(on): one worker is the fastest")
    }
    let factor = TimeText.tenths(UInt64(one.time), of: UInt64(best.time))
    return StyledText("speed-up at best \(factor) × with \(best.size) workers\(on)")
  }
}
