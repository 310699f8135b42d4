internal import LessonKit
internal import Screen

/// Formats inline text in the styles of the screen.
struct InlineText {
  /// Whether the screen shows only ASCII.
  let isASCII: Bool
  /// Returns whether a destination is a step of the course; such a destination is not shown.
  let leadsToStep: (_ destination: String) -> Bool

  func styled(_ pieces: [Inline], base: Style = .text) -> StyledText {
    pieces.reduce(into: StyledText()) { $0 += styled($1, base: base) }
  }

  private func styled(_ piece: Inline, base: Style) -> StyledText {
    switch piece {
    case .text(let text): StyledText(text, base)
    case .code(let text): StyledText(text, base == .text ? .code : base)
    case .emphasis(let inner):
      styled(inner, base: base == .text ? .emphasis : base.adding(.italic))
    case .strong(let inner):
      styled(inner, base: base == .text ? .strong : base.adding(.bold))
    case .strikethrough(let inner):
      StyledText("~", .muted) + styled(inner, base: .muted) + StyledText("~", .muted)
    case .subscript(let inner):
      StyledText(ScriptText.lowered(inner.plainText, isASCII: isASCII), base)
    case .superscript(let inner):
      StyledText(ScriptText.raised(inner.plainText, isASCII: isASCII), base)
    case .link(let inner, let destination): link(inner, destination)
    case .image(let alt, let destination):
      StyledText("[\(alt)]", .muted) + target(destination, beside: alt)
    case .softBreak: StyledText(" ", base)
    case .lineBreak: StyledText("\n", base)
    case .footnoteReference(let label): StyledText("[\(label)]", .muted)
    case .html(let tag): StyledText(tag, .muted)
    }
  }

  private func link(_ inner: [Inline], _ destination: String) -> StyledText {
    styled(inner, base: .link) + target(destination, beside: inner.plainText)
  }

  /// Returns the destination of a link in a muted style, or nothing if the text has it already.
  private func target(_ destination: String, beside text: String) -> StyledText {
    // The address of a heading in this document consists of its words.
    let isHeading =
      destination.first == "#" && destination.dropFirst().lowercased() == text.headingAnchor
    let isRedundant = leadsToStep(destination) || text.shows(destination) || isHeading
    return isRedundant ? StyledText() : StyledText(" (\(destination))", .muted)
  }
}
