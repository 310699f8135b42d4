/// Rows of which one is selected, marked by a cursor sign and the selection's look.
public struct ListView: Hashable, Sendable {
  /// The lines of the list, from the top; each is cut short where it does not fit.
  public var rows: [StyledText]
  /// The selected row, counted from 0; nil where none is.
  public var selection: Int?
  /// The first row shown, before the selection is brought into sight.
  public var offset: Int

  /// Makes a list; an offset that hides the selection is corrected when it is drawn.
  public init(_ rows: [StyledText], selection: Int? = nil, offset: Int = 0) {
    self.rows = rows
    self.selection = selection
    self.offset = offset
  }

  /// Draws as many rows as fit, the selected one among them. Returns what part of the list is seen.
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
        // One look for the whole row: colours of its parts would tear it into patches.
        frame.restyle(row) { Style(.selection, $0.flags) }
      }
    }
    return scroll
  }
}
