internal import LessonKit
internal import Screen

/// Running text in the styles of the screen.
package struct InlineText {
  /// Whether an address leads to a step of the course, so that the reader need not see it to get
  /// there.
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
    case .link(let inner, let destination): link(inner, destination)
    case .image(let alt, let destination):
      StyledText("[\(alt)]", .muted) + target(destination, beside: alt)
    case .softBreak: StyledText(" ", base)
    case .lineBreak: StyledText("\n", base)
    case .footnoteReference(let label): StyledText("[\(label)]", .muted)
    case .html(let tag) where Self.isLineBreak(tag): StyledText("\n", base)
    case .html(let tag): StyledText(tag, .muted)
    }
  }

  /// `<br>`, however it is written: the one tag whose meaning a terminal can show.
  private static func isLineBreak(_ tag: String) -> Bool {
    tag.lowercased().filter { !$0.isWhitespace && $0 != "/" } == "<br>"
  }

  private func link(_ inner: [Inline], _ destination: String) -> StyledText {
    styled(inner, base: .link) + target(destination, beside: inner.plainText)
  }

  /// Where a link leads, quietly behind its text, unless the text says that already.
  private func target(_ destination: String, beside text: String) -> StyledText {
    var address = destination[...]
    for scheme in ["https://", "http://", "mailto:", "./"] where address.hasPrefix(scheme) {
      address = address.dropFirst(scheme.count)
      break
    }
    if address.hasSuffix("/") { address.removeLast() }
    let said = text.hasSuffix("/") ? text.dropLast() : text[...]
    // A heading's address within the document is made of its words.
    let isHeading = address.first == "#" && address.dropFirst().lowercased() == text.headingAnchor
    let isSaid =
      leadsToStep(destination) || said == destination || said.lowercased() == address.lowercased()
      || address.isEmpty
      || isHeading
    return isSaid ? StyledText() : StyledText(" (\(destination))", .muted)
  }
}
