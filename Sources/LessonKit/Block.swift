/// One block of a lesson, as a value that a view lays out and a test compares.
public enum Block: Sendable, Equatable {
  /// A heading within a step; levels run from 1 to 6.
  case heading(level: Int, [Inline])
  case paragraph([Inline])
  case code(CodeBlock)
  /// What the learner can run with one key.
  case run(RunBlock)
  /// A list; `start` is its first number, nil for bullets. A tight list has no blank lines inside.
  case list(start: Int?, isTight: Bool, items: [ListItem])
  case quote([Block])
  /// A quote that opens with "Before you run it" in bold: what to think about first.
  case question([Block])
  case table(Table)
  case rule
  /// What stands there for a machine and not for a reader: tags, the front matter, what each page
  /// of an exported document repeats. Shown quietly, as it was typed, and never interpreted.
  case html(String)
  /// What the reader should know about the document itself, such as a table left as text.
  case notice(String)
  /// A footnote's text, under the label that its references show.
  case footnote(label: String, [Block])
}

/// One item of a list.
public struct ListItem: Sendable, Equatable {
  /// What the item says, which may hold further lists.
  public let blocks: [Block]
  /// For a task: whether it is ticked; nil for an ordinary item.
  public let isDone: Bool?

  /// An item of a list; it is a task once `isDone` says whether it is ticked.
  public init(_ blocks: [Block], isDone: Bool? = nil) {
    self.blocks = blocks
    self.isDone = isDone
  }
}

/// A block of code to read.
public struct CodeBlock: Sendable, Equatable {
  /// The first word after the fence, such as `python`; nil where there is none.
  public let language: String?
  /// The second word after the fence: the listing that the code is a part of.
  public let listing: String?
  /// The code, without the line end after its last line.
  public let text: String
  /// The fence's line in the document, from 1; for indented code, the code's own first line.
  public let line: Int
  /// What stood between the code's lines where a page ended, in order.
  public let asides: [Aside]

  /// Words that are no part of the code they stand in: a page's header or footer.
  public struct Aside: Sendable, Equatable {
    /// The line of the code, from 0, before which it stood.
    public let line: Int
    /// The words as they stood there.
    public let text: String

    /// Words before a line of the code, counted from 0.
    public init(line: Int, text: String) {
      self.line = line
      self.text = text
    }
  }

  /// A block of code as it stands in a document; the line counts from 1.
  public init(
    language: String?, listing: String? = nil, text: String, line: Int, asides: [Aside] = []
  ) {
    self.language = language
    self.listing = listing
    self.text = text
    self.line = line
    self.asides = asides
  }
}

/// A table with as many columns in every row as in its header.
public struct Table: Sendable, Equatable {
  /// Where a column's text stands.
  public enum Alignment: Sendable, Equatable {
    case left, center, right
  }

  /// One for each column; nil where the author asked for none.
  public let alignments: [Alignment?]
  /// The headings of the columns, one cell of inline text for each.
  public let header: [[Inline]]
  /// The rows below the header, each with one cell of inline text for every column.
  public let rows: [[[Inline]]]

  /// A table whose rows have been made as wide as its header already.
  public init(alignments: [Alignment?], header: [[Inline]], rows: [[[Inline]]]) {
    self.alignments = alignments
    self.header = header
    self.rows = rows
  }
}
