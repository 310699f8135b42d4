/// A bordered part of the screen with a title on the left and a note on the right of its top edge.
public struct Pane: Hashable, Sendable {
  /// Stands at the left of the top edge; cut short where it does not fit.
  public var title: StyledText
  /// Stands at the right end of the top edge; left out where it does not fit whole.
  public var trailing: StyledText
  /// Whether the pane gets the keys, which its border shows.
  public var isFocused: Bool

  /// Makes a pane; without title and note its top edge is a plain line.
  public init(
    _ title: StyledText = StyledText(), trailing: StyledText = StyledText(),
    isFocused: Bool = false
  ) {
    self.title = title
    self.trailing = trailing
    self.isFocused = isFocused
  }

  /// Draws the border and clears what it holds. Returns the room for text: inside the border, one
  /// column away from it on both sides.
  @discardableResult
  public func draw(into frame: inout Frame, in rect: Rect) -> Rect {
    frame.fill(rect)
    guard rect.width >= 2, rect.height >= 2 else { return rect }
    frame.drawBox(rect, style: isFocused ? .focusBorder : .border)
    drawTopEdge(into: &frame, rect)
    return rect.inset(left: 2, top: 1, right: 2, bottom: 1)
  }

  private func drawTopEdge(into frame: inout Frame, _ rect: Rect) {
    // Corner and space on both sides, and at least one line between title and note.
    let room = rect.width - 4
    guard room > 0 else { return }
    let note = trailing.columns
    let fits = note > 0 && note + (title.isEmpty ? 0 : min(title.columns, 12) + 3) <= room
    let left = title.truncated(to: fits ? room - note - 3 : room, glyphs: frame.glyphs)
    let edge = Rect(x: rect.x + 1, y: rect.y, width: rect.width - 2, height: 1)
    if !left.isEmpty {
      let padded = StyledText(" ") + Self.plainAs(.title, left, isFocused) + " "
      frame.put(padded, at: edge.origin, in: edge)
    }
    if fits {
      let padded = StyledText(" ") + Self.plainAs(.muted, trailing, true) + " "
      frame.put(padded, at: Point(x: edge.maxX - note - 2, y: edge.y), in: edge)
    }
  }

  /// Plain text takes the style of its place; text with a meaning of its own keeps it.
  private static func plainAs(_ style: Style, _ text: StyledText, _ applies: Bool) -> StyledText {
    applies ? text.styled { $0 == .text ? style : $0 } : text
  }
}
