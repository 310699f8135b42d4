import CMarkdown
import Synchronization

/// Owner of a tree that cmark-gfm made from a document.
struct MarkdownTree: ~Copyable {
  private let parser: OpaquePointer
  let root: OpaquePointer
  /// How many lines of a document stand before the source, where that is a part of it.
  private let lineOffset: Int

  /// Parsing changes tables that all parsers of the process share (which characters may begin
  /// mark-up), so one document is parsed at a time.
  private static let gate = Mutex(())

  /// Parses a document; nil when memory runs out.
  init?(_ source: [UInt8], lineOffset: Int = 0) {
    self.lineOffset = lineOffset
    let made = Self.gate.withLock { _ in Self.parse(source) }
    guard let made else { return nil }
    (parser, root) = made
  }

  deinit {
    cmark_node_free(root)
    cmark_parser_free(parser)
  }

  private static func parse(_ source: [UInt8]) -> (OpaquePointer, OpaquePointer)? {
    cmark_gfm_core_extensions_ensure_registered()
    guard let parser = cmark_parser_new(CMARK_OPT_DEFAULT | CMARK_OPT_FOOTNOTES) else {
      return nil
    }
    for name in ["table", "strikethrough", "autolink", "tasklist"] {
      if let found = cmark_find_syntax_extension(name) {
        cmark_parser_attach_syntax_extension(parser, found)
      }
    }
    source.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { return }
      cmark_parser_feed(parser, start.assumingMemoryBound(to: CChar.self), bytes.count)
    }
    guard let root = cmark_parser_finish(parser) else {
      cmark_parser_free(parser)
      return nil
    }
    return (parser, root)
  }

  /// Visits every node in document order, containers on the way in and again on the way out.
  func forEach(_ visit: (_ node: MarkdownNode, _ isEntering: Bool) -> Void) {
    guard let iterator = cmark_iter_new(root) else { return }
    defer { cmark_iter_free(iterator) }
    while true {
      let event = cmark_iter_next(iterator)
      if event == CMARK_EVENT_DONE { return }
      guard let pointer = cmark_iter_get_node(iterator) else { return }
      visit(MarkdownNode(pointer: pointer, lineOffset: lineOffset), event == CMARK_EVENT_ENTER)
    }
  }
}

/// One node of a tree, valid only while its tree lives.
struct MarkdownNode: Equatable {
  let pointer: OpaquePointer
  let lineOffset: Int

  /// What kind of node this is. Extensions' kinds have no number in the public headers, and
  /// footnotes no name, so most kinds are told by their names and footnotes by their numbers.
  var type: String {
    switch cmark_node_get_type(pointer) {
    case CMARK_NODE_FOOTNOTE_DEFINITION: "footnote_definition"
    case CMARK_NODE_FOOTNOTE_REFERENCE: "footnote_reference"
    default: cmark_node_get_type_string(pointer).map { String(cString: $0) } ?? ""
    }
  }
  var literal: String { cmark_node_get_literal(pointer).map { String(cString: $0) } ?? "" }
  var destination: String { cmark_node_get_url(pointer).map { String(cString: $0) } ?? "" }
  var fenceInfo: String { cmark_node_get_fence_info(pointer).map { String(cString: $0) } ?? "" }
  /// The character of a block's fence and how often it stands there; nil where code has none.
  var fence: (mark: UInt8, count: Int)? {
    var (count, offset, mark) = (Int32(0), Int32(0), CChar(0))
    guard cmark_node_get_fenced(pointer, &count, &offset, &mark) != 0 else { return nil }
    return (UInt8(bitPattern: mark), Int(count))
  }
  var title: String { cmark_node_get_title(pointer).map { String(cString: $0) } ?? "" }
  var line: Int { Int(cmark_node_get_start_line(pointer)) + lineOffset }
  var lastLine: Int { Int(cmark_node_get_end_line(pointer)) + lineOffset }
  var column: Int { max(1, Int(cmark_node_get_start_column(pointer))) }
  var headingLevel: Int { Int(cmark_node_get_heading_level(pointer)) }
  var isTight: Bool { cmark_node_get_list_tight(pointer) != 0 }
  var isTicked: Bool { cmark_gfm_extensions_get_tasklist_item_checked(pointer) }

  /// A numbered list's first number; nil for bullets.
  var listStart: Int? {
    guard cmark_node_get_list_type(pointer) == CMARK_ORDERED_LIST else { return nil }
    return Int(cmark_node_get_list_start(pointer))
  }

  /// A table's alignments, one for each column.
  var alignments: [Table.Alignment?] {
    let count = Int(cmark_gfm_extensions_get_table_columns(pointer))
    guard let letters = cmark_gfm_extensions_get_table_alignments(pointer) else {
      return Array(repeating: nil, count: count)
    }
    return (0..<count).map { column in
      switch letters[column] {
      case UInt8(ascii: "l"): .left
      case UInt8(ascii: "c"): .center
      case UInt8(ascii: "r"): .right
      default: nil
      }
    }
  }
}
