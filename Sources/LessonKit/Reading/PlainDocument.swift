/// A plain text document as pieces, divided at its own headings.
struct PlainDocument {
  /// The title at the top, where there is one.
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
      let line = text.lines[heading.lines.lowerBound].number
      // What a page said within or above a heading is told before it.
      let asides = text.lines[heading.lines].flatMap(\.asides)
      if !asides.isEmpty {
        pieces.append(.block(.html(asides.joined(separator: "\n")), line: line))
      }
      switch heading.level {
      case .lesson: pieces.append(.lesson(title: heading.title, number: heading.number, line: line))
      case .step:
        pieces.append(.step(title: text.lines[heading.lines.lowerBound].text, line: line))
      case .inner(let level):
        let words = text.lines[heading.lines].filter { $0.ruleSign == nil }.map(\.text)
        let title = words.joined(separator: " ")
        pieces.append(.block(.heading(level: level, [.text(title)]), line: line))
      }
    }
    add(upTo: text.lines.count)
    self.pieces = pieces
  }

  /// Where a Markdown document without headings of its own might be divided all the same: the
  /// pieces without blocks, each with the lines of the document that stand below it. Nil where it
  /// is not to be divided, or cannot be between its lines.
  static func division(
    of source: String
  ) -> [(piece: DocumentPiece?, lines: Range<Int>)]? {
    let text = PlainText(source)
    let outline = PlainOutline(text)
    guard outline.isDivided else { return nil }
    let source = PlainPages.split(source)
    var parts: [(piece: DocumentPiece?, lines: Range<Int>)] = []
    var piece: DocumentPiece?
    var start = 1
    for heading in outline.headings {
      let line = text.lines[heading.lines.lowerBound].number
      let last = text.lines[heading.lines.upperBound - 1].number
      // Where a page ends within its line, a heading has text before or behind it there.
      let holdsMore = (line...last).contains { number in
        source.indices.contains(number - 1) && source[number - 1].trimmed.contains("\u{0C}")
      }
      guard line >= start, !holdsMore else { return nil }
      let next: DocumentPiece
      switch heading.level {
      case .lesson: next = .lesson(title: heading.title, number: heading.number, line: line)
      case .step: next = .step(title: text.lines[heading.lines.lowerBound].text, line: line)
      case .inner: continue
      }
      parts.append((piece, start..<line))
      piece = next
      start = last + 1
    }
    parts.append((piece, start..<max(start, (text.lines.last?.number ?? 0) + 1)))
    return parts
  }
}
