/// A horizontal bar whose length shows a value, in eighths of a column (whole columns in ASCII).
public struct Bar: Hashable, Sendable {
  /// From 0 to 1; what lies outside is clamped, and what is no number is 0.
  public var value: Double

  /// - Parameter value: the filled share, 0 to 1.
  public init(_ value: Double) { self.value = value }

  /// The bar as text of at most `columns` columns. A value above 0 shows at least its smallest part.
  public func text(columns: Int, glyphs: Glyphs = .unicode) -> String {
    guard columns > 0, value > 0 else { return "" }
    let steps = glyphs.bar.count - 1
    let units = max(1, Int((min(value, 1) * Double(columns * steps)).rounded()))
    let full = String(repeating: glyphs.bar[steps], count: units / steps)
    return units % steps == 0 ? full : full + glyphs.bar[units % steps]
  }
}
