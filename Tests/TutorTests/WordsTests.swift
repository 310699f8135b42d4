internal import Catalog
internal import LessonKit
internal import Screen
internal import TestDocuments
internal import Testing

@testable import LessonViews
@testable import Tutor

@Suite("No word of a document is lost on the screen")
struct WordsTests {
  static let catalog = DemoCatalog(cores: 2)

  /// The lessons' titles and all lines of all steps of a document.
  static func lines(
    _ text: String, name: String, width: Int
  ) throws -> (titles: [String], lines: [StyledText]) {
    let course = try course(text, name: name)
    return (course.lessons.map(\.title), lines(of: course, width: width))
  }

  private static func course(_ text: String, name: String) throws -> Course {
    var limits = DocumentLimits()
    limits.bytes = 10_000_000
    return Course(
      lessons: try CourseLoader(catalog: catalog, limits: limits).lessons(name: name, text: text))
  }

  private static func lines(of course: Course, width: Int) -> [StyledText] {
    course.lessons.enumerated().flatMap { index, lesson in
      lesson.steps.indices.flatMap { step in
        let model = Model(
          course: course, listings: [:], catalog: catalog, size: Size(columns: width, rows: 40),
          start: (index, step))
        var layout = BlockLayout(model.page)
        return layout.lines(width: width).map(\.text)
      }
    }
  }

  private func check(_ text: String, name: String, words: Int, seed: UInt64) throws {
    let course = try Self.course(text, name: name)
    let titles = course.lessons.map(\.title)
    for width in [20, 27, 40, 63, 84, 120] {
      let lines = Self.lines(of: course, width: width)
      let tooWide = lines.first { $0.columns > width }
      #expect(tooWide == nil, "seed \(seed), width \(width): \(tooWide?.plain ?? "")")
      let shown = DocumentMaker.numbers(in: (titles + lines.map(\.plain)).joined(separator: "\n"))
      let lost = Set((0..<words).map { $0 + 1 }).subtracting(shown)
      #expect(lost.isEmpty, "seed \(seed), width \(width): lost \(lost.sorted()) of\n\(text)")
    }
  }

  @Test("Documents of many kinds, word by word", arguments: KeptDocuments.names)
  func documents(name: String) throws {
    let text = try #require(KeptDocuments.read(KeptDocuments.folder + "/" + name))
    // No line is wrapped, so that no word is divided.
    let course = try Self.course(text, name: name)
    let lines = Self.lines(of: course, width: 2_000)
    let titles = course.lessons.map { "\($0.number.map(String.init) ?? "") \($0.title)" }
    let words = DocumentWords(text, name: name)
    let missing = words.missing(from: (titles + lines.map(\.plain)).joined(separator: "\n"))
    #expect(missing.isEmpty, "\(name): \(missing.map { "\($0.line): \($0.text)" })")
  }

  @Test("Markdown, at any width", arguments: 0..<40 as Range<UInt64>)
  func markdown(seed: UInt64) throws {
    var maker = DocumentMaker(seed: seed)
    let text = maker.markdown()
    try check(text, name: "x.md", words: maker.count, seed: seed)
  }

  @Test("Plain text, at any width", arguments: 0..<60 as Range<UInt64>)
  func plain(seed: UInt64) throws {
    var maker = DocumentMaker(seed: seed)
    let text = maker.plain()
    try check(text, name: "x.txt", words: maker.count, seed: seed)
  }

  @Test("Plain text also keeps the order of its words", arguments: 0..<60 as Range<UInt64>)
  func order(seed: UInt64) throws {
    var maker = DocumentMaker(seed: seed)
    let text = maker.plain(hasFences: false)
    let course = try CourseLoader(catalog: Self.catalog).lessons(name: "x.txt", text: text)
    var said = ""
    // A lesson's title is above everything in it, so it is left out here.
    for lesson in course {
      said += Self.words(of: lesson.introduction)
      for step in lesson.steps { said += step.title + "\n" + Self.words(of: step.blocks) }
    }
    let numbers = DocumentMaker.numbers(in: said)
    var seen = Set<Int>()
    // The document's title may be repeated on later pages.
    let once = numbers.filter { seen.insert($0).inserted }
    #expect(once == once.sorted(), "seed \(seed)\n\(text)\n\(said)")
  }

  private static func words(of blocks: [Block]) -> String {
    blocks.map { block in
      switch block {
      case .heading(_, let text), .paragraph(let text): text.plainText
      case .code(let code):
        code.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
          .map { index, line in
            (code.asides.filter { $0.line == index }.map(\.text) + [String(line)])
              .joined(separator: "\n")
          }.joined(separator: "\n")
      case .html(let text), .notice(let text): text
      default: words(of: block.children)
      }
    }.joined(separator: "\n") + "\n"
  }
}
