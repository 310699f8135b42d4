public import Catalog

/// A lesson that a learner reads and runs step by step.
public struct Lesson: Sendable, Identifiable {
  /// The number from the heading, in a document with several lessons, or from the file name. Nil if
  /// there is none.
  public let number: Int?
  /// The file name without number and extension, such as `producer-consumer`. In a document with
  /// several lessons it is made from the title, with a number if the title occurs again.
  public let id: String
  /// The title above the lesson and in the list of lessons.
  public let title: String
  /// The steps in order. A document without headings is one step.
  public let steps: [Step]
  /// The name of the document, as given.
  public let file: String
  private let content: Content

  private enum Content {
    case parsed(introduction: [Block], diagnostics: [Diagnostic], links: [LinkReference])
    case deferred(introduction: Deferred<[Block]>, lesson: Deferred<Lesson>)
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
    content = .parsed(introduction: introduction, diagnostics: diagnostics, links: links)
  }

  /// Makes a lesson whose parts are parsed on first use.
  /// - Parameters:
  ///   - outline: The lesson, made from its headings only.
  ///   - steps: The content of each step.
  ///   - lesson: The lesson, parsed from the full document. It provides diagnostics and links.
  init(
    outline: Lesson, introduction: Deferred<[Block]>, steps: [Deferred<StepContent>],
    lesson: Deferred<Lesson>
  ) {
    number = outline.number
    id = outline.id
    title = outline.title
    self.steps = zip(outline.steps, steps).map { Step(outline: $0, content: $1) }
    file = outline.file
    content = .deferred(introduction: introduction, lesson: lesson)
  }

  /// The blocks between the title and the first step.
  public var introduction: [Block] {
    switch content {
    case .parsed(let introduction, _, _): introduction
    case .deferred(let introduction, _): introduction.value
    }
  }

  /// Problems for the author to look at. The lesson is readable in spite of them.
  public var diagnostics: [Diagnostic] {
    switch content {
    case .parsed(_, let diagnostics, _): diagnostics
    case .deferred(_, let lesson): lesson.value.diagnostics
    }
  }

  /// The links and images of the document, in order.
  public var links: [LinkReference] {
    switch content {
    case .parsed(_, _, let links): links
    case .deferred(_, let lesson): lesson.value.links
    }
  }
}

/// One step of a lesson: a claim, and usually a demo that shows it.
public struct Step: Sendable {
  /// The number of the step in the lesson, from 1.
  public let number: Int
  /// The heading of the step.
  public let title: String
  /// The title, with a number if an earlier step of the lesson has the same title.
  public let name: String
  /// The line of the heading in the document, from 1.
  public let line: Int
  private let content: Content

  private enum Content {
    case parsed(StepContent)
    case deferred(Deferred<StepContent>)
  }

  init(number: Int, title: String, name: String, blocks: [Block], line: Int) {
    self.number = number
    self.title = title
    self.name = name
    self.line = line
    content = .parsed(StepContent(blocks))
  }

  /// Makes a step that is parsed on first use.
  /// - Parameter outline: The step, made from its heading only.
  fileprivate init(outline: Step, content: Deferred<StepContent>) {
    number = outline.number
    title = outline.title
    name = outline.name
    line = outline.line
    self.content = .deferred(content)
  }

  /// The blocks of the step, from top to bottom.
  public var blocks: [Block] { parsed.blocks }

  /// The run blocks of the step, in order.
  public var runs: [RunBlock] { parsed.runs }

  private var parsed: StepContent {
    switch content {
    case .parsed(let content): content
    case .deferred(let content): content.value
    }
  }

  /// The first valid run of the step, which `r` starts.
  public var run: RunRequest? { runs.lazy.compactMap(\.request).first }
}

/// The content below the heading of a step.
struct StepContent: Sendable {
  let blocks: [Block]
  let runs: [RunBlock]

  init(_ blocks: [Block]) {
    self.blocks = blocks
    runs = blocks.flatMap(\.runs)
  }
}

/// A link or image in a document.
public struct LinkReference: Sendable, Equatable {
  /// The address as the author wrote it: a file, an anchor in this document, or a web page.
  public let destination: String
  /// The line of the block that contains the link, from 1.
  public let line: Int
  /// The column of that block in bytes, from 1.
  public let column: Int
}

extension Block {
  /// The run blocks in this block, at any depth.
  var runs: [RunBlock] {
    switch self {
    case .run(let run): [run]
    default: children.flatMap(\.runs)
    }
  }

  /// The code blocks in this block, at any depth.
  var codeBlocks: [CodeBlock] {
    switch self {
    case .code(let code): [code]
    default: children.flatMap(\.codeBlocks)
    }
  }

  /// The blocks directly inside this one.
  public var children: [Block] {
    switch self {
    case .quote(let blocks), .question(let blocks), .callout(_, let blocks),
      .footnote(_, let blocks):
      blocks
    case .list(_, _, let items): items.flatMap(\.blocks)
    default: []
    }
  }
}
