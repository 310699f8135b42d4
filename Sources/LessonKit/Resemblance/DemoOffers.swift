internal import Catalog

/// Adds offers to run demos: after code that resembles a demo's listing, and in a document about
/// concurrency after text about what a demo shows. A step offers each demo at most once.
struct DemoOffers {
  private let resemblance: DemoResemblance
  private let catalog: DemoCatalog
  /// The demos that the current step already offers or runs.
  private var known: Set<String> = []
  /// The demos that the current lesson offers for its terms.
  private var mentioned: Set<String> = []
  /// The last title that is not a numbered point, such as "For Processes".
  private var group = ""

  /// A block and its line.
  private typealias Entry = (block: Block, line: Int)

  init(_ resemblance: DemoResemblance, catalog: DemoCatalog) {
    self.resemblance = resemblance
    self.catalog = catalog
  }

  /// The pieces of a document with the offers added.
  mutating func adding(to pieces: [DocumentPiece]) -> [DocumentPiece] {
    // An author who chose runs needs no others.
    let offersTerms =
      pieces.allSatisfy { $0.runs.isEmpty } && TermIndex.isAboutConcurrency(pieces)
    var result: [DocumentPiece] = []
    for step in pieces.steps {
      // Do not offer a demo that the author runs further down.
      known = Set(step.flatMap(\.runs).compactMap { $0.request?.demo.id })
      let heading = step.first?.title
      if case .lesson = step.first { mentioned = [] }
      var entries: [Entry] = []
      for piece in step {
        guard case .block(let block, let line) = piece else {
          result.append(piece)
          continue
        }
        entries += adding(to: [block]).map { ($0, line) }
      }
      if offersTerms { entries = addingTerms(to: entries, title: heading ?? "") }
      result += entries.map { .block($0.block, line: $0.line) }
    }
    return result
  }

  // MARK: Code

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
    return RunBlock(words: [demo], line: code.line, in: catalog, offer: .resembles)
  }

  // MARK: Terms

  /// The most offers for the terms of one title.
  private static let maximumOffers = 3

  /// Adds offers for the terms in the title of a step, in the headings inside it and in the points of
  /// its lists. If there are none, adds one for the text.
  private mutating func addingTerms(to entries: [Entry], title: String) -> [Entry] {
    if Int(title.prefix { $0.isNumber }) == nil { group = title }
    let text = entries.map(\.block.prose).joined(separator: " ")
    var result: [Entry] = []
    var title = title
    var unit: [Entry] = []
    func close(_ offers: inout DemoOffers) {
      result += offers.adding(unit, title: title, text: text)
    }
    for entry in entries {
      if let next = entry.block.innerTitle {
        // A title directly above another shares the text below both.
        if unit.isEmpty {
          title += ". " + next
        } else {
          close(&self)
          title = next
        }
        unit = [entry]
      } else {
        unit.append((addingToPoints(of: entry.block, line: entry.line, text), entry.line))
      }
    }
    close(&self)
    if !result.contains(where: { !$0.block.runs.isEmpty }) {
      addBest(to: &result, Self.minimumWeight(of: text))
    }
    return result
  }

  /// Adds the offers for a title after the first text below it, and after code that follows the text.
  private mutating func adding(_ unit: [Entry], title: String, text: String) -> [Entry] {
    // Without text there is no place for an offer.
    guard let line = unit.first?.line else { return [] }
    let offers = offers(for: title, text: text, line: line)
    guard !offers.isEmpty else { return unit }
    let first = unit.firstIndex { entry in
      // A lone point may have text of its own beside its title.
      entry.block.prose.utf8.count > (entry.block.innerTitle?.utf8.count ?? 0) + 20
    }
    return Self.inserting(offers, after: first ?? unit.count - 1, in: unit)
  }

  /// Inserts offers after a block, and after code and offers that directly follow it.
  private static func inserting(
    _ offers: [RunBlock], after index: Int, in entries: [Entry]
  ) -> [Entry] {
    var end = index + 1
    while end < entries.count, entries[end].block.isCodeOrRun { end += 1 }
    let new: [Entry] = offers.map { (.run($0), $0.line) }
    return entries[..<end] + new + entries[end...]
  }

  /// Adds offers to the items of a list that begin with a bold term.
  private mutating func addingToPoints(of block: Block, line: Int, _ text: String) -> Block {
    guard case .list(let start, let isTight, let items) = block else { return block }
    let offered = items.map { item -> ListItem in
      guard let term = item.boldTerm else { return item }
      let offers = offers(for: term, text: text, line: line)
      return ListItem(item.blocks + offers.map { .run($0) }, isDone: item.isDone)
    }
    return .list(start: start, isTight: isTight, items: offered)
  }

  private mutating func offers(for title: String, text: String, line: Int) -> [RunBlock] {
    var offers: [RunBlock] = []
    for match in TermIndex.ofDemos.matches(in: title) where offers.count < Self.maximumOffers {
      var demo = match.demo
      if let other = match.betweenProcesses, isAboutProcesses(title, text) { demo = other }
      if let offer = offer(forTerm: demo, line: line) { offers.append(offer) }
    }
    return offers
  }

  private mutating func offer(forTerm demo: String, line: Int) -> RunBlock? {
    guard (try? catalog.demo(demo)) != nil, known.insert(demo).inserted else { return nil }
    mentioned.insert(demo)
    return RunBlock(words: [demo], line: line, in: catalog, offer: .mentions)
  }

  private func isAboutProcesses(_ title: String, _ text: String) -> Bool {
    for part in [title, group, text] {
      let (threads, processes) = TermIndex.threadsAndProcesses(in: part)
      if threads != processes { return processes > threads }
    }
    return false
  }

  /// The least weight of a demo's terms in a text, as the sum of the squares of their lengths in
  /// words. A long text must use them more often.
  private static func minimumWeight(of text: String) -> Int { 4 + text.utf8.count / 400 }

  /// Adds an offer for the demo whose terms weigh most in the text, if they weigh enough.
  private mutating func addBest(to entries: inout [Entry], _ minimumWeight: Int) {
    var weights: [(demo: String, weight: Int, index: Int)] = []
    for (index, entry) in entries.enumerated() {
      for match in TermIndex.ofDemos.matches(in: entry.block.prose) {
        let weight = match.length * match.length
        if let place = weights.firstIndex(where: { $0.demo == match.demo }) {
          weights[place].weight += weight
        } else {
          weights.append((match.demo, weight, index))
        }
      }
    }
    weights = weights.filter { $0.weight >= minimumWeight && !mentioned.contains($0.demo) }
    guard let most = weights.map(\.weight).max(),
      let best = weights.first(where: { $0.weight == most }),
      let offer = offer(forTerm: best.demo, line: entries[best.index].line)
    else { return }
    entries = Self.inserting([offer], after: best.index, in: entries)
  }
}

