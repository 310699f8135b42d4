import Catalog
import LessonKit
import Testing

/// The number of values in a lesson and their nesting depth.
struct Census {
  private(set) var nodes = 0
  private(set) var depth = 0
  private(set) var bytes = 0

  init(_ lesson: Lesson) {
    for block in lesson.introduction + lesson.steps.flatMap(\.blocks) { count(block, at: 2) }
  }

  private mutating func count(_ block: Block, at level: Int) {
    nodes += 1
    depth = max(depth, level)
    switch block {
    case .heading(_, let inlines), .paragraph(let inlines): count(inlines, at: level)
    case .list(_, _, let items):
      for item in items {
        for block in item.blocks { count(block, at: level + 2) }
      }
    case .table(let table):
      for row in [table.header] + table.rows {
        for cell in row {
          nodes += 1
          count(cell, at: level + 2)
        }
      }
    case .quote(let inside), .question(let inside), .callout(_, let inside),
      .footnote(_, let inside):
      for block in inside { count(block, at: level + 1) }
    case .code, .run, .rule, .html, .notice: break
    }
  }

  private mutating func count(_ inlines: [Inline], at level: Int) {
    for inline in inlines {
      nodes += 1
      depth = max(depth, level)
      switch inline {
      case .emphasis(let inside), .strong(let inside), .strikethrough(let inside),
        .subscript(let inside), .superscript(let inside):
        count(inside, at: level + 1)
      case .link(let inside, let destination):
        bytes += destination.utf8.count
        count(inside, at: level + 1)
      case .text(let text): bytes += text.utf8.count
      default: break
      }
    }
  }
}

@Suite("The cost of a document is limited")
struct BoundsTests {
  /// Documents with excessive nesting, by kind.
  private static let deep = [
    "quotes": String(repeating: ">", count: 20_000) + " inmost",
    "quotes and lists": String(repeating: "> - ", count: 500) + "inmost",
    "emphasis": String(repeating: "*a **b ", count: 2_000) + "inmost"
      + String(repeating: "** *", count: 2_000),
    "lists": (0..<150).map { String(repeating: " ", count: 2 * $0) + "- x" }
      .joined(separator: "\n") + " inmost",
    "brackets": String(repeating: "[", count: 10_000) + "inmost"
      + String(repeating: "](x)", count: 10_000),
  ]

  @Test(
    "nesting of each kind stops at the limit and keeps the innermost text",
    arguments: ["quotes", "quotes and lists", "emphasis", "lists", "brackets"])
  func nesting(kind: String) throws {
    let lesson = try lesson(try #require(Self.deep[kind]))
    let census = Census(lesson)
    #expect(census.depth <= DocumentLimits().nesting)
    #expect(census.nodes < 40_000)
    let isKept = "\(lesson.steps)".contains("inmost")
    #expect(isKept)
  }

  @Test("excessive nesting is reported once")
  func nestingDiagnostic() throws {
    let line = String(repeating: "> ", count: 40) + "x\n\n"
    #expect(try lesson(line + line).diagnostics.count == 1)
  }

  @Test(
    "a table that would have millions of cells stays text, with a notice",
    arguments: ["", "> ", "- "])
  func tableBomb(prefix: String) throws {
    let next = prefix == "- " ? "  " : prefix
    let text =
      prefix + String(repeating: "|a", count: 1_000) + "|\n"
      + next + String(repeating: "|-", count: 1_000) + "|\n"
      + String(repeating: next + "x\n", count: 10_000)
    let lesson = try lesson(text)
    #expect(Census(lesson).nodes < 30_000)
    #expect("\(lesson.steps)".contains("notice"))
    #expect(lesson.diagnostics.contains { $0.message.contains("table") })
  }

  @Test("text that the parser splits into thousands of pieces is merged")
  func pieces() throws {
    let text = "a" + String(repeating: "_a[b", count: 15_000)
    #expect(try blocks(text) == [.paragraph([.text(text)])])
  }

  @Test("all tables count towards the limit together")
  func manyTables() throws {
    let one =
      String(repeating: "|a", count: 50) + "\n" + String(repeating: "|-", count: 50) + "\n"
      + String(repeating: "x\n", count: 200) + "\n"
    let lesson = try lesson(String(repeating: one, count: 100))
    #expect(Census(lesson).nodes < 100_000)
    #expect(lesson.diagnostics.contains { $0.message.contains("table") })
  }

  @Test("a large table within the limit is a table")
  func largeTable() throws {
    let found = try blocks("|a|b|\n|-|-|\n" + String(repeating: "|1|2|\n", count: 2_000))
    guard case .table(let table) = found.first else {
      Issue.record("no table")
      return
    }
    #expect(table.rows.count == 2_000)
  }

  @Test("a long link definition with thousands of references stays text")
  func referenceBomb() throws {
    let text =
      "[a]: /" + String(repeating: "x", count: 30_000) + "\n\n"
      + String(repeating: "[a] ", count: 8_000)
    let lesson = try lesson(text)
    #expect(Census(lesson).bytes < 200_000)
    #expect(lesson.diagnostics.map(\.line) == [1])
  }

  @Test("ordinary link definitions work")
  func references() throws {
    #expect(
      try blocks("[a]\n\n[a]: /x\n")
        == [.paragraph([.link([.text("a")], destination: "/x")])])
  }

  @Test("a document over the limit is refused with its name, its size and the limit")
  func tooLarge() {
    let text = String(repeating: "é", count: 32_769)
    #expect(throws: DocumentError.tooLarge(file: "a.md", bytes: 65_538, limit: 65_536)) {
      try CourseLoader(catalog: catalog).lesson(name: "a.md", text: text)
    }
  }

  @Test("the error for a document that is too large says what to do")
  func sentences() {
    let error = DocumentError.tooLarge(file: "a.md", bytes: 1 << 30, limit: 67_108_864)
    #expect("\(error)" == "a.md has 1 GB, more than the limit of 64 MB; split it")
  }

  @Test("a document that a user opens may be larger than a lesson")
  func opened() throws {
    let text = "# T\n\n" + String(repeating: "some words\n\n", count: 20_000)
    let lessons = try CourseLoader(catalog: catalog, limits: .opened)
      .lessons(name: "a.md", text: text)
    #expect(lessons.flatMap(\.steps).flatMap(\.blocks).count == 20_000)
  }
}
