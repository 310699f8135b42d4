/// A Markdown document as blocks, before it is divided into lessons.
struct MarkdownDocument {
  private let name: FileName
  private let frontMatter: FrontMatter?
  /// The text, with empty lines instead of the front matter.
  let body: String
  private(set) var blocks: [(block: Block, line: Int)]
  private(set) var diagnostics: [Diagnostic]
  let links: [LinkReference]

  /// Parses a document or a part of it.
  /// - Parameter firstLine: The line of the document where the text begins.
  /// - Throws: `DocumentError.outOfMemory`.
  init(
    name: String, text: String, firstLine: Int = 1, loader: CourseLoader
  ) throws(DocumentError) {
    self.name = FileName(name)
    frontMatter = firstLine == 1 ? FrontMatter(text) : nil
    body = frontMatter.map { Self.body(of: text, without: $0) } ?? text
    let guarded = SourceGuard(body, limits: loader.limits)
    let offset = firstLine - 1
    guard let tree = MarkdownTree(guarded.source, lineOffset: offset) else {
      throw .outOfMemory(file: name)
    }
    let document = TreeBuilder.build(
      tree, file: name, catalog: loader.catalog, limits: loader.limits,
      refusedTables: guarded.refusedTables.map { $0 + offset },
      source: SourceLines(body, firstLine: firstLine))
    blocks = document.blocks
    links = document.links
    diagnostics =
      document.diagnostics
      + guarded.refusedDefinitions.map { line in
        Diagnostic(
          file: name, line: line + offset,
          message: "this link definition is too long for so many uses; it is left as text")
      }
    let used = Set(links.map(\.destination))
    insert(
      Definitions(body, firstLine: firstLine, covered: document.covered).found
        .filter { !used.contains(Definitions.destination(of: $0.text)) })
  }

  private static func body(of text: String, without front: FrontMatter) -> String {
    var rest = text[...]
    for _ in 0..<front.lines {
      rest = rest.firstIndex(where: \.isNewline).map { rest[rest.index(after: $0)...] } ?? ""
    }
    return String(repeating: "\n", count: front.lines) + rest
  }

  /// Inserts definition lines, which the parser removes, at their original places. Footnotes stay at
  /// the end, where the parser moves them.
  private mutating func insert(_ found: [(text: String, line: Int)]) {
    guard !found.isEmpty else { return }
    var merged: [(block: Block, line: Int)] = []
    var rest = found[...]
    for entry in blocks {
      let isFootnote = if case .footnote = entry.block { true } else { false }
      while let next = rest.first, isFootnote || next.line < entry.line {
        merged.append((.html(next.text), next.line))
        rest.removeFirst()
      }
      merged.append(entry)
    }
    blocks = merged + rest.map { (.html($0.text), $0.line) }
  }

  var frontMatterBlock: Block? { frontMatter.map { .html($0.text) } }

  /// Whether the document has headings of the two highest levels.
  var hasTopHeadings: Bool {
    blocks.contains { if case .heading(1...2, _) = $0.block { true } else { false } }
  }

  /// Whether the document has headings.
  var hasHeadings: Bool {
    blocks.contains { if case .heading = $0.block { true } else { false } }
  }

  /// The headings outside of lists and quotes, in order.
  private var headings: [(level: Int, text: [Inline], line: Int)] {
    blocks.compactMap { block, line in
      if case .heading(let level, let text) = block { (level, text, line) } else { nil }
    }
  }

  /// The title of the document, from its only top heading or from its front matter.
  private func title(_ levels: Levels) -> String? {
    let first = headings.first { $0.level <= levels.step }
    if !levels.isDivided, let first, first.level == levels.lesson {
      return HeadingText(first.text).title
    }
    return frontMatter?.title
  }

  /// - Parameter title: The title if the document does not set one. The lessons must show it.
  func divider(isSingle: Bool, title: String? = nil) -> LessonDivider {
    let own = self.title(levels(isSingle: isSingle))
    return LessonDivider(
      name: name, title: own ?? title, showsTitle: own == nil, diagnostics: diagnostics,
      links: links)
  }

