public import Catalog

/// Makes lessons out of documents; reading one never executes anything.
public struct CourseLoader: Sendable {
  let catalog: DemoCatalog
  let limits: DocumentLimits
  let resemblance: DemoResemblance

  /// - Parameters:
  ///   - catalog: what the documents' run blocks may ask for.
  ///   - limits: how much of a document is taken.
  ///   - listings: the demos' listings; where code in a document resembles one of them, its step
  ///     offers the demo. None, and nothing is offered.
  public init(
    catalog: DemoCatalog, limits: DocumentLimits = DocumentLimits(), listings: [Listing] = []
  ) {
    self.catalog = catalog
    self.limits = limits
    resemblance = DemoResemblance(catalog: catalog, listings: listings)
  }

  /// Reads all documents as one course.
  /// - Throws: `DocumentError` for the first document that is too large to read.
  public func course(
    of documents: [(name: String, text: String)]
  ) throws(DocumentError) -> Course {
    var lessons: [Lesson] = []
    for document in documents {
      lessons.append(try lesson(name: document.name, text: document.text))
    }
    return Course(lessons: lessons)
  }

  /// Reads one document that was written as a lesson: `04-producer-consumer.md` is lesson 4, its
  /// first `#` heading the title; every further `#` or `##` heading begins a step. Without any, the
  /// whole is one step.
  /// - Throws: `DocumentError` when it is too large to read.
  public func lesson(name: String, text: String) throws(DocumentError) -> Lesson {
    try admit(name: name, text: text)
    let document = try MarkdownDocument(name: name, text: text, loader: self)
    return document.divider(isSingle: true).lesson(document.pieces(isSingle: true))
  }

  /// Reads any document, Markdown or plain text; nothing of it is dropped, and code that resembles
  /// a demo's listing is followed by an offer to run the demo.
  ///
  /// A Markdown document with several `#` headings is a lesson for each of them, any other one
  /// lesson as `lesson(name:text:)` reads it. In plain text, and in Markdown without headings,
  /// numbered sections are lessons and what divides them steps.
  /// - Throws: `DocumentError` when it is too large to read.
  public func lessons(name: String, text: String) throws(DocumentError) -> [Lesson] {
    try admit(name: name, text: text)
    let text = text.first == "\u{FEFF}" ? String(text.dropFirst()) : text
    switch DocumentFormat(name: name, text: text) {
    case .markdown:
      let document = try MarkdownDocument(name: name, text: text, loader: self)
      if document.hasHeadings {
        return document.divider(isSingle: false).lessons(offers(document.pieces(isSingle: false)))
      }
      if let divided = try divided(name: name, text: text, document) { return divided }
      return document.divider(isSingle: false).lessons(offers(document.pieces(isSingle: false)))
    case .plain:
      let document = PlainDocument(text)
      let divider = LessonDivider(name: FileName(name), title: document.title, showsTitle: true)
      return divider.lessons(offers(document.pieces))
    }
  }

  func admit(name: String, text: String) throws(DocumentError) {
    let bytes = text.utf8.count
    guard bytes <= limits.bytes else {
      throw .tooLarge(file: name, bytes: bytes, limit: limits.bytes)
    }
  }

  /// Markdown without headings, divided where plain text would be; nil where it would not.
  private func divided(
    name: String, text: String, _ whole: MarkdownDocument
  ) throws(DocumentError) -> [Lesson]? {
    let body = whole.body
    guard let parts = PlainDocument.division(of: body) else { return nil }
    let lines = PlainPages.split(body)
    var divider = whole.divider(isSingle: false)
    divider.diagnostics = []
    divider.links = []
    var pieces: [DocumentPiece] = []
    if let front = whole.frontMatterBlock { pieces.append(.block(front, line: 1)) }
    for part in parts {
      if let piece = part.piece { pieces.append(piece) }
      let first = part.lines.lowerBound - 1
      guard first < lines.count, !part.lines.isEmpty else { continue }
      let inside = lines[first..<min(lines.count, part.lines.upperBound - 1)]
      let document = try MarkdownDocument(
        name: name, text: inside.joined(separator: "\n"), firstLine: first + 1, loader: self)
      pieces += document.blocks.map { .block($0.block, line: $0.line) }
      divider.diagnostics += document.diagnostics
      divider.links += document.links
    }
    return divider.lessons(offers(pieces))
  }

  private func offers(_ pieces: [DocumentPiece]) -> [DocumentPiece] {
    guard !resemblance.isEmpty else { return pieces }
    var offers = DemoOffers(resemblance, catalog: catalog)
    return offers.adding(to: pieces)
  }
}
