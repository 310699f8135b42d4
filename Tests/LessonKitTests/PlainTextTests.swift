import Catalog
import LessonKit
import Testing

/// The lessons of any document.
func lessons(_ text: String, name: String = "notes.txt") throws -> [Lesson] {
  try CourseLoader(catalog: catalog).lessons(name: name, text: text)
}

extension Lesson {
  var blocks: [Block] { introduction + steps.flatMap(\.blocks) }

  /// All code blocks of the lesson, in order.
  var code: [CodeBlock] {
    blocks.flatMap(Self.code)
  }

  private static func code(in block: Block) -> [CodeBlock] {
    if case .code(let code) = block { [code] } else { block.children.flatMap(code) }
  }
}

@Suite("Dividing plain text")
struct PlainSectionTests {
  private static let body = "\n\nHere is a sentence about it, and one more to go with that.\n\n"

  @Test(
    "Consecutive numbers in any style begin lessons",
    arguments: [
      ["1 . Alpha", "2 . Beta", "3 . Gamma"], ["1. Alpha", "2. Beta", "3. Gamma"],
      ["1) Alpha", "2) Beta", "3) Gamma"], ["(1) Alpha", "(2) Beta", "(3) Gamma"],
      ["1: Alpha", "2: Beta", "3: Gamma"], ["I. Alpha", "II. Beta", "III. Gamma"],
      ["1  Alpha", "2  Beta", "3  Gamma"], ["1 - Alpha", "2 - Beta", "3 - Gamma"],
    ])
  func numbered(headings: [String]) throws {
    let lessons = try lessons(headings.map { $0 + Self.body }.joined())
    #expect(lessons.map(\.number) == [1, 2, 3])
    #expect(lessons.map(\.title) == ["Alpha", "Beta", "Gamma"])
    #expect(lessons.map(\.id) == ["alpha", "beta", "gamma"])
    #expect(lessons.allSatisfy { $0.file == "notes.txt" && $0.steps.count == 1 })
  }

  @Test(
    "A word or letter before a title stays in the title",
    arguments: [
      ["Part I: Alpha", "Part II: Beta"], ["Chapter 1. Alpha", "Chapter 2. Beta"],
      ["Section 1 - Alpha", "Section 2 - Beta"], ["A) Alpha", "B) Beta"],
      ["Chapter One", "Chapter Two"],
    ])
  func worded(headings: [String]) throws {
    let lessons = try lessons(headings.map { $0 + Self.body }.joined())
    #expect(lessons.map(\.number) == [1, 2])
    #expect(lessons.map(\.title) == headings)
  }

  @Test("Interleaved numbers at different indentations lose no text")
  func interleaved() throws {
    let lines = [
      "Chapter 1", "1. Alpha", "Some text here.", "   1. Inner one", "Some text here.",
      "   2. Inner two", "Some text here.", "2. Beta", "Some text here.", "Chapter 2",
      "Some text here.",
    ]
    let found = try lessons(lines.joined(separator: "\n\n"))
    let shown = found.map { "\($0.title) \($0.steps.map(\.title)) \($0.blocks)" }.joined()
    for word in ["Alpha", "Inner one", "Inner two", "Beta"] { #expect(shown.contains(word)) }
  }

  @Test("A number sign does not count as a page number")
  func numberSigns() throws {
    let text = try lessons("Page 1#2\n\nSome words.\n\nPage 3\n\nMore words.\n")
    let shown = text.map { "\($0.title) \($0.blocks)" }.joined()
    #expect(shown.contains("Page 1#2") && shown.contains("Page 3"))
  }

  @Test("Subsections are steps, and deeper sections are headings in them")
  func levels() throws {
    let lessons = try lessons(
      "1. One" + Self.body + "1.1 In one" + Self.body + "1.1.1 Deep" + Self.body
        + "1.2 Still in one" + Self.body + "2. Two" + Self.body + "2.1 In two" + Self.body)
    #expect(lessons.map(\.title) == ["One", "Two"])
    #expect(lessons[0].steps.map(\.title) == ["1.1 In one", "1.2 Still in one"])
    #expect(lessons[1].steps.map(\.title) == ["2.1 In two"])
    #expect(lessons[0].steps[0].blocks.contains(.heading(level: 3, [.text("1.1.1 Deep")])))
    #expect(lessons[0].introduction.count == 1)
    #expect(lessons[0].steps[0].line == 5)
  }

  @Test("A list divides nothing, with or without blank lines between its items")
  func lists() throws {
    let list = "There are three:\n\n1. short\n2. items\n3. only\n"
    let loose = "And again:\n\n1. Apples\n\n2. Pears\n\n3. Plums\n\nThat is all of them.\n"
    #expect(try lessons(list).count == 1)
    #expect(try lessons(loose).first?.steps.count == 1)
    let mixed =
      "1. Alpha" + Self.body + list + "\n2. Beta" + Self.body + loose + "\n3. Gamma" + Self.body
    let found = try lessons(mixed)
    #expect(found.map(\.title) == ["Alpha", "Beta", "Gamma"])
    #expect(
      found[0].blocks.contains {
        if case .list(1, true, let items) = $0 { items.count == 3 } else { false }
      })
  }

