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

  /// Whether the document has headings.
  var hasHeadings: Bool {
    blocks.contains { if case .heading = $0.block { true } else { false } }
  }

  private var topHeadings: Int {
    blocks.count { if case .heading(1, _) = $0.block { true } else { false } }
  }

  /// The title of the document, from its only top heading or from its front matter.
  private func title(isSingle: Bool) -> String? {
    if isSingle || topHeadings <= 1 {
      for (block, _) in blocks {
        guard case .heading(let level, let text) = block, level <= 2 else { continue }
        if level == 1 { return text.titleAndTags.title }
        break
      }
    }
    return frontMatter?.title
  }

  /// - Parameter title: The title if the document does not set one. The lessons must show it.
  func divider(isSingle: Bool, title: String? = nil) -> LessonDivider {
    let own = self.title(isSingle: isSingle)
    return LessonDivider(
      name: name, title: own ?? title, showsTitle: own == nil, diagnostics: diagnostics,
      links: links)
  }

  /// The pieces of the document: one lesson, or one for each `#` heading if there are several.
  func pieces(isSingle: Bool) -> [DocumentPiece] {
    var pieces: [DocumentPiece] = []
    if let front = frontMatterBlock { pieces.append(.block(front, line: 1)) }
    let isDivided = !isSingle && topHeadings > 1
    let numbers = isDivided ? numbers() : [:]
    var isOpen = false
    for (block, line) in blocks {
      switch block {
      case .heading(1, let text) where isDivided:
        let numbered = numbers[line]
        let (title, tags) = text.titleAndTags
        pieces.append(
          .lesson(title: numbered?.title ?? title, number: numbered?.path.first, line: line))
        if !tags.isEmpty { pieces.append(.block(.html(tags), line: line)) }
      case .heading(1, let text) where !isOpen && !isDivided:
        isOpen = true
        let tags = text.titleAndTags.tags
        if !tags.isEmpty { pieces.append(.block(.html(tags), line: line)) }
      case .heading(1...2, let text):
        isOpen = true
        let (title, tags) = text.titleAndTags
        pieces.append(.step(title: title, line: line))
        if !tags.isEmpty { pieces.append(.block(.html(tags), line: line)) }
      default: pieces.append(.block(block, line: line))
      }
    }
    return pieces
  }

  /// The numbers at the start of the top headings, by line. Empty unless they are consecutive.
  private func numbers() -> [Int: NumberedLine] {
    var numbers: [Int: NumberedLine] = [:]
    var next: Int?
    for (block, line) in blocks {
      guard case .heading(1, let text) = block else { continue }
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
