internal import Screen

/// The layer for the file name of a recording.
package struct SaveForm: Sendable {
  package var field: TextField

  /// - Parameter name: the suggested file name.
  package init(name: String) { field = TextField(name, longest: 1024) }

  /// The number of rows that the form needs inside its border.
  package static let rows = 3

  /// Draws the field. Returns the position of the cursor.
  func draw(into frame: inout Frame, in rect: Rect) -> Point {
    let row = rect.row(0)
    frame.put("File", at: row.origin, style: .strong, in: row)
    let room = row.inset(left: 6)
    let before = TextWidth.suffix(
      String(field.text.prefix(field.cursor)), fitting: max(1, room.width - 1))
    frame.put(
      before.text + field.text.dropFirst(field.cursor), at: room.origin, style: .strong, in: room)
    let note = StyledText(
      "lockstep replay shows it; jq and lockstep export read it.", .muted)
    for (line, text) in note.wrapped(to: rect.width).prefix(max(0, rect.height - 2)).enumerated() {
      frame.put(text, at: rect.row(line + 2).origin, in: rect)
    }
    return Point(x: room.x + before.columns, y: room.y)
  }
}
