extension Lesson {
  /// The same lesson with long steps divided, so that each is set on the screen at once: what is
  /// longer than the limit goes on in a further step of the same title.
  ///
  /// - Parameter limit: about how large a step may be, in bytes of text.
  public func paged(bytes limit: Int) -> Lesson {
    let opening = PageMaker.pages(of: introduction, limit: limit)
    guard opening.count > 1 || steps.contains(where: { PageMaker.isLong($0.blocks, limit) }) else {
      return self
    }
    var parts = opening.dropFirst().map { (title: title, line: 1, isFirst: false, blocks: $0) }
    for step in steps {
      for (index, blocks) in PageMaker.pages(of: step.blocks, limit: limit).enumerated() {
        parts.append((step.title, step.line, index == 0, blocks))
      }
    }
    var titles: [String: Int] = [:]
    let pages = parts.enumerated().map { index, part in
      let count = titles[part.title, default: 0] + 1
      titles[part.title] = count
      let name = count == 1 ? part.title : "\(part.title) (\(count))"
      return Step(
        number: index + 1, title: part.isFirst ? part.title : name, name: name,
        blocks: part.blocks, line: part.line)
    }
    return Lesson(
      number: number, id: id, title: title, introduction: opening.first ?? [], steps: pages,
      diagnostics: diagnostics, file: file, links: links)
  }
}

/// Divides blocks into pages of a limited size.
enum PageMaker {
  static func isLong(_ blocks: [Block], _ limit: Int) -> Bool {
    blocks.reduce(0) { $0 + weight($1) } > limit
  }

  /// The blocks in order, each page about as large as the limit at most; at least one page.
  static func pages(of blocks: [Block], limit: Int) -> [[Block]] {
    guard isLong(blocks, limit) else { return [blocks] }
    let pieces = blocks.flatMap { weight($0) > limit ? split($0, limit) : [$0] }
    return grouped(pieces, limit, weight)
  }

  /// What a line of its own costs beside its text, in bytes.
  private static let lineWeight = 16

  // MARK: How large something is

  private static func weight(_ block: Block) -> Int {
    let inside =
      switch block {
      case .heading(_, let inlines), .paragraph(let inlines): weight(inlines)
      case .code(let code): weight(code.text)
      case .html(let text), .notice(let text): weight(text)
      case .list(_, _, let items): items.reduce(0) { $0 + weight($1) }
      case .quote(let blocks), .question(let blocks), .footnote(_, let blocks):
        blocks.reduce(0) { $0 + weight($1) }
      case .table(let table): weight(table.header) + table.rows.reduce(0) { $0 + weight($1) }
      case .run, .rule: 0
      }
    return lineWeight + inside
  }

  private static func weight(_ item: ListItem) -> Int {
    item.blocks.reduce(lineWeight) { $0 + weight($1) }
  }

  private static func weight(_ row: [[Inline]]) -> Int {
    row.reduce(lineWeight) { $0 + lineWeight + weight($1) }
  }

  private static func weight(_ inlines: [Inline]) -> Int {
    inlines.reduce(0) { $0 + weight($1) }
  }

  private static func weight(_ inline: Inline) -> Int {
    switch inline {
    case .text(let text), .code(let text), .html(let text): text.utf8.count
    case .emphasis(let inner), .strong(let inner), .strikethrough(let inner): weight(inner) + 1
    case .link(let inner, let destination): weight(inner) + destination.utf8.count
    case .image(let alt, let destination): alt.utf8.count + destination.utf8.count
    case .softBreak: 1
    case .lineBreak: lineWeight
    case .footnoteReference: 4
    }
  }

  private static func weight(_ text: String) -> Int {
    text.utf8.count + lineWeight * text.utf8.count { $0 == 0x0A }
  }

  // MARK: Dividing what is too large

  private static func split(_ block: Block, _ limit: Int) -> [Block] {
    switch block {
    case .paragraph(let inlines):
      split(inlines, limit).map { .paragraph($0) }
    case .heading(let level, let inlines):
      split(inlines, limit).map { .heading(level: level, $0) }
    case .code(let code): split(code, limit)
    case .html(let text): split(text, limit).map { .html($0.text) }
    case .quote(let blocks): pages(of: blocks, limit: limit).map { .quote($0) }
    case .question(let blocks): pages(of: blocks, limit: limit).map { .question($0) }
    case .footnote(let label, let blocks):
      pages(of: blocks, limit: limit).map { .footnote(label: label, $0) }
    case .list(let start, let isTight, let items): split(items, start, isTight, limit)
    case .table(let table):
      grouped(table.rows, max(1, limit - weight(table.header)), weight).map { rows in
        .table(Table(alignments: table.alignments, header: table.header, rows: rows))
      }
    case .run, .rule, .notice: [block]
    }
  }

