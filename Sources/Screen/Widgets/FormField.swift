/// One line of a form: a label, a value to edit, and a note or an error.
public struct FormField: Hashable, Sendable {
  /// The name of the field, truncated to its column.
  public var label: String
  /// The current text.
  public var value: String
  /// The cursor's position in the value, in characters, or nil without focus.
  public var cursor: Int?
  /// The allowed range, or an error, in its own style.
  public var note: StyledText

  /// Makes a field. Without a cursor it has no focus.
  public init(
    label: String, value: String, cursor: Int? = nil, note: StyledText = StyledText()
  ) {
    self.label = label
    self.value = value
    self.cursor = cursor
    self.note = note
  }

  /// Draws label, value and note in columns of the given widths; the note takes the rest. Returns
  /// the position of the terminal's cursor. A long value scrolls to keep the cursor visible.
  @discardableResult
  public func draw(
    into frame: inout Frame, in rect: Rect, labelWidth: Int, valueWidth: Int
  ) -> Point? {
    let row = rect.row(0)
    frame.fill(row)
    let isFocused = cursor != nil
    let parts = row.split(left: 2)
    let (labelRect, rest) = parts.rest.split(left: labelWidth + 2)
    let (valueRect, noteRect) = rest.split(left: valueWidth)
    if isFocused { frame.put(frame.glyphs.cursor, at: parts.left.origin, in: parts.left) }
    let name = TextWidth.truncated(label, to: labelWidth, glyphs: frame.glyphs)
    frame.put(name, at: labelRect.origin, style: isFocused ? .strong : .text, in: labelRect)
    let place = drawValue(into: &frame, valueRect)
    let text = noteRect.inset(left: 2)
    frame.put(note.truncated(to: text.width, glyphs: frame.glyphs), at: text.origin, in: text)
    return place
  }

  private func drawValue(into frame: inout Frame, _ rect: Rect) -> Point? {
    let style = cursor == nil ? Style.text : Style(.text, .underline)
    frame.fill(rect, style: style)
    guard let cursor else {
      let text = TextWidth.truncated(value, to: rect.width, glyphs: frame.glyphs)
      frame.put(text, at: rect.origin, style: style, in: rect)
      return nil
    }
    guard !rect.isEmpty else { return nil }
    let position = min(max(0, cursor), value.count)
    // The cursor needs a column of its own after the text before it.
    let before = TextWidth.suffix(String(value.prefix(position)), fitting: rect.width - 1)
    frame.put(before.text + value.dropFirst(position), at: rect.origin, style: style, in: rect)
    return Point(x: rect.x + before.columns, y: rect.y)
  }
}
