import CMarkdown
import Synchronization

/// Owns the tree that cmark-gfm makes from a document.
struct MarkdownTree: ~Copyable {
  private let parser: OpaquePointer
  let root: OpaquePointer
  /// The number of lines before the source in its document.
  private let lineOffset: Int

  /// Only one document is parsed at a time, because cmark-gfm changes a global table of the
  /// characters that can start markup.
  private static let parserLock = Mutex(())

  /// Parses a document. Returns nil if memory runs out.
  init?(_ source: [UInt8], lineOffset: Int = 0) {
    self.lineOffset = lineOffset
    let parsed = Self.parserLock.withLock { _ in Self.parse(source) }
    guard let parsed else { return nil }
    (parser, root) = parsed
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

  /// Visits all nodes in document order. It visits containers on entry and on exit.
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

/// A node of a tree, valid only as long as its tree.
struct MarkdownNode: Equatable {
  let pointer: OpaquePointer
  let lineOffset: Int

  /// The name of the node's type. Names work for all types but footnotes, and the public headers
  /// have no constants for the types of extensions.
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
  /// The character and length of a code block's fence, or nil if it has none.
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

  /// The first number of a list, or nil for bullets.
  var listStart: Int? {
    guard cmark_node_get_list_type(pointer) == CMARK_ORDERED_LIST else { return nil }
    return Int(cmark_node_get_list_start(pointer))
  }

  /// The alignment of each column of a table.
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
