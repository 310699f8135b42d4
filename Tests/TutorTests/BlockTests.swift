internal import Catalog
internal import LessonKit
internal import Screen
internal import Testing

@testable internal import Tutor

@Suite("How lessons are set")
struct BlockTests {
  private static func model(_ text: String, columns: Int, rows: Int) throws -> Model {
    let catalog = DemoCatalog(cores: 2)
    let lesson = try CourseLoader(catalog: catalog).lesson(name: "blocks.md", text: text)
    var model = Model(
      course: Course(lessons: [lesson]), listings: [:], catalog: catalog,
      size: Size(columns: columns, rows: rows))
    // From 80 columns on other panes stand beside the lesson.
    if columns >= 80 { _ = update(&model, .input(.key(.character("z")))) }
    return model
  }

  @Test("Every kind of block has its shape, wide and narrow", arguments: [72, 40])
  func blocks(columns: Int) throws {
    let text = try #require(KeptDrawing.file("blocks.md"))
    let model = try Self.model(text, columns: columns, rows: 66)
    try KeptDrawing.expect(
      render(model).lines.joined(separator: "\n") + "\n", named: "blocks-\(columns)")
  }

  @Test("At no width does a line of a lesson leave its pane")
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

  @Test("A course without lessons is a calm screen, and no key does harm")
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
