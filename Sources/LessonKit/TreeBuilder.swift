import Catalog

/// Builds blocks from a parsed tree, without recursion and no deeper than the limit.
struct TreeBuilder {
  /// The content of a document, before it is divided into steps.
  struct Document {
    /// The blocks and their first lines.
    var blocks: [(block: Block, line: Int)] = []
    var links: [LinkReference] = []
    var diagnostics: [Diagnostic] = []
    /// The source lines of each block.
    var covered: [ClosedRange<Int>] = []
  }

  /// An open container and its content so far.
  private struct Frame {
    let node: MarkdownNode
    let type: String
    var blocks: [Block] = []
    var inlines: [Inline] = []
    var items: [ListItem] = []
    var cells: [[Inline]] = []
    var rows: [[[Inline]]] = []
  }

  private let file: String
  private let catalog: DemoCatalog
  private let limits: DocumentLimits
  private let refusedTables: Set<Int>
  private let source: SourceLines
  private var frames: [Frame] = []
  private var document = Document()
  /// A container that is nested too deeply, and its text so far.
  private var flattened: (node: MarkdownNode, text: String)?
  private var hasReportedDepth = false
  private var footnotes = 0
  /// The place of the block that contains the current inlines.
  private var place = (line: 1, column: 1)

  static func build(
    _ tree: borrowing MarkdownTree, file: String, catalog: DemoCatalog, limits: DocumentLimits,
    refusedTables: [Int], source: SourceLines
  ) -> Document {
    var builder = TreeBuilder(
      file: file, catalog: catalog, limits: limits, refusedTables: refusedTables, source: source)
    tree.forEach { node, isEntering in builder.visit(node, isEntering: isEntering) }
    return builder.document
  }

  private init(
    file: String, catalog: DemoCatalog, limits: DocumentLimits, refusedTables: [Int],
    source: SourceLines
  ) {
    self.file = file
    self.catalog = catalog
    self.limits = limits
    self.refusedTables = Set(refusedTables)
    self.source = source
  }

  private mutating func visit(_ node: MarkdownNode, isEntering: Bool) {
    let type = node.type
    if isEntering, frames.count == 1, flattened == nil, node.line > 0 {
      document.covered.append(node.line...max(node.line, node.lastLine))
    }
    if flattened != nil {
      flatten(node, type: type, isEntering: isEntering)
    } else if let leaf = inlineLeaf(node, type: type) {
      // Unlike all other leaves, a footnote reference is also visited on exit.
      if isEntering { attach(leaf) }
    } else if let leaf = blockLeaf(node, type: type) {
      attach(leaf, line: node.line)
    } else if !isEntering {
      close(node)
    } else if frames.count + Self.levels(of: type) > limits.nesting {
      flattened = (node, "")
      reportDepth(node)
    } else {
      if !Self.inlineContainers.contains(type) { place = (max(1, node.line), node.column) }
      frames.append(Frame(node: node, type: type))
    }
  }

  private static let inlineContainers: Set = ["emph", "strong", "strikethrough", "link", "image"]

  /// The number of levels of a container. A list with its items and their content has three.
  private static func levels(of type: String) -> Int {
    switch type {
    case "list", "table": 3
    // One more for the paragraph that replaces content that is too deep.
    case "block_quote", "footnote_definition": 2
    // Their list or table already counts these.
    case "item", "tasklist", "table_header", "table_row", "table_cell": 0
    default: 1
    }
  }

  // MARK: Nesting limit

  private mutating func flatten(_ node: MarkdownNode, type: String, isEntering: Bool) {
    if !isEntering, node == flattened?.node {
      let text = flattened?.text ?? ""
      flattened = nil
      if Self.inlineContainers.contains(type) {
        attach(.text(text))
      } else if !text.isEmpty {
        attach(.paragraph([.text(text)]), line: node.line)
      }
      return
    }
    guard isEntering else { return }
    switch type {
    case "text", "code", "code_block", "html_block", "html_inline":
      flattened?.text += node.literal
    case "softbreak", "linebreak", "paragraph", "heading", "item", "tasklist", "table_cell":
      if let last = flattened?.text.unicodeScalars.last, last != " " { flattened?.text += " " }
    default: break
    }
  }

