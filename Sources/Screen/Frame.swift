/// A picture of the full screen as a grid of cells, made without a terminal.
///
/// It clips and sanitises all text, and never leaves half of a wide character behind.
public struct Frame: Hashable, Sendable {
  /// The number of columns and rows. Everything outside is clipped.
  public let size: Size
  /// The symbols that widgets draw with. With ASCII glyphs the frame contains only ASCII.
  public let glyphs: Glyphs
  /// The cells row by row. Internal, so that only sanitised text gets in.
  var cells: [Cell]

  /// Makes an empty frame, full of spaces.
  public init(_ size: Size, glyphs: Glyphs = .unicode) {
    self.size = size
    self.glyphs = glyphs
    cells = Array(repeating: .blank, count: size.columns * size.rows)
  }

  /// The rectangle of the frame, with its corner at (0, 0).
  public var bounds: Rect { Rect(size) }

  /// The cell at a point, or a blank one outside the frame.
  public subscript(point: Point) -> Cell {
    bounds.contains(point) ? cells[point.y * size.columns + point.x] : .blank
  }

  /// Puts text on one row, clipped to `clip`. Returns the number of columns it advanced, including
  /// those clipped on the left.
  @discardableResult
  public mutating func put(
    _ text: String, at point: Point, style: Style = .text, in clip: Rect? = nil
  ) -> Int {
    let area = clip.map { bounds.intersection($0) } ?? bounds
    guard point.y >= area.y, point.y < area.maxY, point.x < area.maxX else { return 0 }
    let last = area.maxX
    var x = point.x
    if Sanitizer.isPlain(text) {
      // The fast path for most text: it has no combining marks and no joined emoji.
      for scalar in text.unicodeScalars {
        let traits = CharacterTable.traits(of: scalar)
        guard x + traits.columns <= last else { return last - point.x }
        if x >= area.x { set(scalar, traits, style: style, x, point.y) }
        x += traits.columns
      }
      return x - point.x
    }
    var items = CellIterator(Sanitizer.displaySafe(text, newlines: .visible))
    while let item = items.next() {
      guard x + item.columns <= last else { return last - point.x }
      if x >= area.x {
        set(item.scalar, item.traits, marks: item.marks, style: style, x, point.y)
      }
      x += item.columns
    }
    return x - point.x
  }

  /// Puts styled text on one row, clipped to `clip`. Returns the number of columns it advanced.
  @discardableResult
  public mutating func put(_ text: StyledText, at point: Point, in clip: Rect? = nil) -> Int {
    var x = point.x
    for span in text.spans {
      x += put(span.text, at: Point(x: x, y: point.y), style: span.style, in: clip)
    }
    return x - point.x
  }

  /// Fills a rectangle with a one-column character and a style.
  public mutating func fill(_ rect: Rect, with character: Character = " ", style: Style = .text) {
    let area = bounds.intersection(rect)
    guard !area.isEmpty, TextWidth.columns(of: String(character)) == 1 else { return }
    for y in area.y..<area.maxY {
      // The first and last cell may cut a wide character in half. Those between cannot.
      put(String(character), at: Point(x: area.x, y: y), style: style)
      put(String(character), at: Point(x: area.maxX - 1, y: y), style: style)
      let first = y * size.columns + area.x
      cells.replaceSubrange(
        first..<(first + area.width), with: repeatElement(cells[first], count: area.width))
    }
  }

  /// Changes the style of the cells in a rectangle, for example to that of the selection.
  public mutating func restyle(_ rect: Rect, _ change: (Style) -> Style) {
    let area = bounds.intersection(rect)
    guard !area.isEmpty else { return }
    for y in area.y..<area.maxY {
      for index in (y * size.columns + area.x)..<(y * size.columns + area.maxX) {
        cells[index].style = change(cells[index].style)
      }
    }
  }

  /// Draws a box on the rectangle's edge. Does nothing below two columns or rows.
  mutating func drawBox(_ rect: Rect, style: Style = .border) {
    guard rect.width >= 2, rect.height >= 2 else { return }
    let line = String(repeating: glyphs.horizontal, count: rect.width - 2)
    put(glyphs.topLeft + line + glyphs.topRight, at: rect.origin, style: style)
    for y in (rect.y + 1)..<(rect.maxY - 1) {
      put(glyphs.vertical, at: Point(x: rect.x, y: y), style: style)
      put(glyphs.vertical, at: Point(x: rect.maxX - 1, y: y), style: style)
    }
    put(
      glyphs.bottomLeft + line + glyphs.bottomRight,
      at: Point(x: rect.x, y: rect.maxY - 1), style: style)
  }

  /// Sets one character inside the frame, or its ASCII twin if the glyphs are ASCII.
  private mutating func set(
    _ scalar: Unicode.Scalar, _ traits: CharacterTraits, marks: SIMD4<UInt32> = .zero,
    style: Style, _ x: Int, _ y: Int
  ) {
    guard glyphs.isASCII, !scalar.isASCII else {
      let columns = Int8(max(1, traits.columns))
      set(
        Cell(scalar, markValues: glyphs.isASCII ? .zero : marks, style: style, columns: columns), x,
        y)
      return
    }
    let twin = Cell(Unicode.Scalar(traits.twin), style: style)
    for place in x..<(x + max(1, traits.columns)) { set(twin, place, y) }
  }

  /// Sets one cell inside the frame and blanks the other half of each wide character it cuts.
  private mutating func set(_ cell: Cell, _ x: Int, _ y: Int) {
    let index = y * size.columns + x
    let end = index + Int(cell.columns)
    if cells[index].isContinuation, x > 0 {
      cells[index - 1] = Cell(" ", style: cells[index - 1].style)
    }
    if x + Int(cell.columns) < size.columns, cells[end].isContinuation {
      cells[end] = Cell(" ", style: cells[end].style)
    }
    cells[index] = cell
    if cell.columns == 2 { cells[index + 1] = Cell(" ", style: cell.style, columns: 0) }
  }
}

extension Frame {
  /// The rows as text without trailing spaces, for comparison with a drawing in a test.
  public var lines: [String] {
    (0..<size.rows).map { y in
      var line = ""
      for x in 0..<size.columns { line += self[Point(x: x, y: y)].text }
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  /// Compares the frame with a drawing of its rows. Returns nil if they match, or else a text that
  /// shows both. Trailing spaces and empty last rows do not count.
  public func difference(from drawing: String) -> String? {
    var expected = drawing.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      var line = line
      while line.last == " " { line.removeLast() }
      return String(line)
    }
    var drawn = lines
    while expected.last == "" { expected.removeLast() }
    while drawn.last == "" { drawn.removeLast() }
    guard expected != drawn else { return nil }
    return "drawn:\n\(drawn.joined(separator: "\n"))\n"
      + "expected:\n\(expected.joined(separator: "\n"))"
  }
}
