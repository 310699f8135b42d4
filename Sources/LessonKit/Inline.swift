/// A piece of text inside a paragraph, a heading or a table cell.
public enum Inline: Sendable, Equatable {
  case text(String)
  case code(String)
  case emphasis([Inline])
  case strong([Inline])
  case strikethrough([Inline])
  /// Lowered text, such as an index.
  case `subscript`([Inline])
  /// Raised text, such as a power.
  case superscript([Inline])
  case link([Inline], destination: String)
  /// An image. The terminal shows its alternative text.
  case image(alt: String, destination: String)
  /// A newline in the source that is only a space on the screen.
  case softBreak
  /// A line break.
  case lineBreak
  /// A reference to the footnote with this label.
  case footnoteReference(label: String)
  /// Text for machines and not for readers: a tag, a link's title, or a page header in the middle
  /// of a sentence. It is shown muted and verbatim, never interpreted.
  case html(String)
}

extension Inline {
  /// The text without markup.
  public var plainText: String {
    switch self {
    case .text(let text), .code(let text), .html(let text): text
    case .emphasis(let inner), .strong(let inner), .strikethrough(let inner): inner.plainText
    case .subscript(let inner): ScriptText.lowered(inner.plainText)
    case .superscript(let inner): ScriptText.raised(inner.plainText)
    case .link(let inner, _): inner.plainText
    case .image(let alt, _): alt
    case .softBreak, .lineBreak: " "
    case .footnoteReference(let label): "[\(label)]"
    }
  }
}

extension [Inline] {
  /// The text without markup.
  public var plainText: String { map(\.plainText).joined() }

  /// Appends a piece. Merges text with text, because the parser splits it at each character that
  /// could start markup.
  mutating func append(merging piece: Inline) {
    if case .text(let more) = piece, case .text(var text) = last {
      // Remove it first, so that it grows in place: there may be thousands of pieces.
      removeLast()
      text += more
      append(.text(text))
    } else {
      append(piece)
    }
  }
}
