internal import Screen

extension Picker {
  /// The rows above the list: the field, and an empty line.
  static let headRows = 2

  /// Draws the field and the list. Returns the position of the cursor.
  func draw(into frame: inout Frame, in rect: Rect, layerRect: Rect) -> Point? {
    let parts = rect.split(top: Self.headRows)
    let cursor = drawField(into: &frame, in: parts.top.row(0))
    guard !matches.isEmpty else {
      let text = StyledText("Nothing matches.", .muted)
      frame.put(text, at: parts.rest.origin, in: parts.rest)
      return cursor
    }
    let scroll = self.scroll(height: parts.rest.height)
    for (line, match) in scroll.visible.enumerated() {
      let row = parts.rest.row(line)
      frame.put(
        text(of: items[matches[match]], columns: row.width - 2, glyphs: frame.glyphs),
        at: row.inset(left: 2).origin, in: row)
      if match == selection {
        frame.put(frame.glyphs.cursor, at: row.origin, in: row)
        frame.restyle(row) { Style(.selection, $0.flags) }
      }
    }
    scroll.drawIndicator(into: &frame, paneRect: layerRect, isFocused: true)
    return cursor
  }

  func scroll(height: Int) -> ScrollView {
    var scroll = ScrollView(contentHeight: matches.count, height: max(0, height))
    scroll.reveal(selection, margin: 1)
    return scroll
  }

  /// The match on a row inside the layer, or nil above and below the list.
  package func match(at row: Int, height: Int) -> Int? {
    let scroll = self.scroll(height: height - Self.headRows)
    let match = scroll.offset + row - Self.headRows
    return row >= Self.headRows && scroll.visible.contains(match) ? match : nil
  }

  private func drawField(into frame: inout Frame, in row: Rect) -> Point {
    frame.put(frame.glyphs.cursor, at: row.origin, style: .key, in: row)
    let room = row.inset(left: 2)
    if field.text.isEmpty {
      frame.put("type to find", at: room.origin, style: .muted, in: room)
      return room.origin
    }
    let before = TextWidth.suffix(String(field.text.prefix(field.cursor)), fitting: room.width - 1)
    frame.put(
      before.text + field.text.dropFirst(field.cursor), at: room.origin, style: .strong, in: room)
    return Point(x: room.x + before.columns, y: room.y)
  }

  private func text(of item: Item, columns: Int, glyphs: Glyphs) -> StyledText {
    let isOff = item.reason != nil || item.isRemoved
    var text = StyledText(String(repeating: "  ", count: item.depth))
    text += isOff ? item.lead.styled { _ in .muted } : item.lead
    text.append("  ")
    text.append(item.title, isOff ? .muted : item.depth == 0 && isPlace(item) ? .strong : .text)
    let reason = item.isRemoved ? "removed" : item.reason
    if let remark = reason.map({ "\(glyphs.separator) \($0)" }) ?? item.note {
      let note = StyledText("  \(remark)", .muted)
      // The note of a run may be long. Its beginning matters most.
      if text.columns + note.columns <= columns || isRecording(item) { text += note }
    }
    return text.truncated(to: columns, glyphs: glyphs)
  }

  private func isRecording(_ item: Item) -> Bool {
    if case .recording = item.choice { true } else { false }
  }

  private func isPlace(_ item: Item) -> Bool {
    if case .place = item.choice { true } else { false }
  }
}