  /// The pieces of the document: one lesson, or one for each top heading if there are several.
  func pieces(isSingle: Bool) -> [DocumentPiece] {
    let levels = levels(isSingle: isSingle)
    let numbers = levels.isDivided ? numbers(ofLevel: levels.lesson) : [:]
    var pieces: [DocumentPiece] = []
    if let front = frontMatterBlock { pieces.append(.block(front, line: 1)) }
    var notes = Footnotes(blocks)
    var isOpen = false
    for (block, line) in notes.others {
      guard case .heading(let level, let text) = block, level <= levels.step else {
        pieces.append(.block(block, line: line))
        notes.read(block)
        continue
      }
      let heading = HeadingText(text)
      if level == levels.lesson, levels.isDivided {
        pieces += notes.take()
        let numbered = numbers[line]
        pieces.append(
          .lesson(
            title: numbered?.title ?? heading.title, number: numbered?.path.first, line: line))
      } else if level == levels.lesson, !isOpen {
        // The title is above all content, so it is only repeated below content that precedes it.
        if pieces.contains(where: \.isText) { pieces.append(.block(block, line: line)) }
      } else {
        pieces += notes.take()
        pieces.append(.step(title: heading.title, line: line))
      }
      isOpen = true
      notes.read(block)
      pieces += heading.rest.map { .block($0, line: line) }
    }
    return pieces + notes.take() + notes.rest
  }

  /// The numbers at the start of the top headings, by line. Empty unless they are consecutive.
  private func numbers(ofLevel level: Int) -> [Int: NumberedLine] {
    var numbers: [Int: NumberedLine] = [:]
    var next: Int?
    for (_, text, line) in headings.filter({ $0.level == level }) {
      let found = NumberedLine.candidates(of: text.plainText).first {
        if case .decimal(1, let mark) = $0.style { mark != .bare } else { false }
      }
      guard let found, let number = found.path.first, next == nil || number == next else {
        if next == nil { continue }
        return [:]
      }
      numbers[line] = found
      next = number + 1
    }
    return numbers.count > 1 ? numbers : [:]
  }
}

extension MarkdownDocument {
  /// The levels of headings that divide a document: the two highest that it uses.
  private struct Levels {
    /// The level of titles.
    var lesson: Int
    /// The level of steps.
    var step: Int
    /// Whether each title begins a lesson. Otherwise the only one is the title of the document.
    var isDivided: Bool
  }

  private func levels(isSingle: Bool) -> Levels {
    let used = Set(headings.map(\.level)).sorted()
    guard let top = used.first else { return Levels(lesson: 1, step: 2, isDivided: false) }
    let count = headings.count { $0.level == top }
    let step = used.count > 1 ? used[1] : top + 1
    if top > 1 {
      // The title is in the front matter or in the name of the file.
      let hasTitle = frontMatter?.title != nil || (isSingle && count > 1)
      if hasTitle || used.count == 1 { return Levels(lesson: 0, step: top, isDivided: false) }
    }
    return Levels(lesson: top, step: step, isDivided: !isSingle && count > 1)
  }
}

extension DocumentPiece {
  /// Whether a reader sees words here, and not only tags and settings.
  fileprivate var isText: Bool {
    guard case .block(let block, _) = self else { return true }
    return if case .html = block { false } else { true }
  }
}

/// Finds definitions of links and footnotes. The parser drops those without a reference, but the
/// reader should not lose them.
struct Definitions {
  /// The text of each definition and its first line, from 1.
  private(set) var found: [(text: String, line: Int)] = []

  /// - Parameters:
  ///   - firstLine: The line of the document where the text begins.
  ///   - covered: The lines that belong to blocks.
  init(_ text: String, firstLine: Int, covered: [ClosedRange<Int>]) {
    guard text.utf8.containsDefinitionMark else { return }
    var ranges = covered.sorted { $0.lowerBound < $1.lowerBound }[...]
    var reached = 0
    var isOpen = false
    for (index, line) in PlainPages.lines(of: text).enumerated() {
      let number = index + firstLine
      while let range = ranges.first, range.lowerBound <= number {
        reached = max(reached, range.upperBound)
        ranges.removeFirst()
      }
      guard number > reached, !line.allSatisfy(\.isWhitespace) else {
        if number <= reached { isOpen = false }
        continue
      }
      let indent = line.prefix { $0 == " " }.count
      if indent < 4, line.dropFirst(indent).first == "[", line.utf8.containsDefinitionMark {
        found.append((String(line), number))
        isOpen = true
      } else if isOpen, !found.isEmpty {
        found[found.count - 1].text += "\n" + line
      }
    }
  }

  /// The address in a link definition, or an empty string for a footnote.
  static func destination(of definition: String) -> String {
    guard !definition.hasPrefix("[^"), let colon = definition.firstRange(of: "]:") else {
      return ""
    }
    let rest = definition[colon.upperBound...].drop { $0.isWhitespace }
    guard rest.first == "<" else { return String(rest.prefix { !$0.isWhitespace }) }
    return String(rest.dropFirst().prefix { $0 != ">" })
  }
}
