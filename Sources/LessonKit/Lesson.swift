public import Catalog

/// One lesson: what a learner reads and runs, step by step.
public struct Lesson: Sendable, Identifiable {
  /// The number of the lesson: of its section in a document that has several, else the one in the
  /// file's name; nil where there is none.
  public let number: Int?
  /// The file's name without number and ending, such as `producer-consumer`; in a document of
  /// several lessons the title's words, with a number behind them where they occur again.
  public let id: String
  /// The heading that a learner sees over the lesson and in the list of lessons.
  public let title: String
  /// What stands between the title and the first step.
  public let introduction: [Block]
  /// The steps in order; a document without any is one step.
  public let steps: [Step]
  /// What the author should look at; nothing here keeps the lesson from being read.
  public let diagnostics: [Diagnostic]
  /// The document's name as it was given.
  public let file: String
  /// Every link and picture of the document, in order.
  public let links: [LinkReference]
}

/// One step of a lesson: a claim, and mostly something to run that shows it.
public struct Step: Sendable {
  /// The place in the lesson, from 1.
  public let number: Int
  /// The step's heading: the claim that it makes.
  public let title: String
  /// The title, with a number behind it where an earlier step of the lesson has the same.
  public let name: String
  /// What the learner reads in this step, from top to bottom.
  public let blocks: [Block]
  /// The line of the step's heading in the document, from 1.
  public let line: Int
  /// Everything the step offers to run, in order.
  public let runs: [RunBlock]

  init(number: Int, title: String, name: String, blocks: [Block], line: Int) {
    self.number = number
    self.title = title
    self.name = name
    self.blocks = blocks
    self.line = line
    runs = blocks.flatMap(\.runs)
  }

  /// What `r` runs: the first thing that can be run.
  public var run: RunRequest? { runs.lazy.compactMap(\.request).first }
}

/// Where a document points to something else.
public struct LinkReference: Sendable, Equatable {
  /// The address as the author wrote it: a file, a place in this document, or a page elsewhere.
  public let destination: String
  /// Line and column of the block that holds the link, both from 1.
  public let line: Int
  /// The byte in that line at which the block begins, from 1.
  public let column: Int
}

extension Block {
  /// Everything to run in this block and in those inside it.
  var runs: [RunBlock] {
    switch self {
    case .run(let run): [run]
    default: children.flatMap(\.runs)
    }
  }

  /// All code in this block and in those inside it.
  var codeBlocks: [CodeBlock] {
    switch self {
    case .code(let code): [code]
    default: children.flatMap(\.codeBlocks)
    }
  }

  /// The blocks directly inside this one.
  public var children: [Block] {
    switch self {
    case .quote(let blocks), .question(let blocks), .footnote(_, let blocks): blocks
    case .list(_, _, let items): items.flatMap(\.blocks)
    default: []
    }
  }
}
