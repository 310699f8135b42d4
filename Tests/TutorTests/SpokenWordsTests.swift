internal import Catalog
internal import LessonKit
internal import Screen
internal import Testing

@testable import Plain
@testable import Tutor

@Suite("No word of a document is lost in plain mode")
struct SpokenWordsTests {
  private static let catalog = DemoCatalog(cores: 2)

  /// The words of plain mode for all steps of a document.
  private static func said(_ text: String, name: String) throws -> String {
    var limits = DocumentLimits()
    limits.bytes = 10_000_000
    let course = Course(
      lessons: try CourseLoader(catalog: catalog, limits: limits).lessons(name: name, text: text))
    let model = Model(
      course: course, listings: [:], catalog: catalog, size: Size(columns: 80, rows: 24))
    var stage = PlainStage(model, isScripted: false, run: nil)
    var said = stage.said
    while stage.tutor.model.nextPlace != nil {
      stage.type("next")
      said += stage.said
    }
    return said
  }

  private func check(_ text: String, name: String, words: Int, seed: UInt64) throws {
    let heard = DocumentMaker.numbers(in: try Self.said(text, name: name))
    let lost = Set((0..<words).map { $0 + 1 }).subtracting(heard)
    #expect(lost.isEmpty, "seed \(seed): lost \(lost.sorted()) of\n\(text)")
  }

  @Test("Markdown", arguments: 0..<60 as Range<UInt64>)
  func markdown(seed: UInt64) throws {
    var maker = DocumentMaker(seed: seed)
    let text = maker.markdown()
    try check(text, name: "x.md", words: maker.count, seed: seed)
  }

  @Test("Plain text", arguments: 0..<60 as Range<UInt64>)
  func plain(seed: UInt64) throws {
    var maker = DocumentMaker(seed: seed)
    let text = maker.plain()
    try check(text, name: "x.txt", words: maker.count, seed: seed)
  }

  @Test("Page headers and footers inside code are read after it")
  func asides() throws {
    let program = """
      import threading


      def work(name):
          print(name)
          print(name)

      """
    let rest = """
          print(name)


      threads = [threading.Thread(target=work, args=(n,)) for n in range(3)]
      for thread in threads:
          thread.start()

      """
    let said = try Self.said(
      "It begins.\n\n\(program)\nNotes   Page 1\n\u{0C}\nThe course\n\n\(rest)\n"
        + "It ends.\n\nNotes   Page 2\n\u{0C}The course\n\nMore.\n\nNotes   Page 3\n",
      name: "x.txt")
    #expect(
      said.contains(
        "thread.start()\nEnd of code.\nOn the page, beside the code: Notes   Page 1.\n"
          + "On the page, beside the code: The course.\n"), "\(said)")
  }

  @Test(
    "Of bold words in a quote, only the lead of a question is left out",
    arguments: [
      ("**Before you run it:** guess.", "Question: guess."),
      ("**Before you run it:**\nguess.", "Question: guess."),
      ("**before you run it** guess.", "Question: before you run it guess."),
      (
        "**Before you run this, back up your disk.**",
        "Question: Before you run this, back up your disk."
      ),
      (
        "**Before you run anything:** read on.", "Question: Before you run anything: read on."
      ),
    ])
  func lead(written: String, said: String) throws {
    let quote = "> " + written.replacing("\n", with: "\n> ")
    #expect(try Self.said("# A page\n\n\(quote)\n", name: "x.md").contains("\n\(said)\n"))
  }
}
