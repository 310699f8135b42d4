/// The visible lines of a text that is longer than its window.
public struct ScrollView: Hashable, Sendable {
  /// The index of the first visible line, always valid.
  public private(set) var offset: Int
  /// The number of lines in the text. Never negative.
  public private(set) var contentHeight: Int
  /// The number of lines that the window shows. Never negative.
  public private(set) var height: Int

  /// Makes a scroll view. Moves an invalid offset to the nearest valid one.
  public init(offset: Int = 0, contentHeight: Int, height: Int) {
    self.contentHeight = max(0, contentHeight)
    self.height = max(0, height)
    self.offset = 0
    self.offset = min(max(0, offset), maximumOffset)
  }

  /// The offset that shows the last line at the bottom, or 0 if the text fits.
  var maximumOffset: Int { max(0, contentHeight - height) }
  /// Whether the last line is visible.
  public var isAtEnd: Bool { offset == maximumOffset }

  /// The visible lines.
  public var visible: Range<Int> { offset..<min(contentHeight, offset + height) }

  /// Scrolls by a number of lines, up if it is negative, and stays within the text.
  public mutating func scroll(by lines: Int) {
    let (sum, overflow) = offset.addingReportingOverflow(lines)
    offset = overflow ? (lines < 0 ? 0 : maximumOffset) : min(max(0, sum), maximumOffset)
  }

  /// Scrolls as little as needed to show a line, with `margin` lines around it.
  public mutating func reveal(_ line: Int, margin: Int = 0) {
    let margin = min(max(0, margin), max(0, (height - 1) / 2))
    if line - margin < offset {
      offset = max(0, line - margin)
    } else if line + margin >= offset + height {
      offset = line + margin - height + 1
    }
    offset = min(max(0, offset), maximumOffset)
  }

  /// The rows that the thumb of a scroll indicator covers, or nil if the text fits.
  var thumb: Range<Int>? {
    guard maximumOffset > 0, height > 0 else { return nil }
    let length = min(height, max(1, height * height / contentHeight))
    let start = (height - length) * offset / maximumOffset
    return start..<(start + length)
  }

  /// Draws the thumb into the right border of a pane with the given rectangle.
  public func drawIndicator(into frame: inout Frame, paneRect rect: Rect, isFocused: Bool = false) {
    guard let thumb, rect.width > 0, rect.height > 2 else { return }
    let edge = rect.inset(top: 1, bottom: 1)
    for row in thumb where row < edge.height {
      frame.put(
        frame.glyphs.scrollThumb, at: Point(x: rect.maxX - 1, y: edge.y + row),
        style: isFocused ? .focusBorder : .border, in: edge)
    }
  }
}
