extension Frame {
  /// Where the eye should be: at the selected row, or inside of the focused border at the row that
  /// the cursor sign begins, else at the first; nil where there is no focus. Magnifiers and braille
  /// displays follow the terminal's cursor there, also where it is not shown.
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
