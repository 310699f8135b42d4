internal import Catalog
internal import LessonKit
internal import Screen
internal import Testing

@testable import LessonViews
@testable import Tutor

@Suite("No word of a document is lost on its way to the screen")
struct WordsTests {
  static let catalog = DemoCatalog(cores: 2)

  /// All lines of all steps of a document, with the lessons' titles over them.
  static func lines(
    _ text: String, name: String, width: Int
  ) throws -> (titles: [String], lines: [StyledText]) {
    var limits = DocumentLimits()
    limits.bytes = 10_000_000
    let course = Course(
      lessons: try CourseLoader(catalog: catalog, limits: limits).lessons(name: name, text: text))
    var lines: [StyledText] = []
    for (index, lesson) in course.lessons.enumerated() {
      for step in lesson.steps.indices {
        let model = Model(
          course: course, listings: [:], catalog: catalog, size: Size(columns: width, rows: 40),
          start: (index, step))
        var setter = BlockSetter(model.page)
        lines += setter.lines(width: width).map(\.text)
      }
    }
    return (course.lessons.map(\.title), lines)
  }

  private func check(_ text: String, name: String, words: Int, seed: UInt64) throws {
    for width in [20, 27, 40, 63, 84, 120] {
      let (titles, lines) = try Self.lines(text, name: name, width: width)
      let tooWide = lines.first { $0.columns > width }
      #expect(tooWide == nil, "seed \(seed), width \(width): \(tooWide?.plain ?? "")")
      let shown = DocumentMaker.numbers(in: (titles + lines.map(\.plain)).joined(separator: "\n"))
      let lost = Set((0..<words).map { $0 + 1 }).subtracting(shown)
      #expect(lost.isEmpty, "seed \(seed), width \(width): lost \(lost.sorted()) of\n\(text)")
    }
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

  @Test("Plain text keeps the order of its words too", arguments: 0..<60 as Range<UInt64>)
  func order(seed: UInt64) throws {
    var maker = DocumentMaker(seed: seed)
    let text = maker.plain(hasFences: false)
    let course = try CourseLoader(catalog: Self.catalog).lessons(name: "x.txt", text: text)
    var said = ""
    // A lesson's title stands over all of it, what came before its section included.
    for lesson in course {
      said += Self.words(of: lesson.introduction)
      for step in lesson.steps { said += step.title + "\n" + Self.words(of: step.blocks) }
    }
    let numbers = DocumentMaker.numbers(in: said)
    var seen = Set<Int>()
    // What a page says of the document's title may stand on later pages again.
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
