import Catalog
import LessonKit
@testable import LessonViews
import Lessons
import Screen
@testable import Tutor

private let catalog = DemoCatalog(cores: 2)
private let listings = BuiltInLessons.files.filter { $0.name.hasSuffix(".py") }
  .map { Listing(name: $0.name, text: $0.text) }
private let opened = CourseLoader(catalog: catalog, limits: .opened, listings: listings)
private let loader = CourseLoader(catalog: catalog)
private let endings = ["md", "txt", "rst", "org", "adoc", "ipynb", "py", "html"]

/// Reads a document. The first byte chooses the ending of its name, and the rest is its content.
///
/// - The content of the lessons is not much larger than the document, and not nested too deeply.
/// - Each line fits the width, and no character of it controls a terminal.
/// - A lesson that is parsed on first use equals the one that is parsed at once.
func checkDocument(_ bytes: [UInt8]) {
  guard let choice = bytes.first else { return }
  let name = "notes." + endings[Int(choice) % endings.count]
  guard let decoded = try? DecodedText(Array(bytes.dropFirst()), file: name),
    let lessons = try? opened.lessons(name: name, text: decoded.text)
  else { return }
  var census = Census()
  for lesson in lessons { census.count(lesson) }
  let limits = DocumentLimits.opened
  expect(census.depth <= limits.nesting, "blocks are nested \(census.depth) deep")
  let most = limits.cells + limits.referenceBytes / 1_024 + 8 * bytes.count + 100
  expect(census.nodes <= most, "\(bytes.count) bytes became \(census.nodes) blocks and inlines")
  expect(!lessons.isEmpty && lessons.allSatisfy { !$0.steps.isEmpty }, "there is no step")
  check(Course(lessons: lessons), width: [20, 40, 84][Int(choice) / endings.count % 3])
  _ = LessonLint(neighbours: LintNeighbours(files: []), limits: limits)
    .diagnostics(of: lessons, text: decoded.text)
  if name == "notes.md" { checkDeferred(name, decoded.text) }
}

private func check(_ course: Course, width: Int) {
  for (index, lesson) in course.lessons.enumerated().prefix(8) {
    for step in lesson.steps.indices.prefix(8) {
      let model = Model(
        course: course, listings: [:], catalog: catalog, size: Size(columns: width, rows: 40),
        start: (index, step))
      var layout = BlockLayout(model.page)
      for line in layout.lines(width: width) {
        expect(line.text.columns <= width, "\(line.text.plain) has \(line.text.columns) columns")
        let shown = Sanitizer.displaySafe(line.text.plain, newlines: .visible)
        expect(isSafe(shown), "\(shown.debugDescription) controls the terminal")
      }
    }
  }
}

private func checkDeferred(_ name: String, _ text: String) {
  guard let parsed = try? loader.course(of: [(name, text)]),
    let deferred = try? loader.deferredCourse(of: [(name, text)])
  else { return }
  for (found, expected) in zip(deferred.lessons, parsed.lessons) {
    expect(found.title == expected.title, "the title is \(found.title), not \(expected.title)")
    expect(found.introduction == expected.introduction, "the introduction differs")
    expect(found.steps.count == expected.steps.count, "there are \(found.steps.count) steps")
    for (found, expected) in zip(found.steps, expected.steps) {
      expect(found.name == expected.name, "the step is \(found.name), not \(expected.name)")
      expect(found.line == expected.line, "\(found.name) is at line \(found.line)")
      expect(found.blocks == expected.blocks, "\(found.name) differs")
    }
  }
}

/// The number of blocks and inlines, and their nesting.
private struct Census {
  private(set) var nodes = 0
  private(set) var depth = 0

  mutating func count(_ lesson: Lesson) {
    for block in lesson.introduction + lesson.steps.flatMap(\.blocks) { count(block, at: 2) }
  }

  private mutating func count(_ block: Block, at level: Int) {
    nodes += 1
    depth = max(depth, level)
    switch block {
    case .heading(_, let inlines), .paragraph(let inlines): count(inlines, at: level)
    case .table(let table):
      for cell in ([table.header] + table.rows).joined() {
        nodes += 1
        count(cell, at: level + 2)
      }
    case .list: for block in block.children { count(block, at: level + 2) }
    default: for block in block.children { count(block, at: level + 1) }
    }
  }

  private mutating func count(_ inlines: [Inline], at level: Int) {
    for inline in inlines {
      nodes += 1
      depth = max(depth, level)
      switch inline {
      case .emphasis(let inside), .strong(let inside), .strikethrough(let inside),
        .subscript(let inside), .superscript(let inside), .link(let inside, _):
        count(inside, at: level + 1)
      default: break
      }
    }
  }
}
