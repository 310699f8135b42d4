import LessonKit
import Testing

@Suite("A long step is divided")
struct PagesTests {
  /// All text of a lesson's blocks, in order.
  private func text(_ lesson: Lesson) -> String {
    (lesson.introduction + lesson.steps.flatMap(\.blocks)).map(Self.text).joined(separator: "\n")
  }

  private static func text(_ block: Block) -> String {
    switch block {
    case .heading(_, let inlines), .paragraph(let inlines): inlines.plainText
    case .code(let code): code.text
    case .html(let text), .notice(let text): text
    case .table(let table):
      table.rows.map { $0.map(\.plainText).joined(separator: " ") }.joined(separator: "\n")
    default: block.children.map(text).joined(separator: "\n")
    }
  }

  private func verbatim(_ text: String) -> Lesson {
    CourseLoader(catalog: catalog).verbatim(name: "a/b-c.txt", text: text, notice: "As it stands.")
  }

  @Test("a short lesson is left as it is")
  func short() throws {
    let short = try lesson("# A\n\nx\n\n## B\n\ny\n")
    let paged = short.paged(bytes: 100)
    #expect(paged.steps.map(\.name) == short.steps.map(\.name))
    #expect(paged.introduction == short.introduction)
  }

  @Test("a text as it stands opens under its file's name, with the notice first")
  func verbatimText() {
    let lesson = verbatim("one\n  two *three*\n")
    #expect(lesson.id == "b-c" && lesson.title == "B c" && lesson.steps.count == 1)
    #expect(
      lesson.steps.first?.blocks == [
        .notice("As it stands."),
        .code(CodeBlock(language: nil, text: "one\n  two *three*\n", line: 1)),
      ])
  }

  @Test("pages of code end at line ends, and say together what the whole said")
  func lines() {
    let lines = (0..<1000).map { "line \($0)" }.joined(separator: "\n")
    let lesson = verbatim(lines).paged(bytes: 2000)
    #expect(lesson.steps.count > 10)
    #expect(text(lesson) == "As it stands.\n" + lines)
    #expect(lesson.steps.map(\.number) == Array(1...lesson.steps.count))
    #expect(Set(lesson.steps.map(\.name)).count == lesson.steps.count)
    #expect(lesson.steps[1].title == "B c (2)")
  }

  @Test(
    "a line without an end is cut, between characters and not in them",
    arguments: ["x", "é", "漢", "😀", "a b "])
  func endlessLine(piece: String) {
    let line = String(repeating: piece, count: 20_000)
    let lesson = verbatim(line).paged(bytes: 3000)
    let pieces = lesson.steps.flatMap(\.blocks).compactMap { block in
      if case .code(let code) = block { code.text } else { nil }
    }
    #expect(pieces.joined() == line)
    #expect(pieces.allSatisfy { $0.utf8.count <= 3000 })
  }

  @Test(
    "whatever is too long is divided without loss",
    arguments: [
      ("paragraph", String(repeating: "some *words* and `code` ", count: 400)),
      ("emphasis", "**" + String(repeating: "word ", count: 2000) + "end**"),
      ("list", (0..<400).map { "- item \($0)\n" }.joined()),
      ("long item", "- " + String(repeating: "word ", count: 2000) + "end\n- two\n"),
      ("quote", (0..<400).map { "> words \($0)\n>\n" }.joined()),
      ("table", "|a|b|\n|-|-|\n" + (0..<400).map { "|\($0)|x|\n" }.joined()),
      ("html", "<div>\n" + (0..<400).map { "<i>\($0)</i>\n" }.joined() + "</div>"),
    ])
  func everything(kind: String, source: String) throws {
    let whole = try lesson(source)
    let paged = whole.paged(bytes: 1000)
    #expect(paged.steps.count > 2, "\(kind)")
    let signs = { (text: String) in text.filter { !$0.isWhitespace } }
    #expect(signs(text(paged)) == signs(text(whole)))
  }

  @Test("a numbered list goes on counting, and a table says its columns again")
  func goesOn() throws {
    let list = try lesson((1...200).map { "\($0). item\n" }.joined()).paged(bytes: 1000)
    let starts = list.steps.flatMap(\.blocks).compactMap { block -> Int? in
      if case .list(let start, _, _) = block { start } else { nil }
    }
    #expect(starts.count > 2 && starts.first == 1 && starts == starts.sorted())
    let table = try lesson("|a|b|\n|-|-|\n" + String(repeating: "|1|2|\n", count: 200))
      .paged(bytes: 1000)
    for case .table(let part) in table.steps.flatMap(\.blocks) {
      #expect(part.header.map(\.plainText) == ["a", "b"] && !part.rows.isEmpty)
    }
  }

  @Test("a long introduction goes on in steps of its own, before the first")
  func introduction() throws {
    let source = "# T\n\n" + String(repeating: "words\n\n", count: 500) + "## One\n\nx\n"
    let paged = try lesson(source).paged(bytes: 1000)
    #expect(paged.steps.first?.title == "T" && paged.steps.last?.title == "One")
    #expect(text(paged) == text(try lesson(source)))
  }
}
