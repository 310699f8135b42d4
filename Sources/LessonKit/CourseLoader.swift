public import Catalog

/// Reads documents as lessons. Reading never executes anything.
public struct CourseLoader: Sendable {
  let catalog: DemoCatalog
  let limits: DocumentLimits
  let resemblance: DemoResemblance

  /// Makes a loader.
  /// - Parameters:
  ///   - catalog: The demos that run blocks may start.
  ///   - limits: The limits for a document.
  ///   - listings: The listings of the demos. A step with code that resembles a listing, or with the
  ///     terms of a demo, offers the demo. Without listings there are no offers.
  public init(
    catalog: DemoCatalog, limits: DocumentLimits = DocumentLimits(), listings: [Listing] = []
  ) {
    self.catalog = catalog
    self.limits = limits
    resemblance = DemoResemblance(catalog: catalog, listings: listings)
  }

  /// Reads documents as one course.
  /// - Throws: `DocumentError` for the first document that is too large.
  public func course(
    of documents: [(name: String, text: String)]
  ) throws(DocumentError) -> Course {
    var lessons: [Lesson] = []
    for document in documents {
      lessons.append(try lesson(name: document.name, text: document.text))
    }
    return Course(lessons: lessons)
  }

  /// Reads a document that was written as a lesson. `04-producer-consumer.md` is lesson 4. Its first
  /// `#` heading is the title, and each further `#` or `##` heading begins a step. Without headings
  /// the document is one step.
  /// - Throws: `DocumentError` if it is too large.
  public func lesson(name: String, text: String) throws(DocumentError) -> Lesson {
    try checkSize(name: name, text: text)
    let document = try MarkdownDocument(name: name, text: text, loader: self)
    return document.divider(isSingle: true).lesson(document.pieces(isSingle: true))
  }

  /// Reads any document without loss: Markdown, another markup language or plain text. It adds offers
  /// to run demos after code that resembles a demo's listing, and after text with a demo's terms.
  ///
  /// In a Markdown document with several headings of the highest level, each of them begins a lesson.
  /// Other Markdown documents are one lesson, as with `lesson(name:text:)`. In plain text, and in
  /// Markdown without headings of the two highest levels, numbered sections are lessons and their
  /// subsections are steps.
  /// - Throws: `DocumentError` if it is too large.
  public func lessons(name: String, text: String) throws(DocumentError) -> [Lesson] {
    try checkSize(name: name, text: text)
    let text = text.first == "\u{FEFF}" ? String(text.dropFirst()) : text
    if let lessons = try markupLessons(name: name, text: text) { return lessons }
    switch DocumentFormat(name: name, text: text) {
    case .markdown:
      let lines = MarkdownFigures.kept(in: ExportedMarkdown(text).lines)
      let document = try MarkdownDocument(
        name: name, text: lines.joined(separator: "\n"), loader: self)
      if !document.hasTopHeadings, let divided = try divided(name: name, document) {
        // Lower headings divide the document themselves, unless it has numbered sections.
        if !document.hasHeadings || divided.count > 1 { return divided }
      }
      return document.divider(isSingle: false).lessons(offers(document.pieces(isSingle: false)))
    case .plain:
      let document = PlainDocument(text)
      let divider = LessonDivider(name: FileName(name), title: document.title, showsTitle: true)
      return divider.lessons(
        offers(LessonDivider.withoutFinalRules(document.pieces)))
    }
  }

  func checkSize(name: String, text: String) throws(DocumentError) {
    let bytes = text.utf8.count
    guard bytes <= limits.bytes else {
      throw .tooLarge(file: name, bytes: bytes, limit: limits.bytes)
    }
  }

  func offers(_ pieces: [DocumentPiece]) -> [DocumentPiece] {
    guard !resemblance.isEmpty else { return pieces }
    var offers = DemoOffers(resemblance, catalog: catalog)
    return offers.adding(to: pieces)
  }
}
