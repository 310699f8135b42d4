internal import Catalog
internal import LessonKit
internal import Screen
internal import TestNumbers
internal import Testing

@testable import LessonViews
@testable import Tutor

@Suite("Setting lessons")
struct BlockTests {
  private static func model(_ text: String, columns: Int, rows: Int) throws -> Model {
    let catalog = DemoCatalog(cores: 2)
    let lesson = try CourseLoader(catalog: catalog).lesson(name: "blocks.md", text: text)
    var model = Model(
      course: Course(lessons: [lesson]), listings: [:], catalog: catalog,
      size: Size(columns: columns, rows: rows))
    // From 80 columns on, other panes are beside the lesson.
    if columns >= 80 { _ = update(&model, .input(.key(.character("z")))) }
    return model
  }

  @Test("Each kind of block has its shape, wide and narrow", arguments: [72, 40])
  func blocks(columns: Int) throws {
    let text = try #require(KeptDrawing.file("blocks.md"))
    let model = try Self.model(text, columns: columns, rows: 100)
    try KeptDrawing.expect(
      render(model).lines.joined(separator: "\n") + "\n", named: "blocks-\(columns)")
  }

  @Test("Lines of a lesson fit in their pane at every width")
  func widths() throws {
    let text = try #require(KeptDrawing.file("blocks.md"))
    for columns in 40...100 {
      let model = try Self.model(text, columns: columns, rows: 40)
      let width = columns - 4
      for line in model.lessonText.lines {
        #expect(line.text.columns <= width, "\(columns): \(line.text.plain)")
      }
    }
  }

  @Test("Code that resembles a demo's listing offers a key that runs the demo")
  func offer() throws {
    let stage = try Stage()
    let listing = try #require(stage.model.listings["factorials.py"])
    let loader = CourseLoader(catalog: stage.model.catalog, listings: [listing])
    let text = "1. One\n\nThis is it:\n\n\(listing.text)\n2. Two\n\nAnd that was it.\n"
    let course = Course(lessons: try loader.lessons(name: "notes.txt", text: text))
    var model = Model(
      course: course, listings: stage.model.listings, catalog: stage.model.catalog,
      size: Size(columns: 72, rows: 60))
    let screen = render(model).lines.joined(separator: "\n")
    #expect(screen.contains("▶ r  this looks like factorial: r runs ours"))
    #expect(screen.contains("  p  first 1"))
    let started = update(&model, .input(.key(.character("r")))).compactMap { effect in
      if case .start(let request) = effect { request.demo.id } else { nil }
    }
    #expect(started == ["factorial"])
  }

  @Test("A table that is too wide repeats its header with each cell and loses no word")
  func foldedTable() throws {
    let table =
      "| one | two | |\n|-|-|-|\n| aaaaaaaaaaaa | bbbbbbbbbbbb cc | dddddddddd |\n| e | | f |\n"
    let lines = try WordsTests.lines(table, name: "x.md", width: 20).lines.map(\.plain)
    let expected = [
      "one: aaaaaaaaaaaa", "two: bbbbbbbbbbbb cc", "dddddddddd", "", "one: e", "two:", "f",
    ]
    #expect(Array(lines.prefix(7)) == expected, "\(lines)")
    let empty = try WordsTests.lines(
      "| aaaaaaaaaaaaa | bbbbbbbbbbbb |\n|-|-|\n", name: "x.md", width: 20)
    #expect(empty.lines.map(\.plain).prefix(2) == ["aaaaaaaaaaaaa", "bbbbbbbbbbbb"])
  }

  @Test("A link with the same text as its heading does not show its target")
  func headingLinks() throws {
    let text = "[Some_thing: *new*!](#some_thing-new) [a b](#a-b) [other](#a-b)\n"
    let lines = try WordsTests.lines(text, name: "x.md", width: 80).lines.map(\.plain)
    #expect(lines.first == "Some_thing: new! a b other (#a-b)")
  }

  @Test("Headings of each level look different")
  func headings() throws {
    let lines = try WordsTests.lines(
      "# T\n\n## S\n\n### a\n\n#### a\n\n##### a\n\n###### a\n", name: "x.md", width: 40
    ).lines.filter { $0.plain == "a" }
    #expect(Set(lines).count == 4)
  }

  /// Documents of many equal parts, by kind.
  private static func long(_ kind: String, _ count: Int) -> (text: String, name: String) {
    switch kind {
    case "lines": (String(repeating: "word\n", count: count), "x.txt")
    case "paragraph": (String(repeating: "word ", count: 4 * count), "x.txt")
    case "items": (String(repeating: "- item *x*\n", count: count / 4), "x.md")
    case "cells":
      ("|a|b|c|d|\n|-|-|-|-|\n" + String(repeating: "|1|2 3|4|5|\n", count: count / 8), "x.md")
    case "pieces": (String(repeating: "*a* `b` c\n", count: count / 2), "x.md")
    case "numbers": (String(repeating: "1. Item\n\n1.1 Item\n\n", count: count / 4), "x.txt")
    case "quotes": (String(repeating: "\"\"\"\n", count: count / 2 + 1), "x.txt")
    default: (String(repeating: "x = f(1)\n\n\n", count: count / 4), "x.txt")
    }
  }

  @Test(
    "Long documents are set in linear time",
    arguments: ["lines", "paragraph", "items", "cells", "pieces", "numbers", "quotes", "gaps"])
  func linearTime(kind: String) throws {
    let growth = try TimeGrowth.measure(upTo: 8_000) { count in
      let document = Self.long(kind, count)
      let lines = try WordsTests.lines(document.text, name: document.name, width: 60).lines
      #expect(lines.count > 50)
    }
    #expect(growth < TimeGrowth.quadratic)
  }

  @Test("A course without lessons has a calm screen, and every key is safe")
  func empty() throws {
    var model = Model(
      course: Course(lessons: []), listings: [:], catalog: DemoCatalog(cores: 2),
      size: Size(columns: 80, rows: 24))
    for binding in KeyTable.bindings {
      for key in binding.keys { _ = update(&model, .input(.key(key))) }
    }
    for _ in 0..<4 { _ = update(&model, .input(.key(.escape))) }
    _ = update(&model, .input(.key(.character("1"))))
    #expect(render(model).lines.joined().contains("There are no lessons here."))
  }
}