  private mutating func reportDepth(_ node: MarkdownNode) {
    guard !hasReportedDepth else { return }
    hasReportedDepth = true
    document.diagnostics.append(
      Diagnostic(
        file: file, line: max(1, node.line), column: node.column,
        message: "nested deeper than \(limits.nesting) levels; deeper content is shown as text"))
  }

  // MARK: Leaves

  private func inlineLeaf(_ node: MarkdownNode, type: String) -> Inline? {
    switch type {
    case "text": .text(node.literal)
    case "code": .code(node.literal)
    case "softbreak": .softBreak
    case "linebreak": .lineBreak
    case "html_inline", "custom_inline": .html(node.literal)
    case "footnote_reference": .footnoteReference(label: node.literal)
    default: nil
    }
  }

  private mutating func blockLeaf(_ node: MarkdownNode, type: String) -> Block? {
    switch type {
    case "thematic_break": return .rule
    case "html_block": return .html(node.literal.droppingFinalNewline)
    case "code_block": return code(node)
    default: return nil
    }
  }

  private mutating func code(_ node: MarkdownNode) -> Block {
    var text = node.literal.droppingFinalNewline
    var fenceInfo = node.fenceInfo
    if !fenceInfo.isEmpty, let (info, rest) = splitAtFormFeed(fenceLine: node.line) {
      fenceInfo = info
      text = rest + "\n" + text
    }
    let info = FenceInfo(fenceInfo)
    let block = CodeBlock(
      language: info.language, listing: info.listing, text: text, line: node.line,
      asides: info.rest.map { [CodeBlock.Aside(line: 0, text: $0)] } ?? [])
    if let fence = node.fence,
      node.lastLine == node.line || !source.closes(fence, at: node.lastLine)
    {
      warn(node, "this fence is never closed, so the rest of the document is code")
    }
    guard info.language == RunBlock.language else { return .code(block) }
    let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
    let filled = lines.indices.filter { !lines[$0].allSatisfy(\.isWhitespace) }
    let shown = filled.count == 2 ? RunBlock.shown(in: lines[filled[1]]) : []
    guard fenceInfo.trimmed == RunBlock.language, (1...2).contains(filled.count), let shown,
      let words = RunBlock.words(in: lines[filled[0]])
    else {
      warn(
        node,
        "a lockstep block must be one line, run DEMO [name=value]… [--engine NAME], and may have a "
          + "second one, show MEASURE, …; this one is shown as text", .error)
      return .code(block)
    }
    let line = node.line + 1 + (filled.first ?? 0)
    let run = RunBlock(words: words, line: line, shown: shown, in: catalog)
    if let name = run.unknownMeasures.first, let demo = run.request?.demo {
      let known =
        demo.measures.isEmpty
        ? "it has none to choose from" : "it has " + demo.measures.joined(separator: ", ")
      let place = node.line + 1 + filled[1]
      document.diagnostics.append(
        Diagnostic(
          file: file, line: place, column: source.column(of: name, inLine: place) ?? node.column,
          severity: .error,
          message: "\(demo.id) has no measure \"\(name)\"; \(known)"))
    }
    if case .failure(let error) = run.outcome {
      let column = source.column(of: error, in: run) ?? node.column
      document.diagnostics.append(
        Diagnostic(file: file, line: line, column: column, severity: .error, message: "\(error)"))
    }
    return .run(run)
  }

  /// The text of a fence line before and after a form feed, which also ends the line, so that the
  /// rest is code. Nil if there is no form feed.
  private func splitAtFormFeed(fenceLine line: Int) -> (info: String, rest: String)? {
    let row = source[line]
    let signs = [UInt8(ascii: "`"), UInt8(ascii: "~")]
    guard let fence = row.firstIndex(where: { signs.contains($0) }),
      let end = row[fence...].firstIndex(of: 0x0C)
    else { return nil }
    let info = row[fence..<end].drop { signs.contains($0) }
    return (
      String(decoding: info, as: UTF8.self), String(decoding: row[(end + 1)...], as: UTF8.self)
    )
  }

  private mutating func warn(
    _ node: MarkdownNode, _ message: String, _ severity: Diagnostic.Severity = .warning
  ) {
    document.diagnostics.append(
      Diagnostic(
        file: file, line: max(1, node.line), column: node.column, severity: severity,
        message: message))
  }

  // MARK: Containers

