import Catalog

/// Builds the value tree from a parsed one, without recursion and no deeper than the limit.
struct TreeBuilder {
  /// What a document is made of, before it is divided into steps.
  struct Document {
    /// The blocks and the line on which each begins.
    var blocks: [(block: Block, line: Int)] = []
    var links: [LinkReference] = []
    var diagnostics: [Diagnostic] = []
    /// The lines of the source that each of them takes up.
    var covered: [ClosedRange<Int>] = []
  }

  /// A container whose inside is being collected.
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
  /// The container that lies too deep, and the text inside it so far.
  private var flattened: (node: MarkdownNode, text: String)?
  private var hasMentionedDepth = false
  private var footnotes = 0
  /// The block that holds the inlines which come next.
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
      // A footnote's mark is visited on the way out too, unlike every other leaf.
      if isEntering { attach(leaf) }
    } else if let leaf = blockLeaf(node, type: type) {
      attach(leaf, line: node.line)
    } else if !isEntering {
      close(node)
    } else if frames.count + Self.levels(of: type) > limits.nesting {
      flattened = (node, "")
      mentionDepth(node)
    } else {
      if !Self.inlineContainers.contains(type) { place = (max(1, node.line), node.column) }
      frames.append(Frame(node: node, type: type))
    }
  }

  private static let inlineContainers: Set = ["emph", "strong", "strikethrough", "link", "image"]

  /// How many levels a container takes up: a list with its items and what they hold takes three.
  private static func levels(of type: String) -> Int {
    switch type {
    case "list", "table": 3
    // One more for the paragraph that stands for what lies too deep inside.
    case "block_quote", "footnote_definition": 2
    // Room for these was made when their list or table was entered.
    case "item", "tasklist", "table_header", "table_row", "table_cell": 0
    default: 1
    }
  }

  // MARK: What lies too deep

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

  private mutating func mentionDepth(_ node: MarkdownNode) {
    guard !hasMentionedDepth else { return }
    hasMentionedDepth = true
    document.diagnostics.append(
      Diagnostic(
        file: file, line: max(1, node.line), column: node.column,
        message: "nested deeper than \(limits.nesting) levels; what is deeper is shown as text"))
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
    case "html_block": return .html(node.literal.droppingLastLineEnd)
    case "code_block": return code(node)
    default: return nil
    }
  }

  /// What a fence says beside its language and its listing, such as a title, is kept beside the code.
  private static func asides(of info: [String]) -> [CodeBlock.Aside] {
    let words = info.dropFirst(info.count > 1 && info[1].hasSuffix(".py") ? 2 : 1)
    return words.isEmpty ? [] : [CodeBlock.Aside(line: 0, text: words.joined(separator: " "))]
  }

  private mutating func code(_ node: MarkdownNode) -> Block {
    var text = node.literal.droppingLastLineEnd
    var fenceInfo = node.fenceInfo
    if !fenceInfo.isEmpty, let (info, rest) = pageEnd(behindFenceOn: node.line) {
      fenceInfo = info
      text = rest + "\n" + text
    }
    let info = fenceInfo.split { $0 == " " || $0 == "\t" }.map(String.init)
    let block = CodeBlock(
      language: info.first, listing: info.count > 1 ? info[1] : nil, text: text, line: node.line,
      asides: Self.asides(of: info))
    if let fence = node.fence,
      node.lastLine == node.line || !source.closes(fence, at: node.lastLine)
    {
      warn(node, "this fence is never closed, so all that follows is code")
    }
    guard info.first == RunBlock.language else { return .code(block) }
    let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
    let filled = lines.indices.filter { !lines[$0].allSatisfy(\.isWhitespace) }
    guard info.count == 1, filled.count == 1, let words = RunBlock.words(in: lines[filled[0]])
    else {
      warn(
        node,
        "a lockstep block holds one line, run DEMO [name=value]… [--engine NAME]; "
          + "this one is shown as text", .error)
      return .code(block)
    }
    let line = node.line + 1 + (filled.first ?? 0)
    let run = RunBlock(words: words, line: line, in: catalog)
    if case .failure(let error) = run.outcome {
      let column = source.column(of: error, in: run) ?? node.column
      document.diagnostics.append(
        Diagnostic(file: file, line: line, column: column, severity: .error, message: "\(error)"))
    }
    return .run(run)
  }

  /// What stands behind a fence before and after the page's end there, which ends the line too:
  /// the rest is of the code. Nil where no page ends there.
  private func pageEnd(behindFenceOn line: Int) -> (info: String, rest: String)? {
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
    guard let frame = frames.popLast() else { return }
    switch frame.type {
    case "document": break
    case "paragraph":
      if (node.line...max(node.line, node.lastLine)).contains(where: refusedTables.contains) {
        let notice = "This table would grow too large, so it is left as text."
        attach(.notice(notice), line: node.line)
        warn(node, "a table of more than \(limits.cells) cells is left as text")
      }
      attach(.paragraph(frame.inlines), line: node.line)
    case "heading":
      attach(.heading(level: node.headingLevel, frame.inlines), line: node.line)
    case "block_quote":
      attach(
        frame.blocks.opensWithQuestion ? .question(frame.blocks) : .quote(frame.blocks),
        line: node.line)
    case "list":
      attach(
        .list(start: node.listStart, isTight: node.isTight, items: frame.items), line: node.line)
    case "item": inParent { $0.items.append(ListItem(frame.blocks)) }
    case "tasklist":
      inParent { $0.items.append(ListItem(frame.blocks, isDone: node.isTicked)) }
    case "footnote_definition":
      // The parser numbers footnotes by their first mention, and puts them in that order.
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
      // A kind that this builder does not know: its inside is kept, whatever it is.
      for inline in frame.inlines { attach(inline) }
      for block in frame.blocks { attach(block, line: frame.node.line) }
    }
  }

  /// What a browser shows where the pointer rests on a link, which a terminal can only say.
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

  /// Changes the container that is open; the document itself is, until it ends.
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
  /// The text without one line end at its end, with which the parser closes every block.
  fileprivate var droppingLastLineEnd: String {
    guard utf8.last == UInt8(ascii: "\n") else { return self }
    return String(self[..<utf8.index(before: endIndex)])
  }
}
