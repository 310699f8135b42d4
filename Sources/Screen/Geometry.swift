/// How large a screen or a part of it is, in columns and rows; never negative.
public struct Size: Hashable, Sendable {
  /// How many terminal cells fit side by side; a wide character takes two.
  public let columns: Int
  /// How many lines fit one below another.
  public let rows: Int

  /// Makes a size; a negative number counts as 0.
  public init(columns: Int, rows: Int) {
    self.columns = max(0, columns)
    self.rows = max(0, rows)
  }
}

/// A place on the screen: column `x` and row `y`, counted from 0 at the top left.
public struct Point: Hashable, Sendable {
  /// The column, counted from 0 at the left.
  public var x: Int
  /// The row, counted from 0 at the top.
  public var y: Int

  /// Makes a point, which may lie outside of the screen.
  public init(x: Int, y: Int) {
    self.x = x
    self.y = y
  }
}

/// A part of the screen that a widget may draw in; width and height are never negative.
public struct Rect: Hashable, Sendable {
  /// The leftmost column, counted from 0.
  public var x: Int
  /// The topmost row, counted from 0.
  public var y: Int
  /// How many columns it covers; 0 makes it empty.
  public let width: Int
  /// How many rows it covers; 0 makes it empty.
  public let height: Int

  /// Makes a rectangle from its top left corner; a negative width or height counts as 0.
  public init(x: Int = 0, y: Int = 0, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = max(0, width)
    self.height = max(0, height)
  }

  /// Makes a rectangle of this size with its corner at (0, 0), such as the whole screen.
  public init(_ size: Size) {
    self.init(width: size.columns, height: size.rows)
  }

  /// How many columns and rows it covers, wherever it lies.
  public var size: Size { Size(columns: width, rows: height) }
  /// Whether there is no cell in it to draw in.
  public var isEmpty: Bool { width == 0 || height == 0 }
  /// The top left corner, where drawing starts.
  public var origin: Point { Point(x: x, y: y) }

  /// The first column to the right of the rectangle.
  public var maxX: Int { x + width }
  /// The first row below the rectangle.
  public var maxY: Int { y + height }

  /// Whether the point lies inside.
  public func contains(_ point: Point) -> Bool {
    point.x >= x && point.x < maxX && point.y >= y && point.y < maxY
  }

  /// What both rectangles cover; empty where they do not meet.
  public func intersection(_ other: Rect) -> Rect {
    let left = max(x, other.x)
    let top = max(y, other.y)
    return Rect(
      x: left, y: top, width: min(maxX, other.maxX) - left, height: min(maxY, other.maxY) - top)
  }

  /// The rectangle without a margin on each side; empty, inside the old one, where nothing is left.
  public func inset(left: Int = 0, top: Int = 0, right: Int = 0, bottom: Int = 0) -> Rect {
    Rect(
      x: x + min(left, width), y: y + min(top, height),
      width: width - left - right, height: height - top - bottom)
  }

  /// The rectangle without a margin of the same size on all four sides.
  public func inset(by margin: Int) -> Rect {
    inset(left: margin, top: margin, right: margin, bottom: margin)
  }

  /// One row of the rectangle, counted from its top; empty where there is no such row.
  public func row(_ index: Int) -> Rect {
    let exists = index >= 0 && index < height
    return Rect(x: x, y: y + index, width: width, height: exists ? 1 : 0)
  }

  /// Cuts off `height` rows at the top (as many as there are) and gives both parts.
  public func split(top height: Int) -> (top: Rect, rest: Rect) {
    let cut = min(max(0, height), self.height)
    return (
      Rect(x: x, y: y, width: width, height: cut),
      Rect(x: x, y: y + cut, width: width, height: self.height - cut)
    )
  }

  /// Cuts off `height` rows at the bottom (as many as there are) and gives both parts.
  public func split(bottom height: Int) -> (rest: Rect, bottom: Rect) {
    let parts = split(top: self.height - min(max(0, height), self.height))
    return (parts.top, parts.rest)
  }

  /// Cuts off `width` columns on the left (as many as there are) and gives both parts.
  public func split(left width: Int) -> (left: Rect, rest: Rect) {
    let cut = min(max(0, width), self.width)
    return (
      Rect(x: x, y: y, width: cut, height: height),
      Rect(x: x + cut, y: y, width: self.width - cut, height: height)
    )
  }

  /// Cuts off `width` columns on the right (as many as there are) and gives both parts.
  public func split(right width: Int) -> (rest: Rect, right: Rect) {
    let parts = split(left: self.width - min(max(0, width), self.width))
    return (parts.left, parts.rest)
  }
}
