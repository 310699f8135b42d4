/// A list with at most one selected row, marked by the cursor glyph and the selection style.
public struct ListView: Hashable, Sendable {
  /// The rows from top to bottom. Rows that do not fit are truncated.
  public var rows: [StyledText]
  /// The index of the selected row, or nil.
  public var selection: Int?
  /// The first visible row. Drawing changes it if needed to show the selection.
  public var offset: Int

  /// Makes a list. Drawing corrects an offset that hides the selection.
  public init(_ rows: [StyledText], selection: Int? = nil, offset: Int = 0) {
    self.rows = rows
    self.selection = selection
    self.offset = offset
  }

  /// Draws as many rows as fit, including the selected one. Returns the visible part of the list.
  @discardableResult
  public func draw(into frame: inout Frame, in rect: Rect) -> ScrollView {
    var scroll = ScrollView(offset: offset, contentHeight: rows.count, height: rect.height)
    if let selection, rows.indices.contains(selection) { scroll.reveal(selection) }
    guard !rect.isEmpty else { return scroll }
    for (line, index) in scroll.visible.enumerated() {
      let row = rect.row(line)
      frame.fill(row)
      let text = row.inset(left: 2)
      frame.put(
        rows[index].truncated(to: text.width, glyphs: frame.glyphs), at: text.origin, in: text)
      if index == selection {
        frame.put(frame.glyphs.cursor, at: row.origin, in: row)
        // Use one style for the full row: several colours would break it into patches.
        frame.restyle(row) { Style(.selection, $0.flags) }
      }
    }
    return scroll
  }
}
