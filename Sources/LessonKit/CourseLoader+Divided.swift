extension CourseLoader {
  /// Divides Markdown without headings: at its numbered sections, or else as if it were plain text.
  /// Returns nil if that finds nothing.
  func divided(
    name: String, _ undivided: MarkdownDocument
  ) throws(DocumentError) -> [Lesson]? {
    let lines = PlainPages.lines(of: undivided.body).map(String.init)
    let outline = MarkdownOutline(lines, reading: reading)
    guard let parts = outline?.parts ?? PlainDocument.division(of: undivided.body, lines) else {
      return nil
    }
    var divider = undivided.divider(isSingle: false, title: outline?.title)
    divider.diagnostics = []
    divider.links = []
    var shared = SharedDefinitions(lines)
    var pieces: [DocumentPiece] = []
    if let front = undivided.frontMatterBlock { pieces.append(.block(front, line: 1)) }
    for part in parts {
      if let piece = part.piece { pieces.append(piece) }
      guard part.lines.contains(where: { !$0.isBlank }) else { continue }
      let document = try MarkdownDocument(
        name: name,
        text: (part.lines + shared.additions(to: part.lines)).joined(separator: "\n"),
        firstLine: part.firstLine, loader: self)
      pieces += document.blocks.map { .block($0.block, line: $0.line) }
      divider.diagnostics += document.diagnostics
      divider.links += document.links
    }
    pieces.removeAll { piece in piece.block.map(shared.isMoved) ?? false }
    return divider.lessons(offers(LessonDivider.withoutFinalRules(pieces)))
  }

  /// The text of a line of Markdown and its first bold term. A line that is not a paragraph is its
  /// own text.
  private func reading(_ line: String) -> (text: String, term: String?) {
    guard let document = try? MarkdownDocument(name: "", text: line, firstLine: 2, loader: self),
      document.blocks.count == 1, case .paragraph(let inlines) = document.blocks[0].block
    else { return (line.trimmed, nil) }
    let term = inlines.lazy.compactMap { inline -> String? in
      if case .strong(let words) = inline { words.plainText } else { nil }
    }.first
    return (inlines.plainText.split(separator: " ").joined(separator: " "), term)
  }
}
