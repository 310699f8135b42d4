import Catalog
import LessonKit
import Testing

let catalog = DemoCatalog(cores: 2)

/// The one lesson that a document is.
func lesson(_ text: String, name: String = "03-some-thing.md") throws -> Lesson {
  try CourseLoader(catalog: catalog).lesson(name: name, text: text)
}

/// The blocks of a document without headings.
func blocks(_ text: String) throws -> [Block] {
  try #require(try lesson(text).steps.first).blocks
}

@Suite("A document becomes values")
struct ParsingTests {
  @Test("a file's name gives number and id, headings give title and steps")
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
    "a name without a number, and a document without headings, are lessons too",
    arguments: [("notes/my-notes.md", "my-notes", "My notes"), ("README", "README", "README")])
  func plainDocument(name: String, id: String, title: String) throws {
    let lesson = try lesson("just text", name: name)
    #expect(lesson.number == nil)
    #expect(lesson.id == id)
    #expect(lesson.title == title)
    #expect(lesson.steps.map(\.title) == [title])
    #expect(lesson.introduction.isEmpty)
  }

  @Test("an empty document is a lesson without steps")
  func emptyDocument() throws {
    #expect(try lesson("").steps.isEmpty)
  }

  @Test("inline mark-up nests, and split text is one text again")
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

  @Test("lists know their start, whether they are tight, their items and their ticks")
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

  @Test("a table keeps alignments and completes its short rows")
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

  @Test("code keeps every character, its language and its listing")
  func code() throws {
    #expect(
      try blocks("```python x.py\n a\n\n\tb\n```\n\n    in\n") == [
        .code(CodeBlock(language: "python", listing: "x.py", text: " a\n\n\tb", line: 1)),
        .code(CodeBlock(language: nil, text: "in", line: 7)),
      ])
  }

  @Test("rules, quotes and tags are blocks")
  func otherBlocks() throws {
    #expect(
      try blocks("> **Note:** q\n\n---\n\n<div>\n</div>\n") == [
        .quote([.paragraph([.strong([.text("Note:")]), .text(" q")])]), .rule,
        .html("<div>\n</div>"),
      ])
  }

  @Test("a quote that begins with Before you run it, in bold, is a question")
  func question() throws {
    let inside: [Block] = [
      .paragraph([.strong([.text("Before you run it:")]), .text(" why?")])
    ]
    #expect(try blocks("> **Before you run it:** why?") == [.question(inside)])
  }

  @Test("footnotes are numbered by their first mark, which leads to their text")
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

  @Test("CR LF, a missing last line end and characters of every kind are read")
  func lineEnds() throws {
    #expect(
      try blocks("a\r\n\r\n漢字 👩‍👩‍👧 e\u{301}") == [
        .paragraph([.text("a")]), .paragraph([.text("漢字 👩‍👩‍👧 e\u{301}")]),
      ])
  }
}
