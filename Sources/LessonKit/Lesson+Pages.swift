extension Lesson {
  /// The lesson with long steps split, so that each step is quick to lay out. A step over the limit
  /// continues in another step with the same title.
  ///
  /// - Parameter limit: The approximate size limit of a step, in bytes of text.
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

/// Splits blocks into pages of limited size.
enum PageMaker {
  static func isLong(_ blocks: [Block], _ limit: Int) -> Bool {
    blocks.reduce(0) { $0 + weight($1) } > limit
  }

  /// The blocks in order, as at least one page. Each page is at most about as large as the limit.
  static func pages(of blocks: [Block], limit: Int) -> [[Block]] {
    guard isLong(blocks, limit) else { return [blocks] }
    var notes = Footnotes(blocks.map { ($0, 1) })
    let others = notes.others.map(\.block)
    // Short footnotes are on the pages that call them, as they are in the steps that call them.
    let weightOfNotes = blocks.reduce(0) { $0 + weight($1) } - others.reduce(0) { $0 + weight($1) }
    guard others.count < blocks.count, weightOfNotes <= limit / 4 else {
      return self.pages(ofOthers: blocks, limit: limit)
    }
    var pages = self.pages(ofOthers: others, limit: limit).map { page in
      for block in page { notes.read(block) }
      return page + notes.take().compactMap(\.block)
    }
    pages[pages.count - 1] += notes.rest.compactMap(\.block)
    return pages
  }

  private static func pages(ofOthers blocks: [Block], limit: Int) -> [[Block]] {
    let pieces = blocks.flatMap { weight($0) > limit ? split($0, limit) : [$0] }
    return grouped(pieces, limit, weight)
  }

  /// The weight of a line in addition to its text, in bytes.
  private static let lineWeight = 16

  // MARK: Weighing

  private static func weight(_ block: Block) -> Int {
    let content =
      switch block {
      case .heading(_, let inlines), .paragraph(let inlines): weight(inlines)
      case .code(let code): weight(code.text)
      case .html(let text), .notice(let text): weight(text)
      case .list(_, _, let items): items.reduce(0) { $0 + weight($1) }
      case .quote(let blocks), .question(let blocks), .footnote(_, let blocks):
        blocks.reduce(0) { $0 + weight($1) }
      case .callout(let callout, let blocks):
        weight(callout.title) + blocks.reduce(0) { $0 + weight($1) }
      case .table(let table): weight(table.header) + table.rows.reduce(0) { $0 + weight($1) }
      case .run, .rule: 0
      }
    return lineWeight + content
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
    case .emphasis(let inner), .strong(let inner), .strikethrough(let inner),
      .subscript(let inner), .superscript(let inner):
      weight(inner) + 1
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

  // MARK: Splitting

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
    case .callout(let callout, let blocks):
      pages(of: blocks, limit: limit).enumerated().map { index, page in
        .callout(index == 0 ? callout : Callout(callout.kind), page)
      }
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

  /// The items in several lists. A numbered list continues its numbers.
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
    case .subscript(let inner): split(inner, limit).map { .subscript($0) }
    case .superscript(let inner): split(inner, limit).map { .superscript($0) }
    case .link(let inner, let destination):
      // An address this long is not a real one, so show it once as text.
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
    var asides = code.asides[...]
    return pieces.enumerated().map { index, piece in
      let isLast = index + 1 == pieces.count
      let here = asides.prefix { isLast || $0.line < pieces[index + 1].line }
      asides = asides.dropFirst(here.count)
      return .code(
        CodeBlock(
          language: code.language, listing: code.listing, text: piece.text,
          line: code.line + piece.line,
          asides: here.map { CodeBlock.Aside(line: $0.line - piece.line, text: $0.text) }))
    }
  }

  /// Splits a text at newlines (which it drops), or else after a space, or else between any two
  /// characters. Returns each piece with the number of newlines before it.
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

  /// The elements in order, in groups that are at most about as large as the limit. A short element,
  /// such as a notice, does not fill a group alone.
  private static func grouped<Element>(
    _ elements: [Element], _ limit: Int, _ weight: (Element) -> Int
  ) -> [[Element]] {
    var groups: [[Element]] = []
    var group: [Element] = []
    var total = 0
    for element in elements {
      let more = weight(element)
      if !group.isEmpty, total + more > limit, total > limit / 8 {
        groups.append(group)
        group = []
        total = 0
      }
      group.append(element)
      total += more
    }
    if !group.isEmpty || groups.isEmpty { groups.append(group) }
    return groups
  }
}
