internal import Catalog

/// Adds an offer after code that resembles a demo's listing. A step offers each demo at most once.
struct DemoOffers {
  private let resemblance: DemoResemblance
  private let catalog: DemoCatalog
  /// The demos that the current step already offers or runs.
  private var known: Set<String> = []

  init(_ resemblance: DemoResemblance, catalog: DemoCatalog) {
    self.resemblance = resemblance
    self.catalog = catalog
  }

  /// The pieces of a document with the offers added.
  mutating func adding(to pieces: [DocumentPiece]) -> [DocumentPiece] {
    var result: [DocumentPiece] = []
    for step in pieces.steps {
      // Do not offer a demo that the author runs further down.
      known = Set(step.flatMap(\.runs).compactMap { $0.request?.demo.id })
      for piece in step {
        guard case .block(let block, let line) = piece else {
          result.append(piece)
          continue
        }
        result += adding(to: [block]).map { .block($0, line: line) }
      }
    }
    return result
  }

  private mutating func adding(to blocks: [Block]) -> [Block] {
    var result: [Block] = []
    for block in blocks {
      switch block {
      case .code(let code):
        result.append(block)
        if let offer = offer(for: code) { result.append(.run(offer)) }
      case .quote(let inside): result.append(.quote(adding(to: inside)))
      case .question(let inside): result.append(.question(adding(to: inside)))
      case .callout(let callout, let inside):
        result.append(.callout(callout, adding(to: inside)))
      case .footnote(let label, let inside):
        result.append(.footnote(label: label, adding(to: inside)))
      case .list(let start, let isTight, let items):
        let items = items.map { ListItem(adding(to: $0.blocks), isDone: $0.isDone) }
        result.append(.list(start: start, isTight: isTight, items: items))
      case .heading, .paragraph, .run, .table, .rule, .html, .notice: result.append(block)
      }
    }
    return result
  }

  private mutating func offer(for code: CodeBlock) -> RunBlock? {
    guard let demo = resemblance.demo(for: code), known.insert(demo).inserted else { return nil }
    return RunBlock(words: [demo], line: code.line, in: catalog, isOffered: true)
  }
}

extension [DocumentPiece] {
  /// The pieces grouped by step. The first group is the content before the first step.
  fileprivate var steps: [[DocumentPiece]] {
    var steps: [[DocumentPiece]] = [[]]
    for piece in self {
      if case .block = piece {
        steps[steps.count - 1].append(piece)
      } else {
        steps.append([piece])
      }
    }
    return steps
  }
}

extension DocumentPiece {
  fileprivate var runs: [RunBlock] {
    if case .block(let block, _) = self { block.runs } else { [] }
  }
}
