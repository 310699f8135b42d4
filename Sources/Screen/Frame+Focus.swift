extension Frame {
  /// Where the terminal's cursor belongs, or nil if nothing has the focus.
  ///
  /// That is the selected row. Without one, it is the row inside the focused border that starts
  /// with the cursor glyph, or the first row. Magnifiers and braille displays follow the cursor
  /// even while it is hidden.
  public var focusPoint: Point? {
    var border: Int?
    for index in cells.indices {
      let role = cells[index].style.role
      if role == .selection { return point(index) }
      if border == nil, role == .focusBorder { border = index }
    }
    guard let border else { return nil }
    let corner = point(border)
    let inside = Point(x: corner.x + 2, y: corner.y + 1)
    guard bounds.contains(inside) else { return corner }
    for y in inside.y..<size.rows {
      guard self[Point(x: corner.x, y: y)].style.role == .focusBorder else { break }
      let point = Point(x: inside.x, y: y)
      if self[point].text == glyphs.cursor { return point }
    }
    return inside
  }

  private func point(_ index: Int) -> Point {
    Point(x: index % size.columns, y: index / size.columns)
  }
}
