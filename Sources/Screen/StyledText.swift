/// Text in several styles, ready to be put into a frame.
public struct StyledText: Hashable, Sendable, ExpressibleByStringLiteral {
  /// A piece of text in one style.
  public struct Span: Hashable, Sendable {
    /// The characters of the piece.
    public var text: String
    /// The style of the piece.
    public var style: Style

    /// Makes a piece of text, by default in the ordinary style.
    public init(_ text: String, _ style: Style = .text) {
      self.text = text
      self.style = style
    }
  }

  /// The pieces in reading order. None is empty, and neighbours differ in style.
  public private(set) var spans: [Span] = []

  /// Makes an empty text.
  public init() {}

  /// Makes a text in one style. An empty string makes an empty text.
  public init(_ text: String, _ style: Style = .text) {
    append(text, style)
  }

  /// Joins pieces into a text. Drops empty pieces and merges neighbours of the same style.
  public init(_ spans: [Span]) {
    for span in spans { append(span.text, span.style) }
  }

  /// Makes a text from a string literal, in the ordinary style.
  public init(stringLiteral text: String) {
    self.init(text)
  }

  /// Appends text. Text in the style of the last piece extends that piece.
  public mutating func append(_ text: String, _ style: Style = .text) {
    guard !text.isEmpty else { return }
    // Modify the last piece in place. A second reference would make each append copy it.
    if spans.last?.style == style {
      spans[spans.count - 1].text += text
    } else {
      spans.append(Span(text, style))
    }
  }

  /// Appends all pieces of another text.
  public mutating func append(_ other: StyledText) {
    for span in other.spans { append(span.text, span.style) }
  }

  /// Joins two texts. Each keeps its styles.
  public static func + (left: StyledText, right: StyledText) -> StyledText {
    var sum = left
    sum.append(right)
    return sum
  }

  /// Appends a text with its styles.
  public static func += (left: inout StyledText, right: StyledText) {
    left.append(right)
  }

  /// Whether the text has no characters.
  public var isEmpty: Bool { spans.isEmpty }

  /// The text without its styles.
  public var plain: String { spans.reduce(into: "") { $0 += $1.text } }

  /// The number of columns it takes on one line.
  public var columns: Int { spans.reduce(0) { $0 + TextWidth.columns(of: $1.text) } }

  /// The same text with each span's style changed.
  public func styled(_ change: (Style) -> Style) -> StyledText {
    StyledText(spans.map { Span($0.text, change($0.style)) })
  }

  /// The text if it fits, or else its beginning with an ellipsis, cut between words if possible.
  public func truncated(to columns: Int, glyphs: Glyphs = .unicode) -> StyledText {
    guard self.columns > columns else { return self }
    let safe = spans.map {
      Span(Sanitizer.displaySafe($0.text, newlines: .visible), $0.style)
    }
    let text = safe.reduce(into: "") { $0 += $1.text }
    let cut = TextWidth.truncated(text, to: columns, glyphs: glyphs)
    var same = zip(cut.unicodeScalars, text.unicodeScalars).prefix { $0 == $1 }.count
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
