import Testing

@testable import LessonKit

@Suite("Splitting a long step")
struct PagesTests {
  /// The text of all blocks in a lesson, in order.
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
    CourseLoader(catalog: catalog).verbatim(name: "a/b-c.txt", text: text, notice: "Verbatim.")
  }

  @Test("does not change a short lesson")
  func short() throws {
    let short = try lesson("# A\n\nx\n\n## B\n\ny\n")
    let paged = short.paged(bytes: 100)
    #expect(paged.steps.map(\.name) == short.steps.map(\.name))
    #expect(paged.introduction == short.introduction)
  }

  @Test("puts short footnotes on the pages that call them")
  func footnotes() throws {
    let words = String(repeating: "word ", count: 60)
    let long = try lesson(
      "# A\n\n## B\n\none[^a] \(words)\n\ntwo \(words)\n\nthree[^b] \(words)\n\n[^a]: First.\n[^b]: Second.\n"
    )
    let pages = long.paged(bytes: 400).steps.map { step in
      step.blocks.compactMap { if case .footnote(let label, _) = $0 { label } else { nil } }
    }
    #expect(pages == [["1"], [], ["2"]])
  }

  @Test("keeps the file's name and the notice of a verbatim text")
  func verbatimText() {
    let lesson = verbatim("one\n  two *three*\n")
    #expect(lesson.id == "b-c" && lesson.title == "B c" && lesson.steps.count == 1)
    #expect(
      lesson.steps.first?.blocks == [
        .notice("Verbatim."),
        .code(CodeBlock(language: nil, text: "one\n  two *three*\n", line: 1)),
      ])
  }

  @Test("splits code at newlines, without loss")
  func lines() {
    let lines = (0..<1000).map { "line \($0)" }.joined(separator: "\n")
    let lesson = verbatim(lines).paged(bytes: 2000)
    #expect(lesson.steps.count > 10)
    #expect(text(lesson) == "Verbatim.\n" + lines)
    #expect(lesson.steps.map(\.number) == Array(1...lesson.steps.count))
    #expect(Set(lesson.steps.map(\.name)).count == lesson.steps.count)
    #expect(lesson.steps[1].title == "B c (2)")
  }

  @Test(
    "splits an endless line between characters",
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
    "splits each kind of block without loss",
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
    let original = try lesson(source)
    let paged = original.paged(bytes: 1000)
    #expect(paged.steps.count > 2, "\(kind)")
    let signs = { (text: String) in text.filter { !$0.isWhitespace } }
    #expect(signs(text(paged)) == signs(text(original)))
  }

  @Test("continues the numbers of a list, and repeats the header of a table")
  func continues() throws {
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

  @Test("continues a long introduction in steps before the first")
  func introduction() throws {
    let source = "# T\n\n" + String(repeating: "words\n\n", count: 500) + "## One\n\nx\n"
    let paged = try lesson(source).paged(bytes: 1000)
    #expect(paged.steps.first?.title == "T" && paged.steps.last?.title == "One")
    #expect(text(paged) == text(try lesson(source)))
  }

  @Test("keeps asides between the same lines of code")
  func asides() {
    let code = CodeBlock(
      language: nil, text: (0..<100).map { "line \($0)" }.joined(separator: "\n"), line: 1,
      asides: [CodeBlock.Aside(line: 0, text: "a"), CodeBlock.Aside(line: 90, text: "b")])
    let pieces = PageMaker.pages(of: [.code(code)], limit: 500).flatMap { $0 }.flatMap(\.codeBlocks)
    #expect(pieces.count > 3 && pieces.flatMap(\.asides).map(\.text) == ["a", "b"])
    for piece in pieces {
      for aside in piece.asides where aside.text == "b" {
        let lines = piece.text.split(separator: "\n")
        #expect(lines[aside.line] == "line 90")
      }
    }
  }
}
