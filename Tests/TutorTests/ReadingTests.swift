internal import Catalog
internal import LessonKit
internal import Lessons
internal import Screen
internal import Testing

@testable import Tutor

@Suite("A document with nothing to run")
struct ReadingTests {
  static let document = """
    # Notes on a garden

    What grows where, and since when.

    ## The beds

    Beans stand in the first, peas in the second. \
    \(String(repeating: "They are watered in the evening, never at noon. ", count: 12))

    ### Against snails

    - [x] copper around the beds
    - [ ] ducks

    ## The trees

    | tree | planted |
    |---|---:|
    | apple | 1998 |
    | pear | 2004 |
    """

  @Test(
    "fills the screen, with its contents beside it or a key away", arguments: DrawingTests.sizes)
  func picture(size: Size) throws {
    let stage = try Stage(document: Self.document, size.columns, size.rows)
    try KeptDrawing.expect(stage.picture, named: "reading-\(size.columns)x\(size.rows)")
  }

  @Test("opens a step by a click on its title, and marks it as seen")
  func click() throws {
    var stage = try Stage(document: Self.document)
    let rect = try #require(stage.model.content(of: .contents))
    let rows = ContentsRows(stage.model).entries
    let row = try #require(rows.firstIndex { $0.place == StepPlace(lesson: 0, step: 1) })
    stage.send(.input(.mouse(Mouse(Point(x: rect.x + 6, y: rect.y + row), .press))))
    #expect(stage.model.place == StepPlace(lesson: 0, step: 1))
    #expect(stage.picture.contains("▸   ●  The trees"))
  }

  @Test("can be searched, copied and browsed by its contents")
  func contents() throws {
    var stage = try Stage(document: Self.document, 60, 20)
    stage.press(.character("2"))
    #expect(stage.model.focus == .contents)
    stage.press(.character("/"))
    stage.type("tree")
    #expect(stage.model.search?.hits.count == 1)
    stage.press(.enter, .escape, .character("y"))
    guard case .copy(let text, _) = stage.effects.first else {
      Issue.record("nothing was copied")
      return
    }
    #expect(text.contains("The beds") && text.contains("The trees"))
  }

  @Test("shows the panes of a run as soon as there is something to run")
  func runnable() throws {
    let text = Self.document + "\n\n```lockstep\nrun producer-consumer\n```\n"
    let stage = try Stage(document: text)
    #expect(stage.model.panes.count == 5)
  }

  @Test("shows the demo's code only in the step that offers the demo")
  func offered() throws {
    let listing = try #require(BuiltInLessons.listing(named: "producer_consumer.py"))
    let text = "# Mine\n\n## Code\n\n```python\n\(listing)\n```\n\n## Other\n\nWords.\n"
    var stage = try Stage(document: text)
    #expect(stage.picture.contains("ours: producer_consumer.py"))
    stage.press(.character("]"))
    #expect(stage.model.panes == [.lesson, .contents])
  }

  @Test("keeps the current step visible in long contents, until they are scrolled")
  func follows() throws {
    let steps = (1...80).map { "## Step number \($0)\n\nText.\n" }.joined(separator: "\n")
    var stage = try Stage(document: "# Long\n\n" + steps)
    for _ in 1..<60 { stage.press(.character("]")) }
    #expect(stage.picture.contains("▸   ●  Step number 60"))
    stage.press(.character("2"), .home)
    #expect(!stage.picture.contains("▸   ●  Step number 60"))
    stage.press(.character("]"))
    #expect(stage.picture.contains("▸   ●  Step number 61"))
  }
}
