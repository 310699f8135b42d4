internal import History
package import Screen
internal import Trace

/// The time axis below the lanes: ticks at round moments, and the moment on display.
extension TimelineRows {
  /// The smallest distance of two ticks, in columns.
  private static let leastDistance = 10

  /// Returns the axis, with its zero under the first column of the lanes.
  package var axis: StyledText {
    let part = axisPart
    let span = part.to - min(part.from, part.to)
    guard columns.lane >= Self.leastDistance, span > 0 else { return StyledText() }
    var signs = [Character](repeating: " ", count: columns.lane)
    let step = Self.step(for: span, ticks: columns.lane / Self.leastDistance)
    var tick = (part.from + step - 1) / step * step
    while tick <= part.to {
      let column = Int(Double(tick - part.from) / Double(span) * Double(columns.lane))
      put(glyphs.tick + Self.text(tick), at: column, in: &signs)
      guard tick <= .max - step else { break }
      tick += step
    }
    var text = StyledText(String(signs), .muted)
    if let cursor = cursorText(part, span) { text = cursor }
    return StyledText(String(repeating: " ", count: columns.label + 2)) + text

    /// The axis without the ticks that the moment covers, and the moment in their place.
    func cursorText(_ part: (from: UInt64, to: UInt64), _ span: UInt64) -> StyledText? {
      guard let moment, moment >= part.from, moment <= part.to else { return nil }
      let column = min(
        columns.lane - 1, Int(Double(moment - part.from) / Double(span) * Double(columns.lane)))
      let words = "\(TimeText.moment(moment)) s"
      // Behind the mark, or before it if there is no room.
      let isBehind = column + 1 + words.count <= columns.lane
      let start = isBehind ? column : max(0, column - words.count)
      let label = isBehind ? glyphs.moment + words : words + glyphs.moment
      var row = signs
      // A tick whose text the moment covers in part is left out.
      let covered = max(0, start - 1)..<min(row.count, start + label.count + 1)
      var place = covered.lowerBound
      while place > 0, row[place] != " " || row[place - 1] != " " { place -= 1 }
      for index in place..<covered.upperBound { row[index] = " " }
      var rest = covered.upperBound
      while rest < row.count, row[rest] != " ", String(row[rest]) != glyphs.tick {
        row[rest] = " "
        rest += 1
      }
      let end = min(row.count, start + label.count)
      return StyledText(String(row[..<start]), .muted)
        + StyledText(String(label.prefix(end - start)), .strong)
        + StyledText(String(row[end...]), .muted)
    }
  }

  /// Writes a text if all its columns and the one before it are free.
  private func put(_ text: String, at column: Int, in signs: inout [Character]) {
    let range = column..<column + text.count
    guard range.upperBound <= signs.count,
      signs[max(0, column - 1)..<range.upperBound].allSatisfy({ $0 == " " })
    else { return }
    for (place, sign) in zip(range, text) { signs[place] = sign }
  }

  /// Returns the smallest of 1, 2, 5, 10, 20 … nanoseconds with at most this number of ticks.
  private static func step(for span: UInt64, ticks: Int) -> UInt64 {
    let least = max(1, span / UInt64(max(1, ticks)))
    var unit: UInt64 = 1
    while unit < .max / 10 {
      for factor: UInt64 in [1, 2, 5] where unit * factor >= least { return unit * factor }
      unit *= 10
    }
    return unit
  }

  /// Returns a round moment: `0`, `250 ms`, `1.5 s`.
  private static func text(_ time: UInt64) -> String {
    guard time > 0 else { return "0" }
    for (length, unit): (UInt64, String) in [
      (1_000_000_000, "s"), (1_000_000, "ms"), (1_000, "µs"),
    ] where time >= length {
      guard time % length != 0 else { return "\(time / length) \(unit)" }
      var digits = String(time % length + length).dropFirst()
      while digits.last == "0" { digits.removeLast() }
      return "\(time / length).\(digits) \(unit)"
    }
    return "\(time) ns"
  }
}