  @Test("Items with several lines are a list, and other numbers are text")
  func noSections() throws {
    let items =
      "1. Open the file and read\n   its first line\n2. Close the file again and\n   go home\n"
    #expect(try lessons(items).first?.steps.count == 1)
    let wrapped = "1. This sentence is so long that it had to be broken\nso that it fits.\n\n"
    #expect(
      try lessons(wrapped + "2. This other sentence is as long as that and was\nbroken.\n").count
        == 1)
    #expect(try lessons("7. Lonely" + Self.body + "3. Lost" + Self.body).count == 1)
  }

  @Test("Sections without blank lines around their headings are still found")
  func dense() throws {
    let text = (1...4).map {
      "\($0) . Topic \($0)\nThis is a long line of text about it that nobody has broken to fit a page.\n"
    }.joined()
    #expect(try lessons(text).map(\.title) == ["Topic 1", "Topic 2", "Topic 3", "Topic 4"])
  }

  @Test("A table of contents makes no lessons, with or without page numbers")
  func contents() throws {
    for tail in ["", " ........ 7", "          12"] {
      let contents = ["1. Alpha", "1.1 Inner", "2. Beta", "3. Gamma"].map { $0 + tail + "\n" }
      let text =
        "My course\n\nContents\n\n" + contents.joined() + "\n1. Alpha" + Self.body + "1.1 Inner"
        + Self.body + "2. Beta" + Self.body + "3. Gamma" + Self.body
      let found = try lessons(text)
      #expect(found.map(\.title) == ["Alpha", "Beta", "Gamma"], "\(tail)")
      #expect("\(found[0])".contains("2. Beta") || "\(found[0])".contains("Beta"))
      #expect(found[0].steps.contains { $0.title == "My course" }, "\(tail)")
    }
  }

  @Test("Lines in capitals and underlined lines divide a document without numbers")
  func unnumbered() throws {
    let capitals = try lessons("NAME" + Self.body + "USAGE" + Self.body)
    #expect(capitals.map(\.title) == ["Notes"])
    #expect(capitals[0].steps.map(\.title) == ["NAME", "USAGE"])
    for sign in ["=", "-", "~", "*"] {
      let line = "\n" + String(repeating: sign, count: 5)
      let found = try lessons("First" + line + Self.body + "Other" + line + Self.body)
      #expect(found[0].steps.map(\.title) == ["First", "Other"])
    }
    let both = try lessons(
      "A title\n=======" + Self.body + "In\n--" + Self.body + "First\n-----" + Self.body
        + "Second\n------" + Self.body)
    #expect(both.map(\.title) == ["A title"])
    #expect(both[0].steps.map(\.title) == ["First", "Second"])
  }

  @Test("Lines with different underlines are steps too")
  func signs() throws {
    let text = zip(["The Title", "First", "Second", "Third"], ["=", "-", "~", "*"])
      .map { $0 + "\n" + String(repeating: $1, count: $0.count) + Self.body }.joined()
    let lessons = try lessons(text)
    #expect(lessons.map(\.title) == ["The Title"])
    #expect(lessons[0].steps.map(\.title) == ["First", "Second", "Third"])
  }

  @Test("Short lines between blank lines divide a document without other headings")
  func shortLines() throws {
    let long = "\n\n" + String(repeating: "There is more to say about that. ", count: 4) + "\n\n"
    let found = try lessons("Of threads" + long + "Of processes" + long)
    #expect(found[0].title == "Of threads")
    #expect(
      try lessons("About it\n\nOf threads" + long + "Of processes" + long)[0].steps.map(\.title)
        == ["Of threads", "Of processes"])
  }

  @Test("Lessons with the same title have different ids")
  func ids() throws {
    let found = try lessons(
      "1. Notes" + Self.body + "2. Notes" + Self.body + "3. Notes 2" + Self.body + "4. ??? x"
        + Self.body)
    #expect(Set(found.map(\.id)).count == 4)
    #expect(found[0].id == "notes")
  }

  @Test("A course keeps the lessons of a file in their order")
  func course() throws {
    let found = try lessons("2. Beta" + Self.body + "3. Gamma" + Self.body + "4. Delta" + Self.body)
    #expect(Course(lessons: found).lessons.map(\.number) == [2, 3, 4])
  }
}

