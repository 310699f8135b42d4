/// The size of the screen or of a part of it, in columns and rows. Never negative.
public struct Size: Hashable, Sendable {
  /// The width in terminal cells. A wide character takes two.
  public let columns: Int
  /// The height in lines.
  public let rows: Int

  /// Makes a size. A negative number becomes 0.
  public init(columns: Int, rows: Int) {
    self.columns = max(0, columns)
    self.rows = max(0, rows)
  }
}

/// A position on the screen: column `x` and row `y`, counted from 0 at the top left.
public struct Point: Hashable, Sendable {
  /// The column, counted from 0 at the left.
  public var x: Int
  /// The row, counted from 0 at the top.
  public var y: Int

  /// Makes a point, which may be outside the screen.
  public init(x: Int, y: Int) {
    self.x = x
    self.y = y
  }
}

/// A part of the screen that a widget may draw in. Width and height are never negative.
public struct Rect: Hashable, Sendable {
  /// The leftmost column, counted from 0.
  public var x: Int
  /// The topmost row, counted from 0.
  public var y: Int
  /// The width in columns. A width of 0 makes it empty.
  public let width: Int
  /// The height in rows. A height of 0 makes it empty.
  public let height: Int

  /// Makes a rectangle from its top left corner. A negative width or height becomes 0.
  public init(x: Int = 0, y: Int = 0, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = max(0, width)
    self.height = max(0, height)
  }

  /// Makes a rectangle of this size with its corner at (0, 0), such as the full screen.
  public init(_ size: Size) {
    self.init(width: size.columns, height: size.rows)
  }

  /// The number of columns and rows.
  public var size: Size { Size(columns: width, rows: height) }
  /// Whether it contains no cells.
  public var isEmpty: Bool { width == 0 || height == 0 }
  /// The top left corner.
  public var origin: Point { Point(x: x, y: y) }

  /// The first column to the right of the rectangle.
  public var maxX: Int { x + width }
  /// The first row below the rectangle.
  public var maxY: Int { y + height }

  /// Whether the point is inside.
  public func contains(_ point: Point) -> Bool {
    point.x >= x && point.x < maxX && point.y >= y && point.y < maxY
  }

  /// The cells that both rectangles cover, or an empty rectangle if there are none.
  public func intersection(_ other: Rect) -> Rect {
    let left = max(x, other.x)
    let top = max(y, other.y)
    return Rect(
      x: left, y: top, width: min(maxX, other.maxX) - left, height: min(maxY, other.maxY) - top)
  }

  /// The rectangle without a margin on each side. If nothing is left, it is empty.
  public func inset(left: Int = 0, top: Int = 0, right: Int = 0, bottom: Int = 0) -> Rect {
    Rect(
      x: x + min(left, width), y: y + min(top, height),
      width: width - left - right, height: height - top - bottom)
  }

  /// One row of the rectangle, counted from its top, or an empty one if there is no such row.
  public func row(_ index: Int) -> Rect {
    let exists = index >= 0 && index < height
    return Rect(x: x, y: y + index, width: width, height: exists ? 1 : 0)
  }

  /// Splits off up to `height` rows at the top.
  public func split(top height: Int) -> (top: Rect, rest: Rect) {
    let cut = min(max(0, height), self.height)
    return (
      Rect(x: x, y: y, width: width, height: cut),
      Rect(x: x, y: y + cut, width: width, height: self.height - cut)
    )
  }

  /// Splits off up to `height` rows at the bottom.
  public func split(bottom height: Int) -> (rest: Rect, bottom: Rect) {
    let parts = split(top: self.height - min(max(0, height), self.height))
    return (parts.top, parts.rest)
  }

  /// Splits off up to `width` columns on the left.
  public func split(left width: Int) -> (left: Rect, rest: Rect) {
    let cut = min(max(0, width), self.width)
    return (
      Rect(x: x, y: y, width: cut, height: height),
      Rect(x: x + cut, y: y, width: self.width - cut, height: height)
    )
  }

}
