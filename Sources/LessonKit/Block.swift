/// One block of a lesson.
public enum Block: Sendable, Equatable {
  /// A heading within a step, with a level from 1 to 6.
  case heading(level: Int, [Inline])
  case paragraph([Inline])
  case code(CodeBlock)
  /// A demo that the learner can run with one key.
  case run(RunBlock)
  /// A list. `start` is its first number, or nil for bullets. A tight list has no blank lines.
  case list(start: Int?, isTight: Bool, items: [ListItem])
  case quote([Block])
  /// A quote that begins with "Before you run it" in bold: a question to think about first.
  case question([Block])
  /// A part that is set off from the rest, such as a warning.
  case callout(Callout, [Block])
  case table(Table)
  case rule
  /// Text for machines and not for readers: tags, front matter, or headers and footers that an
  /// exported document repeats on each page. It is shown muted and verbatim, never interpreted.
  case html(String)
  /// A message about the document itself, for example that a table is left as text.
  case notice(String)
  /// A footnote, with the label that its references show.
  case footnote(label: String, [Block])
}

/// One item of a list.
public struct ListItem: Sendable, Equatable {
  /// The content, which may contain further lists.
  public let blocks: [Block]
  /// Whether a task is ticked, or nil for an ordinary item.
  public let isDone: Bool?

  /// Makes an item. It is a task if `isDone` is not nil.
  public init(_ blocks: [Block], isDone: Bool? = nil) {
    self.blocks = blocks
    self.isDone = isDone
  }
}

/// A block of code.
public struct CodeBlock: Sendable, Equatable {
  /// The first word after the fence, such as `python`, or nil.
  public let language: String?
  /// The second word after the fence: the listing that contains the code.
  public let listing: String?
  /// The code, without the newline after its last line.
  public let text: String
  /// The line of the fence in the document, from 1. For indented code it is the first line of code.
  public let line: Int
  /// Text between the lines of code that is not code, in order.
  public let asides: [Aside]

  /// Text inside a block that is not part of the code, such as a page header or footer.
  public struct Aside: Sendable, Equatable {
    /// The line of code that follows the aside, from 0.
    public let line: Int
    /// The text of the aside.
    public let text: String

    /// Makes an aside before a line of code, counted from 0.
    public init(line: Int, text: String) {
      self.line = line
      self.text = text
    }
  }

  /// Makes a block of code. The line counts from 1.
  public init(
    language: String?, listing: String? = nil, text: String, line: Int, asides: [Aside] = []
  ) {
    self.language = language
    self.listing = listing
    self.text = text
    self.line = line
    self.asides = asides
  }

  /// Whether the code is Python, by the word after the fence.
  public var isPython: Bool { language.map(Self.isPython) ?? false }

  /// Whether the word after a fence names Python.
  public static func isPython(_ language: String) -> Bool {
    ["python", "py", "python3", "py3", "ipython", "ipython3"].contains(language.lowercased())
  }
}

/// A table with as many columns in every row as in its header.
public struct Table: Sendable, Equatable {
  /// The alignment of a column.
  public enum Alignment: Sendable, Equatable {
    case left, center, right
  }

  /// The alignment of each column, or nil if the author did not set one.
  public let alignments: [Alignment?]
  /// The cells of the header.
  public let header: [[Inline]]
  /// The cells of each row below the header.
  public let rows: [[[Inline]]]

  /// Makes a table. All rows must have as many cells as the header.
  public init(alignments: [Alignment?], header: [[Inline]], rows: [[[Inline]]]) {
    self.alignments = alignments
    self.header = header
    self.rows = rows
  }
}
