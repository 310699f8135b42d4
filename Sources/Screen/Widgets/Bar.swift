/// A horizontal bar whose length shows a value, in eighths of a column (full columns in ASCII).
public struct Bar: Hashable, Sendable {
  /// The filled share from 0 to 1. Other values are clamped, and NaN counts as 0.
  public var value: Double

  /// - Parameter value: the filled share, 0 to 1.
  public init(_ value: Double) { self.value = value }

  /// The bar as text of at most `columns` columns. A value above 0 shows at least one step.
  public func text(columns: Int, glyphs: Glyphs = .unicode) -> String {
    guard columns > 0, value > 0 else { return "" }
    let steps = glyphs.bar.count - 1
    let units = max(1, Int((min(value, 1) * Double(columns * steps)).rounded()))
    let full = String(repeating: glyphs.bar[steps], count: units / steps)
    return units % steps == 0 ? full : full + glyphs.bar[units % steps]
  }
}