@Suite("Plain text becomes blocks")
struct PlainBlockTests {
  private func blocks(_ text: String) throws -> [Block] {
    try #require(try lessons(text).first).blocks
  }

  @Test("Wrapped lines become one paragraph")
  func paragraphs() throws {
    let found = try blocks(
      "this is a line that was broken because it had to fit\nand this is the line with the rest of all those words.\n\nnext\n"
    )
    #expect(found.count == 2)
    guard case .paragraph(let text) = found.first else {
      Issue.record("no paragraph")
      return
    }
    #expect(text.contains(.softBreak))
    #expect(!text.contains(.lineBreak))
  }

  @Test("Verse and addresses keep their lines, and tables keep their columns")
  func lines() throws {
    let prose =
      String(
        repeating: "a line of seventy characters or so, which is how long they are in here\n",
        count: 3) + "The end.\n"
    guard
      case .paragraph(let verse) = try blocks(prose + "\nRoses are\nred, they say,\nand so on\n")
        .last
    else {
      Issue.record("no paragraph")
      return
    }
    #expect(verse.count { $0 == .lineBreak } == 2)
    let table = "name      threads   own\nmemory    shared    no\nstart     fast      yes"
    #expect(
      try blocks(prose + "\n" + table).last == .code(CodeBlock(language: nil, text: table, line: 6))
    )
  }

  @Test("Bullets make nested lists")
  func bullets() throws {
    for sign in ["-", "*", "•", "o"] {
      let found = try blocks(
        "\(sign) one that goes on\n  here\n\(sign) two\n    \(sign) inner\n\(sign) three\n")
      guard case .list(nil, true, let items) = found.first else {
        Issue.record("no list of \(sign)")
        continue
      }
      #expect(items.count == 3)
      if sign != "o" { #expect(items[1].blocks.count == 2) }
    }
  }

  @Test("A sentence continues across a page break, with headers as asides, and not a blank line")
  func pages() throws {
    let page = { (number: Int, text: String) in
      "Of threads\n\n" + text + "\n\nPage \(number) of 3\n\u{0C}"
    }
    let text =
      page(1, "This sentence is not over where the first page ends, and so the")
      + page(2, "second page goes on with it.\n\nAnother sentence that somebody\n\ntore apart.")
      + page(3, "The end.")
    let found = try blocks(text)
    #expect(
      found.suffix(3) == [
        .html("Page 2 of 3\nOf threads"), .paragraph([.text("The end.")]), .html("Page 3 of 3"),
      ])
    guard case .paragraph(let first) = found.first else {
      Issue.record("no paragraph")
      return
    }
    #expect(first.plainText.contains("so the · Page 1 of 3 · Of threads · second page"))
    #expect(first.contains(.html("· Page 1 of 3 · Of threads ·")))
    #expect(
      found[1...2] == [
        .paragraph([.text("Another sentence that somebody")]), .paragraph([.text("tore apart.")]),
      ])
  }
}
