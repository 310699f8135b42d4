/// Moves the footnotes of a document from its end to the sections that call them.
///
/// A short footnote is repeated in each section, because a reader sees only one step at a time.
struct Footnotes {
  typealias Entry = (block: Block, line: Int)

  /// All blocks but the footnotes.
  let others: [Entry]
  private var notes: [String: Entry] = [:]
  private var order: [String] = []
  /// The labels in the current section.
  private var called: Set<String> = []
  private var placed: Set<String> = []
  /// The bytes that repeated footnotes may still have.
  private var copies = 65_536

  /// The largest footnote that is repeated, in bytes.
  private static let brief = 1_000

  init(_ blocks: [Entry]) {
    var others: [Entry] = []
    for entry in blocks {
      if case .footnote(let label, _) = entry.block, notes[label] == nil {
        notes[label] = entry
        order.append(label)
      } else {
        others.append(entry)
      }
    }
    self.others = others
  }

  /// Reads the calls of a block in the current section.
  mutating func read(_ block: Block) {
    if !notes.isEmpty { block.addLabels(to: &called) }
  }

  /// Returns the footnotes of the current section and begins another.
  mutating func take() -> [DocumentPiece] {
    guard !called.isEmpty else { return [] }
    var open = called
    while let label = open.popFirst() {
      var more: Set<String> = []
      notes[label]?.block.addLabels(to: &more)
      open.formUnion(more.subtracting(called))
      called.formUnion(more)
    }
    defer { called = [] }
    return order.filter(called.contains).compactMap { place($0) }
  }

  /// The footnotes that no section calls.
  var rest: [DocumentPiece] {
    order.filter { !placed.contains($0) }.compactMap { label in
      notes[label].map { .block($0.block, line: $0.line) }
    }
  }

  private mutating func place(_ label: String) -> DocumentPiece? {
    guard let note = notes[label] else { return nil }
    if !placed.insert(label).inserted {
      let bytes = note.block.textBytes
      guard bytes <= Self.brief, bytes <= copies else { return nil }
      copies -= bytes
    }
    return .block(note.block, line: note.line)
  }
}

extension Block {
  /// Adds the labels of all calls of footnotes.
  fileprivate func addLabels(to labels: inout Set<String>) {
    switch self {
    case .heading(_, let text), .paragraph(let text): text.addLabels(to: &labels)
    case .table(let table):
      for cell in table.header { cell.addLabels(to: &labels) }
      for row in table.rows {
        for cell in row { cell.addLabels(to: &labels) }
      }
    case .callout(let callout, _): callout.title.addLabels(to: &labels)
    default: break
    }
    for child in children { child.addLabels(to: &labels) }
  }

  /// The bytes of the text at any depth.
  fileprivate var textBytes: Int {
    let own =
      switch self {
      case .heading(_, let text), .paragraph(let text): text.plainText.utf8.count
      case .code(let code): code.text.utf8.count
      case .html(let text), .notice(let text): text.utf8.count
      case .table(let table):
        (table.header + table.rows.joined()).reduce(0) { $0 + $1.plainText.utf8.count }
      default: 0
      }
    return 16 + own + children.reduce(0) { $0 + $1.textBytes }
  }
}

extension [Inline] {
  fileprivate func addLabels(to labels: inout Set<String>) {
    for piece in self {
      switch piece {
      case .footnoteReference(let label): labels.insert(label)
      case .emphasis(let inner), .strong(let inner), .strikethrough(let inner),
        .subscript(let inner), .superscript(let inner), .link(let inner, _):
        inner.addLabels(to: &labels)
      default: break
      }
    }
  }
}
