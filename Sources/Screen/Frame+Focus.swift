extension Frame {
  /// Where the eye should be: at the selected row, or at the first place inside of the focused
  /// border; nil where there is neither. Magnifiers and braille displays follow the terminal's
  /// cursor there, also where it is not shown.
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
    return bounds.contains(inside) ? inside : corner
  }

  private func point(_ index: Int) -> Point {
    Point(x: index % size.columns, y: index / size.columns)
  }
}
