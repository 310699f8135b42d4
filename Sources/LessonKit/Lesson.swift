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
  /// The steps in order; a document without any is one step.
  public let steps: [Step]
  /// The document's name as it was given.
  public let file: String
  /// What stands beside the steps.
  private let rest: Rest

  private enum Rest {
    case read(introduction: [Block], diagnostics: [Diagnostic], links: [LinkReference])
    case unread(introduction: Deferred<[Block]>, whole: Deferred<Lesson>)
  }

  init(
    number: Int?, id: String, title: String, introduction: [Block], steps: [Step],
    diagnostics: [Diagnostic], file: String, links: [LinkReference]
  ) {
    self.number = number
    self.id = id
    self.title = title
    self.steps = steps
    self.file = file
    rest = .read(introduction: introduction, diagnostics: diagnostics, links: links)
  }

  /// A lesson of which each part is parsed when it is looked at.
  /// - Parameters:
  ///   - outline: the lesson as its headings alone make it.
  ///   - steps: the blocks of each step.
  ///   - whole: the lesson as the whole document makes it, for who looks at more than its parts.
  init(
    outline: Lesson, introduction: Deferred<[Block]>, steps: [Deferred<StepContent>],
    whole: Deferred<Lesson>
  ) {
    number = outline.number
    id = outline.id
    title = outline.title
    self.steps = zip(outline.steps, steps).map { Step(outline: $0, content: $1) }
    file = outline.file
    rest = .unread(introduction: introduction, whole: whole)
  }

  /// What stands between the title and the first step.
  public var introduction: [Block] {
    switch rest {
    case .read(let introduction, _, _): introduction
    case .unread(let introduction, _): introduction.value
    }
  }

  /// What the author should look at; nothing here keeps the lesson from being read.
  public var diagnostics: [Diagnostic] {
    switch rest {
    case .read(_, let diagnostics, _): diagnostics
    case .unread(_, let whole): whole.value.diagnostics
    }
  }

  /// Every link and picture of the document, in order.
  public var links: [LinkReference] {
    switch rest {
    case .read(_, _, let links): links
    case .unread(_, let whole): whole.value.links
    }
  }
}

/// One step of a lesson: a claim, and mostly something to run that shows it.
public struct Step: Sendable {
  /// The place in the lesson, from 1.
  public let number: Int
  /// The step's heading: the claim that it makes.
  public let title: String
  /// The title, with a number behind it where an earlier step of the lesson has the same.
  public let name: String
  /// The line of the step's heading in the document, from 1.
  public let line: Int
  private let content: Content

  private enum Content {
    case read(StepContent)
    case unread(Deferred<StepContent>)
  }

  init(number: Int, title: String, name: String, blocks: [Block], line: Int) {
    self.number = number
    self.title = title
    self.name = name
    self.line = line
    content = .read(StepContent(blocks))
  }

  /// A step that is parsed when it is looked at.
  /// - Parameter outline: the step as its heading alone makes it.
  fileprivate init(outline: Step, content: Deferred<StepContent>) {
    number = outline.number
    title = outline.title
    name = outline.name
    line = outline.line
    self.content = .unread(content)
  }

  /// What the learner reads in this step, from top to bottom.
  public var blocks: [Block] { known.blocks }

  /// Everything the step offers to run, in order.
  public var runs: [RunBlock] { known.runs }

  private var known: StepContent {
    switch content {
    case .read(let content): content
    case .unread(let content): content.value
    }
  }

  /// What `r` runs: the first thing that can be run.
  public var run: RunRequest? { runs.lazy.compactMap(\.request).first }
}

/// What stands below a step's heading.
struct StepContent: Sendable {
  let blocks: [Block]
  let runs: [RunBlock]

  init(_ blocks: [Block]) {
    self.blocks = blocks
    runs = blocks.flatMap(\.runs)
  }
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