extension TermIndex {
  /// The least number of words about concurrency in a document about it.
  private static let minimumWords = 3

  /// Whether a document is about concurrency, so that "queue" and "lock" mean what they mean there.
  static func isAboutConcurrency(_ pieces: [DocumentPiece]) -> Bool {
    var count = 0
    for piece in pieces {
      let text = if case .block(let block, _) = piece { block.prose } else { piece.title ?? "" }
      for letters in ["thread", "multiprocess", "concurren", "mutex"] as [StaticString] {
        count += self.count(of: letters, in: text)
      }
      if count >= minimumWords { return true }
    }
    return false
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

  fileprivate var title: String? {
    switch self {
    case .lesson(let title, _, _), .step(let title, _): title
    case .block: nil
    }
  }
}

extension Block {
  /// The words of a block, without code.
  fileprivate var prose: String {
    switch self {
    case .heading(_, let text), .paragraph(let text): text.plainText
    case .list, .quote, .question, .callout: children.map(\.prose).joined(separator: " ")
    case .table(let table):
      ([table.header] + table.rows).joined().map(\.plainText).joined(separator: " ")
    case .code, .run, .rule, .html, .notice, .footnote: ""
    }
  }

  /// The title that the block gives to the blocks below it: an inner heading, or a lone numbered line.
  fileprivate var innerTitle: String? {
    switch self {
    case .heading(_, let text): text.plainText
    case .list(.some, _, let items) where items.count == 1:
      if let term = items[0].boldTerm {
        term
      } else if items[0].blocks.count == 1, prose.utf8.count <= 80 {
        prose
      } else {
        nil
      }
    default: nil
    }
  }

  fileprivate var isCodeOrRun: Bool {
    switch self {
    case .code, .run: true
    default: false
    }
  }
}

extension ListItem {
  /// The bold words that the item begins with, or nil.
  fileprivate var boldTerm: String? {
    guard case .paragraph(let inlines) = blocks.first, case .strong(let words) = inlines.first
    else { return nil }
    return words.plainText
  }
}
