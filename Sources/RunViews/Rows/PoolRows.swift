internal import Catalog
package import Screen
internal import Trace

/// A bar with numbers for each pool size, and below them the conclusions that the numbers support.
package struct PoolRows {
  package private(set) var rows: [StyledText] = []

  private let session: RunSession
  /// What is shown: of what is asked about, and with everything open the rest.
  private let shows: (_ measure: String) -> Bool
  private let summary: PoolSizingSummary
  private let width: Int
  private let glyphs: Glyphs
  private let now: UInt64

  /// - Parameters:
  ///   - asked: the measures that are asked about.
  ///   - isOpen: whether the others are shown too, but none that follows from them.
  ///   - height: the available rows. An empty row separates bars and sentences if it fits.
  package init(
    _ session: RunSession, asked: [String], isOpen: Bool, now: UInt64, width: Int, height: Int,
    glyphs: Glyphs
  ) {
    self.session = session
    shows = { asked.contains($0) || isOpen && !Demo.isDerived($0) }
    summary = session.sizing
    self.width = width
    self.glyphs = glyphs
    self.now = session.time(at: now)
    let bars = self.bars()
    let columns = numberColumns(bars)
    let barColumns = max(4, width - sizeColumns(bars) - 2 - columns.reduce(0) { $0 + $1.width + 2 })
    rows.append(header(columns, sizeColumns: sizeColumns(bars), barColumns: barColumns))
    let longest = bars.map(\.length).max() ?? 0
    let scale = BarScale.barEnd(after: UInt64(max(1, longest)))
    var isBeyond = false
    for (index, bar) in bars.enumerated() {
      if bar.size > summary.cores, !isBeyond {
        isBeyond = true
        rows.append(divider)
      }
      var row = StyledText(String(bar.size), .strong).leftPadded(to: sizeColumns(bars))
      row.append("  ")
      row += drawing(bar, scale: scale, columns: barColumns)
      for column in columns {
        row += (StyledText("  ") + StyledText(column.cells[index], column.style))
          .leftPadded(to: column.width + 2)
      }
      rows.append(row)
    }
    // The time is always shown.
    let others = session.request.demo.measures.dropFirst().filter {
      !asked.contains($0) && !Demo.isDerived($0)
    }
    let closed = MoreRow.text(isOpen || session.isUnderWay ? [] : others, width: width)
    let lines =
      (sentences() + results).flatMap { $0.wrapped(to: width) } + (closed.isEmpty ? [] : [closed])
    if !lines.isEmpty, rows.count + lines.count < height { rows.append(StyledText()) }
    rows += lines
  }

  /// Returns the number of rows, without drawing them.
  package static func count(_ session: RunSession) -> Int { sizes(session).count + 6 }

  /// Returns all sizes that the run measures, also those that it has not reached yet.
  private static func sizes(_ session: RunSession) -> [Int] {
    let measured = session.sizing.arms.map(\.size)
    guard case .span(let range) = argument("sizes", session) else { return measured }
    return Set(measured).union(range).sorted()
  }

  private static func argument(_ name: String, _ session: RunSession) -> ParameterValue? {
    let arguments = session.request.arguments
    return arguments.names.contains(name) ? arguments[name] : nil
  }

  /// Returns the legend of the parts of a bar.
  package static func legend(_ glyphs: Glyphs) -> StyledText {
    let signs = Self.signs(glyphs)
    return StyledText("\(signs.create) create  \(signs.map) map  \(signs.close) close")
  }

  private static func signs(_ glyphs: Glyphs) -> (create: String, map: String, close: String) {
    glyphs.isASCII ? ("%", "#", ".") : ("▒", "█", "░")
  }
}

// MARK: bars

extension PoolRows {
  private struct Bar {
    let size: Int
    let arm: PoolSizingSummary.Arm?
    /// The nanoseconds since the start of the pool, or nil if it is not being measured.
    let elapsed: Int64?

    var isMeasured: Bool { arm?.total.isEmpty == false }
    var length: Int64 { isMeasured ? arm?.median ?? 0 : elapsed ?? 0 }
  }

  private func bars() -> [Bar] {
    let current = session.isUnderWay ? session.pools.last { $0.end == nil } : nil
    return Self.sizes(session).map { size in
      let arm = summary.arms.first { $0.size == size }
      let isCurrent = size == measuredSize
      let elapsed = isCurrent ? current.map { Int64(clamping: $0.length(now: now)) } : nil
      return Bar(size: size, arm: arm, elapsed: elapsed)
    }
  }

  /// The size of the current pool: in each round, the sizes are measured in order.
  private var measuredSize: Int? {
    guard session.isUnderWay, !session.pools.isEmpty else { return nil }
    let sizes = Self.sizes(session)
    return sizes.isEmpty ? nil : sizes[(session.pools.count - 1) % sizes.count]
  }

  private func sizeColumns(_ bars: [Bar]) -> Int {
    bars.map { String($0.size).count }.max() ?? 1
  }

  /// Returns the bar in its parts, with a mark in the free columns if it is the shortest.
  private func drawing(_ bar: Bar, scale: UInt64, columns: Int) -> StyledText {
    let share = Double(bar.length) / Double(scale)
    var text: StyledText
    if let arm = bar.arm, bar.isMeasured {
      text = parts(arm, length: max(1, Int((share * Double(columns)).rounded())))
    } else {
      // A bar that is not measured yet grows with the clock.
      text = StyledText(Screen.Bar(share).text(columns: columns, glyphs: glyphs), .muted)
    }
    let mark = self.mark(bar)
    guard text.columns + 2 + mark.columns <= columns else {
      return text.padded(to: columns, glyphs: glyphs)
    }
    text = text.padded(to: columns - mark.columns, glyphs: glyphs)
    return text + mark
  }

