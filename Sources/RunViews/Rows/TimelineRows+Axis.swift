internal import History
package import Screen
internal import Trace

/// The time axis below the lanes: ticks at round moments, and the moment on display.
extension TimelineRows {
  /// The smallest distance of two ticks, in columns.
  private static let leastDistance = 10

  /// Returns the row with the axis, whose zero is under the first column of the lanes.
  package var axisRow: StyledText {
    let part = axisPart
    let span = part.to - min(part.from, part.to)
    guard columns.lane >= Self.leastDistance, span > 0 else { return StyledText() }
    func column(_ time: UInt64) -> Int {
      Int(Double(time - part.from) / Double(span) * Double(columns.lane))
    }
    var signs = [Character](repeating: " ", count: columns.lane)
    var strong = 0..<0
    var told: StyledText?
    // The moment comes first, and leaves out the ticks that it covers.
    if let moment, moment >= part.from, moment <= part.to {
      let time = "\(TimeText.moment(moment)) s"
      let place = min(column(moment), columns.lane - 1)
      // What happened is cut between words to the greater room, behind the mark or before it.
      let room = max(columns.lane - place, place + 1) - time.count - 3
      let happening = room >= 12 ? happening.truncated(to: room, glyphs: glyphs) : StyledText()
      let event = happening.plain
      for words in [event.isEmpty ? time : "\(time): \(event)", time] where strong.isEmpty {
        strong =
          put(glyphs.moment + words, at: place, in: &signs)
          ?? put(words + glyphs.moment, at: place - words.count, in: &signs) ?? 0..<0
      }
      if strong.count > time.count + 2 {
        let isBehind = signs[strong.lowerBound] == Character(glyphs.moment)
        told =
          StyledText((isBehind ? glyphs.moment : "") + time + ": ", .strong) + happening
          + StyledText(isBehind ? "" : glyphs.moment, .strong)
      }
    }
    let step = Self.step(for: span, ticks: columns.lane / Self.leastDistance)
    var tick = (part.from + step - 1) / step * step
    while tick <= part.to {
      _ = put(glyphs.tick + Self.text(tick), at: column(tick), in: &signs)
      guard tick <= .max - step else { break }
      tick += step
    }
    return StyledText(String(repeating: " ", count: columns.label + 2))
      + StyledText(String(signs[..<strong.lowerBound]), .muted)
      + (told ?? StyledText(String(signs[strong]), .strong))
      + StyledText(String(signs[strong.upperBound...]), .muted)
  }

  /// Writes a text if its columns and one on either side are free.
  /// - Returns: its columns, or nil if they are not free.
  private func put(_ text: String, at column: Int, in signs: inout [Character]) -> Range<Int>? {
    let range = column..<column + text.count
    guard range.lowerBound >= 0, range.upperBound <= signs.count else { return nil }
    let around = max(0, column - 1)..<min(signs.count, range.upperBound + 1)
    guard signs[around].allSatisfy({ $0 == " " }) else { return nil }
    signs.replaceSubrange(range, with: text)
    return range
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
