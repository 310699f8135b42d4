internal import LessonKit
internal import Screen

/// Running text in the styles of the screen.
enum InlineText {
  static func styled(_ pieces: [Inline], base: Style = .text) -> StyledText {
    pieces.reduce(into: StyledText()) { $0 += styled($1, base: base) }
  }

  private static func styled(_ piece: Inline, base: Style) -> StyledText {
    switch piece {
    case .text(let text): StyledText(text, base)
    case .code(let text): StyledText(text, base == .text ? .code : base)
    case .emphasis(let inner):
      styled(inner, base: base == .text ? .emphasis : base.adding(.italic))
    case .strong(let inner):
      styled(inner, base: base == .text ? .strong : base.adding(.bold))
    case .strikethrough(let inner):
      StyledText("~", .muted) + styled(inner, base: .muted) + StyledText("~", .muted)
    case .link(let inner, let destination): link(inner, destination)
    case .image(let alt, _): StyledText("[\(alt)]", .muted)
    case .softBreak: StyledText(" ", base)
    case .lineBreak: StyledText("\n", base)
    case .footnoteReference(let label): StyledText("[\(label)]", .muted)
    case .html(let tag): StyledText(tag, .muted)
    }
  }

  /// A link's text; where it leads only if that is elsewhere and not what the text already says.
  private static func link(_ inner: [Inline], _ destination: String) -> StyledText {
    let text = styled(inner, base: .link)
    guard destination.hasPrefix("http"), text.plain != destination else { return text }
    return text + StyledText(" (\(destination))", .muted)
  }
}