  private func mark(_ bar: Bar) -> StyledText {
    if bar.elapsed != nil { return StyledText("measuring", .muted) }
    guard !session.isUnderWay else { return StyledText() }
    switch summary.verdict {
    case .shortest(let size) where size == bar.size: return StyledText("shortest", .success)
    case .thisTime(let size) where size == bar.size: return StyledText("this time", .muted)
    default: return StyledText()
    }
  }

  private func parts(_ arm: PoolSizingSummary.Arm, length: Int) -> StyledText {
    let signs = Self.signs(glyphs)
    let medians = arm.parts
    let total = Double(medians.create + medians.map + medians.close)
    guard total > 0 else { return StyledText(String(repeating: signs.map, count: length)) }
    let create = Int((Double(medians.create) / total * Double(length)).rounded())
    let close = min(
      length - create, Int((Double(medians.close) / total * Double(length)).rounded()))
    return StyledText(String(repeating: signs.create, count: create), .muted)
      + StyledText(String(repeating: signs.map, count: length - create - close))
      + StyledText(String(repeating: signs.close, count: close), .muted)
  }

  private var divider: StyledText {
    let words = " more workers than cores "
    let line = glyphs.isASCII ? "-" : "┄"
    let rest = max(2, width - words.count - 2)
    return StyledText(
      line + line + words + String(repeating: line, count: rest), .muted
    ).truncated(to: width, glyphs: glyphs)
  }
}

// MARK: numbers

extension PoolRows {
  private struct Column {
    let title: String
    let cells: [String]
    var style = Style.muted
    var width: Int { max(title.count, cells.map(\.count).max() ?? 0) }
  }

  /// Returns the columns that leave enough room for the bars; the least important are dropped
  /// first.
  private func numberColumns(_ bars: [Bar]) -> [Column] {
    let hasRounds = Self.argument("rounds", session) != .integer(1)
    // Tenths of milliseconds are noise if all times are long.
    let isLong = bars.allSatisfy { $0.length == 0 || $0.length >= 100_000_000 }
    func number(_ time: Int64) -> String {
      let time = UInt64(max(0, time))
      return isLong ? "\((time + 500_000) / 1_000_000)" : TimeText.tenths(time, of: 1_000_000)
    }
    var columns = [
      Column(
        title: hasRounds ? "median" : "time",
        cells: bars.map { $0.length > 0 ? number($0.length) + " ms" : "" }, style: .text)
    ]
    if hasRounds {
      columns.append(
        Column(
          title: "least–most",
          cells: bars.map { bar in
            guard let arm = bar.arm, bar.isMeasured else { return "" }
            return number(arm.least) + "–" + number(arm.most)
          }))
    }
    if hasSpeed, shows("speed-up") {
      columns.append(
        Column(
          title: "speed-up",
          cells: bars.map { bar in
            summary.speedUp(of: bar.size).map { PoolSizingSummary.tenths($0) + " ×" } ?? ""
          }))
    }
    if shows("cores used") {
      columns.append(
        Column(
          title: "cores",
          cells: bars.map { $0.arm?.coresUsed.map { PoolSizingSummary.tenths($0) } ?? "" }))
    }
    let least = sizeColumns(bars) + 2 + 12
    while columns.count > 1, least + columns.reduce(0, { $0 + $1.width + 2 }) > width {
      // The speed-up goes first, because the bars show it too.
      let place = columns.firstIndex { $0.title == "speed-up" } ?? columns.count - 1
      columns.remove(at: place)
    }
    return columns
  }

  /// Whether several sizes are compared with one worker, without a disturbance.
  private var hasSpeed: Bool {
    if case .disturbed = summary.verdict { return false }
    let sizes = Self.sizes(session)
    return sizes.count > 1 && sizes.first == 1
  }

  private func header(_ columns: [Column], sizeColumns: Int, barColumns: Int) -> StyledText {
    let room = sizeColumns + 2 + barColumns
    var text = StyledText("workers", .muted).padded(to: room, glyphs: glyphs)
    for column in columns {
      text += StyledText("  " + column.title, .muted).leftPadded(to: column.width + 2)
    }
    return text
  }
}

// MARK: sentences

extension PoolRows {
  /// The results of the pools, once the run is over.
  private var results: [StyledText] {
    guard !session.isUnderWay, let last = session.results(last: 1).first else { return [] }
    return [StyledText("Results: ", .muted) + StyledText(last.value + ".")]
  }

  /// Returns the conclusions, once the run is over.
  package func sentences() -> [StyledText] {
    guard !session.isUnderWay else { return [] }
    var sentences: [StyledText] = []
    if let sentence = summary.sentence {
      let style: Style
      switch summary.verdict {
      case .shortest: style = .success
      case .disturbed: style = .warning
      case .overlap, .thisTime, nil: style = .text
      }
      sentences.append(StyledText(sentence, style))
    }
    if hasSpeed, shows("serial share"), let share = summary.serialShare {
      let cores = summary.cores
      var text = "Serial share: \(PoolSizingSummary.hundredths(share)), from the sizes up to "
      text += "\(cores) cores."
      if share > 1 { text += " The second worker cost more than it gave." }
      sentences.append(StyledText(text, .muted))
    }
    if shows("workers"), let pool = session.pools.last, let state = session.state[pool.pool] {
      let busy = state.pool.workers.count
      let total = pool.workers.count
      let name = ValueText.abbreviated(state.name)
      let text =
        busy == total
        ? "In \(name), \(total == 1 ? "the worker" : "all \(total) workers") had a task."
        : "In \(name), \(busy) of \(total) workers had a task."
      sentences.append(StyledText(text, .muted))
    }
    return sentences
  }
}