  private mutating func close(_ node: MarkdownNode) {
    guard var frame = frames.popLast() else { return }
    let levels = limits.nesting - frames.count
    frame.inlines = InlineTags.read(frame.inlines, levels: levels)
    if !frame.blocks.isEmpty {
      frame.blocks = Details.read(frame.blocks.map { ($0, node.line) }, levels: levels).map(\.block)
    }
    switch frame.type {
    case "document": document.blocks = Details.read(document.blocks, levels: limits.nesting)
    case "paragraph":
      if (node.line...max(node.line, node.lastLine)).contains(where: refusedTables.contains) {
        let notice = "This table is too large, so it is left as text."
        attach(.notice(notice), line: node.line)
        warn(node, "a table of more than \(limits.cells) cells is left as text")
      }
      attach(.paragraph(frame.inlines), line: node.line)
    case "heading":
      attach(.heading(level: node.headingLevel, frame.inlines), line: node.line)
    case "block_quote":
      attach(quote(frame.blocks), line: node.line)
    case "list":
      attach(
        .list(start: node.listStart, isTight: node.isTight, items: frame.items), line: node.line)
    case "item": inParent { $0.items.append(ListItem(frame.blocks)) }
    case "tasklist":
      inParent { $0.items.append(ListItem(frame.blocks, isDone: node.isTicked)) }
    case "footnote_definition":
      // The parser numbers and sorts footnotes by their first reference.
      footnotes += 1
      attach(.footnote(label: "\(footnotes)", frame.blocks), line: node.line)
    case "table":
      let table = Table(
        alignments: node.alignments, header: frame.rows.first ?? [],
        rows: Array(frame.rows.dropFirst()))
      attach(.table(table), line: node.line)
    case "table_header", "table_row": inParent { $0.rows.append(frame.cells) }
    case "table_cell": inParent { $0.cells.append(frame.inlines) }
    default: attachInline(frame)
    }
  }

  private func quote(_ blocks: [Block]) -> Block {
    if blocks.opensWithQuestion { return .question(blocks) }
    guard let (callout, inside) = Callout.read(blocks) else { return .quote(blocks) }
    return .callout(callout, inside)
  }

  private mutating func attachInline(_ frame: Frame) {
    switch frame.type {
    case "emph": attach(.emphasis(frame.inlines))
    case "strong": attach(.strong(frame.inlines))
    case "strikethrough": attach(.strikethrough(frame.inlines))
    case "link":
      attach(.link(frame.inlines, destination: reference(frame.node)))
      attachTitle(of: frame.node)
    case "image":
      attach(.image(alt: frame.inlines.plainText, destination: reference(frame.node)))
      attachTitle(of: frame.node)
    default:
      // Keep the content of unknown containers.
      for inline in frame.inlines { attach(inline) }
      for block in frame.blocks { attach(block, line: frame.node.line) }
    }
  }

  /// Adds a link's title as text. A browser would show it as a tooltip.
  private mutating func attachTitle(of node: MarkdownNode) {
    let title = node.title
    guard !title.isEmpty else { return }
    attach(.text(" "))
    attach(.html("\"\(title)\""))
  }

  private mutating func reference(_ node: MarkdownNode) -> String {
    let destination = node.destination
    document.links.append(
      LinkReference(destination: destination, line: place.line, column: place.column))
    return destination
  }

  private mutating func attach(_ inline: Inline) {
    inParent { $0.inlines.append(merging: inline) }
  }

  private mutating func attach(_ block: Block, line: Int) {
    if frames.count == 1 {
      document.blocks.append((block, max(1, line)))
    } else {
      inParent { $0.blocks.append(block) }
    }
  }

  /// Changes the innermost open container.
  private mutating func inParent(_ change: (inout Frame) -> Void) {
    guard !frames.isEmpty else { return }
    change(&frames[frames.count - 1])
  }
}

extension [Block] {
  /// Whether the first words are "Before you run it", in bold.
  fileprivate var opensWithQuestion: Bool {
    guard case .paragraph(let inlines) = first, case .strong(let words) = inlines.first else {
      return false
    }
    return words.plainText.lowercased().hasPrefix("before you run")
  }
}

extension String {
  /// The text without the final newline that the parser adds to each block.
  fileprivate var droppingFinalNewline: String {
    guard utf8.last == UInt8(ascii: "\n") else { return self }
    return String(self[..<utf8.index(before: endIndex)])
  }
}
