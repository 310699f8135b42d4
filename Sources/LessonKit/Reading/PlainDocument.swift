/// The pieces of a plain text document, divided at its headings.
struct PlainDocument {
  /// The title at the top, or nil.
  let title: String?
  let pieces: [DocumentPiece]

  init(_ source: String) {
    let text = PlainText(source)
    let outline = PlainOutline(text)
    title = outline.title?.text
    var pieces: [DocumentPiece] = []
    var start = 0
    func add(upTo end: Int) {
      guard start < end else { return }
      pieces += PlainBlocks.blocks(of: text, in: start..<end).map {
        .block($0.block, line: $0.line)
      }
    }
    if let title = outline.title {
      start = title.lines.upperBound
      let asides = text.lines[..<start].flatMap(\.asides)
      if !asides.isEmpty {
        pieces.append(.block(.html(asides.joined(separator: "\n")), line: 1))
      }
    }
    for heading in outline.headings {
      add(upTo: heading.lines.lowerBound)
      start = heading.lines.upperBound
      let line = text.lines[heading.line].number
      // Page headers and footers inside or above a heading go before it.
      let asides = text.lines[heading.lines].flatMap(\.asides)
      if !asides.isEmpty {
        pieces.append(.block(.html(asides.joined(separator: "\n")), line: line))
      }
      switch heading.level {
      case .lesson: pieces.append(.lesson(title: heading.title, number: heading.number, line: line))
      case .step:
        pieces.append(.step(title: text.lines[heading.line].text, line: line))
      case .inner(let level):
        let words = text.lines[heading.lines].filter { $0.ruleSign == nil }.map(\.text)
        let title = words.joined(separator: " ")
        pieces.append(.block(.heading(level: level, [.text(title)]), line: line))
      }
    }
    add(upTo: text.lines.count)
    self.pieces = pieces
  }

  /// Divides a Markdown document without headings as if it were plain text. Returns nil if there is
  /// nothing to divide, or if a division would be inside a line.
  static func division(of source: String, _ lines: [String]) -> [MarkdownOutline.Part]? {
    let text = PlainText(source)
    let outline = PlainOutline(text)
    guard outline.isDivided else { return nil }
    var parts: [MarkdownOutline.Part] = []
    var piece: DocumentPiece?
    var start = 1
    func add(upTo end: Int) {
      guard start < end, start <= lines.count else {
        parts.append(MarkdownOutline.Part(piece: piece, firstLine: start, lines: []))
        return
      }
      let inside = Array(lines[(start - 1)..<min(lines.count, end - 1)])
      parts.append(MarkdownOutline.Part(piece: piece, firstLine: start, lines: inside))
    }
    for heading in outline.headings {
      let line = text.lines[heading.lines.lowerBound].number
      let last = text.lines[heading.lines.upperBound - 1].number
      // A form feed in the line of a heading means that the line contains other text too.
      let hasOtherText = (line...last).contains { number in
        lines.indices.contains(number - 1) && lines[number - 1].trimmed.contains("\u{0C}")
      }
      guard line >= start, !hasOtherText else { return nil }
      let next: DocumentPiece
      switch heading.level {
      case .lesson: next = .lesson(title: heading.title, number: heading.number, line: line)
      case .step: next = .step(title: text.lines[heading.line].text, line: line)
      case .inner: continue
      }
      add(upTo: line)
      piece = next
      start = last + 1
    }
    add(upTo: (text.lines.last?.number ?? 0) + 1)
    return parts
  }
}
