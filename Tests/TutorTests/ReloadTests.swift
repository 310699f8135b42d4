import Catalog
import LessonKit
import Screen
import Testing
import Trace

@testable import Tutor

@Suite("A document that is read again")
struct ReloadTests {
  private static let catalog = DemoCatalog(cores: 2)

  private func course(_ documents: (name: String, text: String)...) throws -> Course {
    let loader = CourseLoader(catalog: Self.catalog)
    return Course(
      inOrder: try documents.map { try loader.lesson(name: $0.name, text: $0.text) })
  }

  private func model(
    _ course: Course, lesson: Int = 0, step: Int = 0, size: Size = Size(columns: 120, rows: 40)
  ) -> Model {
    var model = Model(
      course: course, listings: [:], catalog: Self.catalog, size: size, start: (lesson, step))
    _ = update(&model, .tick(now: 1_000_000_000))
    return model
  }

  private func shows(_ model: Model, _ text: String) -> Bool {
    render(model).lines.contains { $0.contains(text) }
  }

  private static let three = "# T\n\n## One\n\nfirst\n\n## Two\n\nsecond\n\n## Three\n\nthird\n"

  @Test("opens at the learner's last step once that is read, and loses it in no case")
  func partial() throws {
    let whole = try course(("a.md", Self.three))
    let beginning = try course(("a.md", "# T\n\n## One\n\nfirst\n"))
    let last = whole.lessons[0].key(ofStep: 2)
    var progress = DocumentProgress()
    progress.apply(.place(last))
    func partial() -> Model {
      Model(
        course: beginning, listings: [:], catalog: Self.catalog,
        size: Size(columns: 120, rows: 40), progress: progress, isPartial: true)
    }
    var model = partial()
    #expect(model.progress.place == last && model.takeChanges().isEmpty)
    _ = update(&model, .reloaded(whole, notices: []))
    #expect(model.place == StepPlace(lesson: 0, step: 2) && model.progress.place == last)
    // A learner who has scrolled reads here.
    model = partial()
    model.scroll[.lesson] = 1
    _ = update(&model, .reloaded(whole, notices: []))
    #expect(model.place == StepPlace(lesson: 0, step: 0))
  }

  @Test("keeps the learner's place and shows the new text with a message")
  func staysInStep() throws {
    var model = model(try course(("a.md", Self.three)), step: 1)
    let text = "# T\n\n## Zero\n\nnew\n\n## One\n\nfirst\n\n## Two\n\nsecond, better\n"
    let effects = update(
      &model, .reloaded(try course(("a.md", text)), notices: ["read again: a.md"]))
    #expect(shows(model, "second, better") && shows(model, "read again: a.md"))
    #expect(shows(model, "step 3 of 3"))
    #expect(effects.contains(.remember(.place(StepKey(lesson: "a", step: "Two")))))
  }

  @Test("keeps the step number if the step is gone, or goes to the last step")
  func nearestStep() throws {
    var model = model(try course(("a.md", Self.three)), step: 1)
    let renamed = Self.three.replacing("## Two", with: "## Another")
    _ = update(&model, .reloaded(try course(("a.md", renamed)), notices: []))
    #expect(shows(model, "Another"))
    _ = update(&model, .reloaded(try course(("a.md", "# T\n\n## Only\n\nleft\n")), notices: []))
    #expect(shows(model, "Only") && shows(model, "left"))
  }

  @Test("keeps the lesson if others come before it, or a near one if it is gone")
  func lessons() throws {
    let two = try course(("b.md", "# B\n\nbee\n"), ("c.md", "# C\n\nsea\n"))
    var model = model(two, lesson: 1)
    let three = try course(
      ("a.md", "# A\n\nay\n"), ("b.md", "# B\n\nbee\n"), ("c.md", "# C\n\nsea\n"))
    _ = update(&model, .reloaded(three, notices: ["new: a.md"]))
    #expect(shows(model, "sea"))
    _ = update(&model, .reloaded(try course(("a.md", "# A\n\nay\n")), notices: ["gone: c.md"]))
    #expect(shows(model, "ay"))
  }

  @Test("is ignored if it has no lessons")
  func emptyCourse() throws {
    var model = model(try course(("a.md", Self.three)))
    _ = update(&model, .reloaded(Course(lessons: []), notices: []))
    #expect(shows(model, "first"))
  }

  @Test("keeps the place in the text")
  func scroll() throws {
    let text = "# T\n\n" + (1...80).map { "line \($0)" }.joined(separator: "\n\n")
    var model = model(try course(("a.md", text)), size: Size(columns: 80, rows: 24))
    for _ in 0..<10 { _ = update(&model, .input(.key(.down))) }
    let before = render(model).lines.filter { $0.contains("line ") }
    #expect(!before.isEmpty && !shows(model, "line 1 "))
    _ = update(&model, .reloaded(try course(("a.md", text + "\n\nthe end\n")), notices: []))
    #expect(render(model).lines.filter { $0.contains("line ") } == before)
  }

  @Test("lets a live run continue")
  func liveRun() throws {
    var stage = try Stage()
    try stage.play(RunScript.producerConsumer(until: 900), of: "producer-consumer")
    let before = stage.picture
    stage.send(.reloaded(stage.model.course, notices: []))
    #expect(stage.picture == before && !stage.effects.contains(.stop))
  }

  @Test("keeps the form open if its run still exists, and closes it otherwise")
  func form() throws {
    let run = "```lockstep\nrun factorial\n```\n"
    let text = "# T\n\n## One\n\n" + run
    var model = model(try course(("a.md", text)))
    _ = update(&model, .input(.key(.character("p"))))
    #expect(shows(model, "Parameters of factorial"))
    let moved = try course(("a.md", "# T\n\n## Zero\n\nx\n\n## One\n\n" + run))
    _ = update(&model, .reloaded(moved, notices: []))
    #expect(shows(model, "Parameters of factorial"))
    let effects = update(&model, .input(.key(.enter)))
    #expect(effects.contains { if case .start = $0 { true } else { false } })
    _ = update(&model, .input(.key(.character("p"))))
    _ = update(&model, .reloaded(try course(("a.md", "# T\n\n## One\n\nx\n")), notices: []))
    #expect(!shows(model, "Parameters of"))
  }
}
