/// Text in several styles: what a view puts into a frame.
public struct StyledText: Hashable, Sendable, ExpressibleByStringLiteral {
  /// A piece of text in one style.
  public struct Span: Hashable, Sendable {
    /// The characters of the piece, without their look.
    public var text: String
    /// What the whole piece means.
    public var style: Style

    /// Makes a piece of text, in the ordinary style unless told otherwise.
    public init(_ text: String, _ style: Style = .text) {
      self.text = text
      self.style = style
    }
  }

  /// The pieces in reading order; none is empty, and neighbours differ in style.
  public private(set) var spans: [Span] = []

  /// Makes an empty text, to append to.
  public init() {}

  /// Makes a text of one style; an empty string gives an empty text.
  public init(_ text: String, _ style: Style = .text) {
    append(text, style)
  }

  /// Joins pieces into a text; empty ones are dropped and neighbours of one style merged.
  public init(_ spans: [Span]) {
    for span in spans { append(span.text, span.style) }
  }

  /// Lets a plain string literal stand where styled text is expected.
  public init(stringLiteral text: String) {
    self.init(text)
  }

  /// Adds text; the same style as the last piece's makes that one longer.
  public mutating func append(_ text: String, _ style: Style = .text) {
    guard !text.isEmpty else { return }
    // The last piece is not taken out first: held twice, it would be copied each time it grows.
    if spans.last?.style == style {
      spans[spans.count - 1].text += text
    } else {
      spans.append(Span(text, style))
    }
  }

  /// Adds all pieces of another text.
  public mutating func append(_ other: StyledText) {
    for span in other.spans { append(span.text, span.style) }
  }

  /// Joins two texts, each keeping its styles.
  public static func + (left: StyledText, right: StyledText) -> StyledText {
    var sum = left
    sum.append(right)
    return sum
  }

  /// Adds a text at the end, with its own styles.
  public static func += (left: inout StyledText, right: StyledText) {
    left.append(right)
  }

  /// Whether there are no characters in it at all.
  public var isEmpty: Bool { spans.isEmpty }

  /// The text alone.
  public var plain: String { spans.reduce(into: "") { $0 += $1.text } }

  /// The columns it takes on one line.
  public var columns: Int { spans.reduce(0) { $0 + TextWidth.columns(of: $1.text) } }

  /// The same text with each span's style changed.
  public func styled(_ change: (Style) -> Style) -> StyledText {
    StyledText(spans.map { Span($0.text, change($0.style)) })
  }

  /// The text, or as much of its beginning as fits with an ellipsis, between words if possible.
  public func truncated(to columns: Int, glyphs: Glyphs = .unicode) -> StyledText {
    guard self.columns > columns else { return self }
    let safe = spans.map {
      Span(Sanitizer.displaySafe($0.text, newlines: .visible), $0.style)
    }
    let whole = safe.reduce(into: "") { $0 += $1.text }
    let cut = TextWidth.truncated(whole, to: columns, glyphs: glyphs)
    var same = zip(cut.unicodeScalars, whole.unicodeScalars).prefix { $0 == $1 }.count
    let rest = String(String.UnicodeScalarView(cut.unicodeScalars.dropFirst(same)))
    var result = StyledText()
    var style = safe.first?.style ?? .text
    for span in safe where same > 0 {
      let scalars = span.text.unicodeScalars
      result.append(String(String.UnicodeScalarView(scalars.prefix(same))), span.style)
      same -= min(same, scalars.count)
      style = span.style
    }
    result.append(rest, style)
    return result
  }
}
