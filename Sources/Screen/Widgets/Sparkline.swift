/// A curve of small columns, one for each value, the newest on the right.
public struct Sparkline: Hashable, Sendable {
  public var values: [Double]
  /// The value of a full column; the largest one where it is nil.
  public var maximum: Double?
  public var style: Style

  /// - Parameter maximum: what fills a column; the greatest value where it is nil.
  public init(_ values: [Double], maximum: Double? = nil, style: Style = .text) {
    self.values = values
    self.maximum = maximum
    self.style = style
  }

  /// Draws the last values that fit, in the whole height of the rectangle. Zero shows the lowest
  /// part of a column, and so does what is no number: that there is a value is seen.
  public func draw(into frame: inout Frame, in rect: Rect) {
    guard !rect.isEmpty else { return }
    let steps = frame.glyphs.column.count
    let top = maximum ?? values.reduce(0) { $1 > $0 ? $1 : $0 }
    for (x, value) in values.suffix(rect.width).enumerated() {
      let share = top > 0 && value > 0 ? min(1, value / top) : 0
      let total = share.isFinite ? Double(rect.height * steps - 1) * share : 0
      var units = Int(total.rounded()) + 1
      for y in stride(from: rect.maxY - 1, through: rect.y, by: -1) where units > 0 {
        let part = min(units, steps)
        frame.put(
          frame.glyphs.column[part - 1], at: Point(x: rect.x + x, y: y), style: style, in: rect)
        units -= part
      }
    }
  }
}
