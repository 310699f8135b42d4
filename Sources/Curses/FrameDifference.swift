internal import Screen

/// The cells that differ between two frames.
enum FrameDifference {
  /// Calls `draw` for each cell that changed, row by row, in all rows or in the given ones.
  ///
  /// If there is no old frame or it has another size, all cells count as changed. The second column
  /// of a wide character is drawn with the first.
  static func forEach(
    from old: Frame?, to new: borrowing Frame, within size: Size, rows: StrideTo<Int>? = nil,
    _ draw: (Point, Cell) -> Void
  ) {
    let previous = old.flatMap { $0.size == new.size ? $0 : nil }
    for y in rows ?? stride(from: 0, to: size.rows, by: 1) where y < new.size.rows {
      for x in 0..<min(size.columns, new.size.columns) {
        let point = Point(x: x, y: y)
        let cell = new[point]
        guard !cell.isContinuation, x + Int(cell.columns) <= size.columns else { continue }
        if let previous, previous[point] == cell { continue }
        draw(point, cell)
      }
    }
  }
}
