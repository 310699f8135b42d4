internal import Catalog
internal import Events
package import Screen
package import Trace

/// A bar chart of the measurements of a demo: a group for each quantity, with a bar and numbers for
/// each arm. The length of a bar is the arm's median. What is asked about comes first, and is large
/// while the other quantities are closed.
package struct BarRows {
  package private(set) var rows: [StyledText] = []
  private let width: Int
  private let glyphs: Glyphs
  private let nameColumns: Int
  private let medianColumns: Int
  /// 0 if nothing was measured twice, or if there is no room for the column.
  private let rangeColumns: Int

  private static let medianTitle = "median"
  private static let rangeTitle = "least–most"

  /// The formatted numbers of one quantity.
  private struct Numbers {
    let medians: [String]
    let ranges: [String]

    init(_ quantity: ArmSummary.Quantity) {
      let values = quantity.arms.flatMap(\.values).map(\.magnitude)
      let least = values.filter { $0 > 0 }.min() ?? 0
      let scale = MeasureScale(
        unit: quantity.unit, least: Int64(clamping: least), greatest: quantity.greatest)
      let sign = Self.sign(of: quantity, scale)
      medians = quantity.arms.map { scale.number($0.median) + (sign.isEmpty ? "" : " " + sign) }
      ranges = quantity.arms.map { arm in
        arm.values.count > 1 ? scale.number(arm.least) + "–" + scale.number(arm.most) : ""
      }
    }

    /// The numbers of one quantity, each in its own unit, if they differ so much that one would be
    /// `<0.01`.
    init(apart quantity: ArmSummary.Quantity) {
      let own = Numbers(quantity)
      let isApart = own.medians.contains { $0.hasPrefix("<") }
      medians =
        isApart
        ? quantity.arms.map { ValueText.measure($0.median, unit: quantity.unit) } : own.medians
      ranges =
        isApart
        ? quantity.arms.map { arm in
          arm.values.count > 1
            ? ValueText.measure(arm.least, unit: quantity.unit) + "–"
              + ValueText.measure(arm.most, unit: quantity.unit) : ""
        } : own.ranges
    }

    /// Returns the unit after the numbers; that of hundredths depends on the quantity.
    private static func sign(of quantity: ArmSummary.Quantity, _ scale: MeasureScale) -> String {
      guard quantity.unit == "/100" else { return scale.sign }
      let name = quantity.name.lowercased()
      return name.contains("core") ? "cores" : name.contains("speed") ? "×" : ""
    }
  }

  /// - Parameters:
  ///   - asked: the quantities that are asked about.
  ///   - isOpen: whether the other quantities are shown too.
  ///   - hasTable: whether the conclusion has a table that is closed.
  ///   - height: the available rows. Empty rows separate the groups if they fit.
  package init(
    _ summary: ArmSummary, asked: [String], isOpen: Bool, hasTable: Bool, width: Int, height: Int,
    glyphs: Glyphs
  ) {
    self.width = width
    self.glyphs = glyphs
    let (first, others) = Self.divided(summary, asked: asked)
    let quantities = isOpen ? first + others : first
    let arms = quantities.flatMap { $0.arms.map { TextWidth.columns(of: $0.name) } }
    nameColumns = min(arms.max() ?? 0, max(8, width / 3))
    // All groups have the same columns, so that bars and numbers are aligned.
    let numbers = quantities.map { Numbers(apart: $0) }
    let hasRounds = quantities.contains(where: \.hasRounds)
    let medians = numbers.flatMap(\.medians).map(\.count)
    medianColumns = max(hasRounds ? Self.medianTitle.count : 0, medians.max() ?? 0)
    let ranges = max(Self.rangeTitle.count, numbers.flatMap(\.ranges).map(\.count).max() ?? 0)
    let hasRoom = nameColumns + 2 + Self.leastBar + 2 + medianColumns + 2 + ranges <= width
    rangeColumns = hasRounds && hasRoom ? ranges : 0
    let names = isOpen ? [] : others.map(\.name) + (hasTable ? ["the table"] : [])
    let closed = MoreRow.text(names, width: width)
    let rest = closed.isEmpty ? 0 : 2
    // The largest bars that fit: three rows for each arm, or two, or one.
    let heads = quantities.count * 2 - 1
    let bars = quantities.reduce(0) { $0 + $1.arms.count }
    let size =
      isOpen ? 1 : (1...3).last { heads + bars * $0 - quantities.count + rest <= height } ?? 1
    let groups = zip(quantities, numbers).map { group($0, $1, size: size) }
    let hasGaps = groups.reduce(-1) { $0 + $1.count + 1 } <= height
    for group in groups {
      if hasGaps, !rows.isEmpty { rows.append(StyledText()) }
      rows += group
    }
    guard !closed.isEmpty else { return }
    if rows.count + 2 <= height, !rows.isEmpty { rows.append(StyledText()) }
    rows.append(closed)
  }

  /// Returns the quantities that are asked about, in that order, and the others. A quantity that
  /// follows from another one is left out, unless it is asked about. If none of what is asked about
  /// was measured, the first measured quantity is in its place.
  private static func divided(
    _ arms: ArmSummary, asked: [String]
  ) -> (first: [ArmSummary.Quantity], others: [ArmSummary.Quantity]) {
    var first = asked.compactMap { name in arms.quantities.first { $0.name == name } }
    if first.isEmpty, !asked.contains(Demo.table) { first = Array(arms.quantities.prefix(1)) }
    let others = arms.quantities.filter { quantity in
      !Demo.isDerived(quantity.name) && !first.contains { $0.name == quantity.name }
    }
    return (first, others)
  }

  private static let leastBar = 8

  /// Returns the legend of the parts of a bar.
  package static func legend(_ glyphs: Glyphs) -> StyledText {
    StyledText("\(glyphs.solid) median  \(reach(glyphs)) to the most")
  }

  private static func reach(_ glyphs: Glyphs) -> String { glyphs.isASCII ? "-" : "╌" }

  private var barColumns: Int {
    let ranges = rangeColumns > 0 ? 2 + rangeColumns : 0
    return max(1, width - nameColumns - 2 - 2 - medianColumns - ranges)
  }

  /// Returns a heading with the names of the columns, and rows for each arm.
  /// - Parameter size: the rows for each arm: a bar, a bar and a gap, or a bar of two rows and a gap.
  private func group(
    _ quantity: ArmSummary.Quantity, _ numbers: Numbers, size: Int
  ) -> [StyledText] {
    let name = ValueText.abbreviated(quantity.name, limit: 48)
    let heading = columns(
      StyledText(name, .heading).padded(to: nameColumns + 2 + barColumns, glyphs: glyphs),
      StyledText(quantity.hasRounds ? Self.medianTitle : "", .muted),
      StyledText(quantity.hasRounds ? Self.rangeTitle : "", .muted))
    let end = Self.end(of: quantity)
    let arms = quantity.arms.indices.flatMap { index in
      let arm = quantity.arms[index]
      var row = StyledText(arm.name).padded(to: nameColumns, glyphs: glyphs)
      row.append("  ")
      let indent = StyledText(String(repeating: " ", count: row.columns))
      let bar = bar(arm, end: end, columns: barColumns)
      row += bar.padded(to: barColumns, glyphs: glyphs)
      let rows = [
        columns(
          row, StyledText(numbers.medians[index], .strong),
          StyledText(numbers.ranges[index], .muted))
      ]
      return rows + (size > 2 ? [indent + bar] : [])
        + (size > 1 && index + 1 < quantity.arms.count ? [StyledText()] : [])
    }
    return [heading] + arms
  }

  private func columns(
    _ text: StyledText, _ median: StyledText, _ range: StyledText
  ) -> StyledText {
    let row = text + (StyledText("  ") + median).leftPadded(to: 2 + medianColumns)
    guard rangeColumns > 0 else { return row }
    return row + (StyledText("  ") + range).leftPadded(to: 2 + rangeColumns)
  }

  /// Returns a bar as long as the median, with a thin line to the maximum.
  private func bar(_ arm: ArmSummary.Arm, end: Int64, columns: Int) -> StyledText {
    func share(_ value: Int64) -> Double { Double(max(0, value)) / Double(max(1, end)) }
    let solid = Bar(share(arm.median)).text(columns: columns, glyphs: glyphs)
    var text = StyledText(solid, .title)
    let reach = Int((share(arm.most) * Double(columns)).rounded())
    if reach > text.columns {
      text.append(
        String(repeating: Self.reach(glyphs), count: reach - text.columns), .muted)
    }
    return text
  }

  /// Returns the end of the scale: a round number, so that a growing chart is rarely rescaled.
  private static func end(of quantity: ArmSummary.Quantity) -> Int64 {
    let greatest = quantity.greatest
    // Percentages always have a scale up to 100.
    if quantity.unit == "%" { return max(100, greatest) }
    return greatest < 20
      ? max(1, greatest) : Int64(clamping: BarScale.barEnd(after: UInt64(greatest), from: 1))
  }
}
