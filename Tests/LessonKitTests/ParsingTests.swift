import Catalog
import LessonKit
import Testing

let catalog = DemoCatalog(cores: 2)

/// Reads a document as a single lesson.
func lesson(_ text: String, name: String = "03-some-thing.md") throws -> Lesson {
  try CourseLoader(catalog: catalog).lesson(name: name, text: text)
}

/// The blocks of a document without headings.
func blocks(_ text: String) throws -> [Block] {
  try #require(try lesson(text).steps.first).blocks
}

@Suite("Parsing a document")
struct ParsingTests {
  @Test("takes number and id from the file name, and title and steps from the headings")
  func structure() throws {
    let lesson = try lesson("# Two *threads*\n\nHello.\n\n## One\n\na\n\n### In\n\n## Two\n\nb\n")
    #expect(lesson.number == 3)
    #expect(lesson.id == "some-thing")
    #expect(lesson.title == "Two threads")
    #expect(lesson.introduction == [.paragraph([.text("Hello.")])])
    #expect(lesson.steps.map(\.title) == ["One", "Two"])
    #expect(lesson.steps.map(\.number) == [1, 2])
    #expect(lesson.steps.map(\.line) == [5, 11])
    #expect(
      lesson.steps[0].blocks == [.paragraph([.text("a")]), .heading(level: 3, [.text("In")])])
  }

  @Test(
    "accepts a name without a number and a document without headings",
    arguments: [("notes/my-notes.md", "my-notes", "My notes"), ("README", "README", "README")])
  func plainDocument(name: String, id: String, title: String) throws {
    let lesson = try lesson("just text", name: name)
    #expect(lesson.number == nil)
    #expect(lesson.id == id)
    #expect(lesson.title == title)
    #expect(lesson.steps.map(\.title) == [title])
    #expect(lesson.introduction.isEmpty)
  }

  @Test("makes a lesson without steps from an empty document")
  func emptyDocument() throws {
    #expect(try lesson("").steps.isEmpty)
  }

  @Test("nests inline markup and merges text")
  func inlines() throws {
    #expect(
      try blocks("a_b & *x **y*** `c` ~~d~~ [l](u \"t\") ![p *q*](v)\nz  \n<b>") == [
        .paragraph([
          .text("a_b & "), .emphasis([.text("x "), .strong([.text("y")])]), .text(" "),
          .code("c"), .text(" "), .strikethrough([.text("d")]), .text(" "),
          .link([.text("l")], destination: "u"), .text(" "), .html("\"t\""), .text(" "),
          .image(alt: "p q", destination: "v"), .softBreak, .text("z"), .lineBreak,
          .html("<b>"),
        ])
      ])
  }

  @Test("reads the start, tightness, items and ticks of lists")
  func lists() throws {
    #expect(
      try blocks("7. a\n8. b\n   - c\n") == [
        .list(
          start: 7, isTight: true,
          items: [
            ListItem([.paragraph([.text("a")])]),
            ListItem([
              .paragraph([.text("b")]),
              .list(
                start: nil, isTight: true, items: [ListItem([.paragraph([.text("c")])])]),
            ]),
          ])
      ])
    #expect(
      try blocks("- [x] a\n\n- [ ] b\n") == [
        .list(
          start: nil, isTight: false,
          items: [
            ListItem([.paragraph([.text("a")])], isDone: true),
            ListItem([.paragraph([.text("b")])], isDone: false),
          ])
      ])
  }

  @Test("keeps the alignments of a table and completes short rows")
  func table() throws {
    #expect(
      try blocks("a|b|c|d\n:-|:-:|-:|-\n*1*|2\n") == [
        .table(
          Table(
            alignments: [.left, .center, .right, nil],
            header: [[.text("a")], [.text("b")], [.text("c")], [.text("d")]],
            rows: [[[.emphasis([.text("1")])], [.text("2")], [], []]]))
      ])
  }

  @Test("keeps all characters of code, its language and its listing")
  func code() throws {
    #expect(
      try blocks("```python x.py\n a\n\n\tb\n```\n\n    in\n") == [
        .code(CodeBlock(language: "python", listing: "x.py", text: " a\n\n\tb", line: 1)),
        .code(CodeBlock(language: nil, text: "in", line: 7)),
      ])
  }

  @Test("makes blocks of rules, quotes and tags")
  func otherBlocks() throws {
    #expect(
      try blocks("> **Note:** q\n\n---\n\n<div>\n</div>\n") == [
        .quote([.paragraph([.strong([.text("Note:")]), .text(" q")])]), .rule,
        .html("<div>\n</div>"),
      ])
  }

  @Test("makes a question of a quote that begins with a bold \"Before you run it\"")
  func question() throws {
    let inside: [Block] = [
      .paragraph([.strong([.text("Before you run it:")]), .text(" why?")])
    ]
    #expect(try blocks("> **Before you run it:** why?") == [.question(inside)])
  }

  @Test("numbers footnotes by their first reference")
  func footnotes() throws {
    #expect(
      try blocks("a[^y] b[^x]\n\n[^x]: of b\n\n[^y]: of a\n") == [
        .paragraph([
          .text("a"), .footnoteReference(label: "1"), .text(" b"), .footnoteReference(label: "2"),
        ]),
        .footnote(label: "1", [.paragraph([.text("of a")])]),
        .footnote(label: "2", [.paragraph([.text("of b")])]),
      ])
  }

  @Test("reads CR LF, a missing final newline and all kinds of characters")
  func lineEnds() throws {
    #expect(
      try blocks("a\r\n\r\n漢字 👩‍👩‍👧 e\u{301}") == [
        .paragraph([.text("a")]), .paragraph([.text("漢字 👩‍👩‍👧 e\u{301}")]),
      ])
  }
}
