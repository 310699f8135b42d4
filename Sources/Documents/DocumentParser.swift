public import Catalog
import Glibc
public import LessonKit

/// Turns a document's bytes into lessons. A text that cannot be parsed is shown as it is.
public struct DocumentParser: Sendable {
  private let loader: CourseLoader
  private let trial: ParseTrial
  private let limits: DocumentLimits

  /// The rough limit of a step in bytes, so that the screen can lay it out quickly. A longer step is
  /// shown as several.
  public static let page = 49_152
  /// The longest document, in bytes, that is parsed without a trial in a child process.
  public static let untried = DocumentLimits().bytes

  public init(
    catalog: DemoCatalog, limits: DocumentLimits = .opened, trial: ParseTrial = ParseTrial()
  ) {
    loader = Self.loader(catalog, limits)
    self.trial = trial
    self.limits = limits
  }

  /// The loader of every document that is opened or checked. The child process uses it too, so that
  /// both parses cost the same.
  public static func loader(_ catalog: DemoCatalog, _ limits: DocumentLimits) -> CourseLoader {
    let listings = BuiltInCourse.listings(of: catalog).sorted { $0.key < $1.key }.map(\.value)
    return CourseLoader(catalog: catalog, limits: limits, listings: listings)
  }

  /// The lessons of a document, at least one.
  /// - Throws: `DocumentError` if the bytes are not text.
  func lessons(
    name: String, bytes: consuming [UInt8], budget: ParseBudget, progress: ReadingProgress
  ) throws(DocumentError) -> [Lesson] {
    let decoded = try DecodedText(bytes, file: name)
    bytes = []
    let text = decoded.text
    var lessons = lessons(name: name, text: text, budget: budget, progress: progress)
    if let notice = Self.notice(of: decoded), let first = lessons.first {
      lessons[0] = first.with(notice: notice)
    }
    return lessons
  }

  private func lessons(
    name: String, text: String, budget: ParseBudget, progress: ReadingProgress
  ) -> [Lesson] {
    guard text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
      return [verbatim(name, text: "", "This document is empty.")]
    }
    let size = text.utf8.count
    guard size <= limits.bytes else {
      return [verbatim(name, text: text, tooLarge)]
    }
    guard !budget.isSpent else {
      return [
        verbatim(
          name, text: text,
          "These documents take too long to parse together, so this one is shown as plain text.")
      ]
    }
    let tooMuch = "This document would take too long to parse, so it is shown as plain text."
    if size > Self.untried, !trial.succeeds(name: name, text: text, progress: progress) {
      return [verbatim(name, text: text, tooMuch)]
    }
    do {
      return try loader.lessons(name: name, text: text).map { $0.paged(bytes: Self.page) }
    } catch {
      return [verbatim(name, text: text, tooMuch)]
    }
  }

  /// The bytes of a document that `beginning` takes. They are parsed without a trial.
  static let beginning = 32_768

  /// The first lesson of a document of which only the beginning is known.
  /// - Parameters:
  ///   - bytes: the beginning.
  ///   - size: the size of the whole document.
  /// - Throws: `DocumentError` if the bytes are not text.
  func beginning(name: String, bytes: [UInt8], size: Int) throws(DocumentError) -> Lesson {
    var head = bytes[...]
    if head.count < size {
      // After a line, or else after a word.
      let end = [0x0A, 0x20].lazy.compactMap { head.lastIndex(of: $0) }
        .first { $0 >= head.count / 2 }
      if let end { head = head[...end] }
    }
    let text = try DecodedText(Array(head), file: name).text
    var lesson: Lesson?
    if size <= limits.bytes { lesson = try loader.lessons(name: name, text: text).first }
    return (lesson ?? verbatim(name, text: text, tooLarge))
      .with(notice: "This is the beginning. The rest is still being read.")
  }

  /// The notice of a document that is too large to be parsed.
  private var tooLarge: String {
    "This document is larger than \(ByteCount.text(limits.bytes)), so it is shown as plain text."
  }

  private func verbatim(_ name: String, text: String, _ notice: String) -> Lesson {
    loader.verbatim(name: name, text: text, notice: notice).paged(bytes: Self.page)
  }

  private static func notice(of decoded: DecodedText) -> String? {
    if decoded.isRepaired {
      return "Some bytes here are not valid \(decoded.encoding.rawValue). "
        + "\u{FFFD} is shown in their place."
    }
    guard decoded.encoding == .windows1252 else { return nil }
    return "This document is not UTF-8. It is read as \(decoded.encoding.rawValue)."
  }
}
