/// A bordered part of the screen, with a title on the left and a note on the right of its top edge.
public struct Pane: Hashable, Sendable {
  /// The title on the left of the top edge, truncated if it does not fit.
  public var title: StyledText
  /// The note on the right of the top edge, left out if it does not fit.
  public var trailing: StyledText
  /// Whether the pane gets the keys. The border shows it.
  public var isFocused: Bool

  /// Makes a pane. Without a title and a note its top edge is a plain line.
  public init(
    _ title: StyledText = StyledText(), trailing: StyledText = StyledText(),
    isFocused: Bool = false
  ) {
    self.title = title
    self.trailing = trailing
    self.isFocused = isFocused
  }

  /// Draws the border and clears the inside. Returns the room for text: the inside without one
  /// column of padding on the left and right.
  @discardableResult
  public func draw(into frame: inout Frame, in rect: Rect) -> Rect {
    frame.fill(rect)
    guard rect.width >= 2, rect.height >= 2 else { return rect }
    frame.drawBox(rect, style: isFocused ? .focusBorder : .border)
    drawTopEdge(into: &frame, rect)
    return rect.inset(left: 2, top: 1, right: 2, bottom: 1)
  }

  private func drawTopEdge(into frame: inout Frame, _ rect: Rect) {
    // A corner and a space on each side, and at least one line character between title and note.
    let room = rect.width - 4
    guard room > 0 else { return }
    let note = trailing.columns
    let fits = note > 0 && note + (title.isEmpty ? 0 : min(title.columns, 12) + 3) <= room
    let left = title.truncated(to: fits ? room - note - 3 : room, glyphs: frame.glyphs)
    let edge = Rect(x: rect.x + 1, y: rect.y, width: rect.width - 2, height: 1)
    if !left.isEmpty {
      let padded = StyledText(" ") + (isFocused ? Self.style(left, as: .title) : left) + " "
      frame.put(padded, at: edge.origin, in: edge)
    }
    if fits {
      let padded = StyledText(" ") + Self.style(trailing, as: .muted) + " "
      frame.put(padded, at: Point(x: edge.maxX - note - 2, y: edge.y), in: edge)
    }
  }

  /// Applies a style to ordinary text. Text with a style of its own keeps it.
  private static func style(_ text: StyledText, as style: Style) -> StyledText {
    text.styled { $0 == .text ? style : $0 }
  }
}
