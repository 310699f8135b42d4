/// The arithmetic of a text that is longer than its window: which lines are seen.
public struct ScrollView: Hashable, Sendable {
  /// The first line seen, counted from 0; always within what there is.
  public private(set) var offset: Int
  /// How many lines the whole text has; never negative.
  public private(set) var contentHeight: Int
  /// How many lines the window shows at once; never negative.
  public private(set) var height: Int

  /// An offset that cannot be is moved to the nearest that can.
  public init(offset: Int = 0, contentHeight: Int, height: Int) {
    self.contentHeight = max(0, contentHeight)
    self.height = max(0, height)
    self.offset = 0
    self.offset = min(max(0, offset), maximumOffset)
  }

  /// The offset at which the last line is in sight; 0 where the whole text fits.
  public var maximumOffset: Int { max(0, contentHeight - height) }
  /// Whether nothing is left to scroll down to.
  public var isAtEnd: Bool { offset == maximumOffset }

  /// The lines that are seen.
  public var visible: Range<Int> { offset..<min(contentHeight, offset + height) }

  /// Moves by lines (negative: towards the beginning) and stays within the text.
  public mutating func scroll(by lines: Int) {
    let (sum, overflow) = offset.addingReportingOverflow(lines)
    offset = overflow ? (lines < 0 ? 0 : maximumOffset) : min(max(0, sum), maximumOffset)
  }

  /// Moves as little as needed to bring a line into sight, with `margin` lines around it.
  public mutating func reveal(_ line: Int, margin: Int = 0) {
    let margin = min(max(0, margin), max(0, (height - 1) / 2))
    if line - margin < offset {
      offset = max(0, line - margin)
    } else if line + margin >= offset + height {
      offset = line + margin - height + 1
    }
    offset = min(max(0, offset), maximumOffset)
  }

  /// Which rows of the window's right edge the thumb of a scroll indicator covers; nil where the
  /// whole text is seen.
  public var thumb: Range<Int>? {
    guard maximumOffset > 0, height > 0 else { return nil }
    let length = min(height, max(1, height * height / contentHeight))
    let start = (height - length) * offset / maximumOffset
    return start..<(start + length)
  }

  /// Draws the thumb into the right border of a pane that has the given rectangle.
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