  /// The items in several lists; a numbered list goes on counting.
  private static func split(
    _ items: [ListItem], _ start: Int?, _ isTight: Bool, _ limit: Int
  ) -> [Block] {
    var numbered: [(number: Int, item: ListItem)] = []
    for (index, item) in items.enumerated() {
      let isLong = weight(item) > limit
      for blocks in isLong ? pages(of: item.blocks, limit: limit) : [item.blocks] {
        numbered.append((index, ListItem(blocks, isDone: item.isDone)))
      }
    }
    return grouped(numbered, limit) { weight($0.item) }.map { group in
      let first = group.first?.number ?? 0
      return .list(start: start.map { $0 + first }, isTight: isTight, items: group.map(\.item))
    }
  }

  private static func split(_ inlines: [Inline], _ limit: Int) -> [[Inline]] {
    let pieces = inlines.flatMap { weight($0) > limit ? split($0, limit) : [$0] }
    return grouped(pieces, limit, weight)
  }

  private static func split(_ inline: Inline, _ limit: Int) -> [Inline] {
    switch inline {
    case .text(let text): split(text, limit).map { .text($0.text) }
    case .code(let text): split(text, limit).map { .code($0.text) }
    case .html(let text): split(text, limit).map { .html($0.text) }
    case .emphasis(let inner): split(inner, limit).map { .emphasis($0) }
    case .strong(let inner): split(inner, limit).map { .strong($0) }
    case .strikethrough(let inner): split(inner, limit).map { .strikethrough($0) }
    case .link(let inner, let destination):
      // An address that long is no address; it is told once.
      destination.utf8.count > limit / 4
        ? split(inner + [.text(" "), .text(destination)], limit).flatMap { $0 }
        : split(inner, limit / 2).map { .link($0, destination: destination) }
    case .image(let alt, let destination):
      split(alt + " " + destination, limit).map { .text($0.text) }
    case .softBreak, .lineBreak, .footnoteReference: [inline]
    }
  }

  private static func split(_ code: CodeBlock, _ limit: Int) -> [Block] {
    let pieces = split(code.text, limit)
    return pieces.enumerated().map { index, piece in
      // What stood between the lines of the code goes with the line that it stood before.
      let end = index + 1 < pieces.count ? pieces[index + 1].line : Int.max
      let asides = code.asides.filter { $0.line >= piece.line && $0.line < end }
      return .code(
        CodeBlock(
          language: code.language, listing: code.listing, text: piece.text,
          line: code.line + piece.line,
          asides: asides.map { CodeBlock.Aside(line: $0.line - piece.line, text: $0.text) }))
    }
  }

  /// A text in pieces: cut at line ends, which are then left out, else behind a space, else
  /// anywhere between two characters. Each with the number of line ends before it.
  private static func split(_ text: String, _ limit: Int) -> [(text: String, line: Int)] {
    var text = text
    return text.withUTF8 { bytes in
      var pieces: [(text: String, line: Int)] = []
      var start = 0
      var line = 0
      while start < bytes.count {
        let (end, next, lines) = cut(bytes, from: start, limit)
        pieces.append((String(decoding: bytes[start..<end], as: UTF8.self), line))
        line += lines
        start = next
      }
      return pieces
    }
  }

  private static func cut(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ limit: Int
  ) -> (end: Int, next: Int, lines: Int) {
    var index = start
    var weight = 0
    var lines = 0
    var line: (end: Int, count: Int)?
    var space: Int?
    var character = start
    while index < bytes.count, weight < limit || character == start {
      let byte = bytes[index]
      if byte & 0xC0 != 0x80 { character = index }
      weight += 1
      if byte == 0x0A {
        weight += lineWeight
        lines += 1
        line = (index, lines)
      } else if byte == 0x20 {
        space = index + 1
      }
      index += 1
    }
    if index == bytes.count { return (index, index, lines) }
    if let line { return (line.end, line.end + 1, line.count) }
    let end = space ?? (character > start ? character : index)
    return (end, end, 0)
  }

  /// The things in order, in groups about as large as the limit at most.
  private static func grouped<Thing>(
    _ things: [Thing], _ limit: Int, _ weight: (Thing) -> Int
  ) -> [[Thing]] {
    var groups: [[Thing]] = []
    var group: [Thing] = []
    var total = 0
    for thing in things {
      let more = weight(thing)
      if !group.isEmpty, total + more > limit {
        groups.append(group)
        group = []
        total = 0
      }
      group.append(thing)
      total += more
    }
    if !group.isEmpty || groups.isEmpty { groups.append(group) }
    return groups
  }
}
