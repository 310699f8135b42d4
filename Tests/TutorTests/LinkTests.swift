import LessonKit
import Screen
import Testing

@testable import LessonViews
@testable import Tutor

@Suite("Following links")
struct LinkTests {
  private static let document = """
    # Doors

    ## One door

    Go [on](#two-doors), or read [more](https://example.org/more).

    ## Two doors

    Back to [one](#one-door), or on to [three](#three-doors).

    ## Three doors

    No way out.
    """

  @Test("Enter follows the only link of a step, and Backspace goes back")
  func single() throws {
    var stage = try Stage(document: Self.document)
    stage.press(.enter)
    #expect(stage.model.place.step == 1)
    stage.press(.backspace)
    #expect(stage.model.place.step == 0)
    #expect(stage.model.trail.isEmpty)
  }

  @Test("Several links are offered by the titles of their targets")
  func several() throws {
    var stage = try Stage(document: Self.document)
    stage.press(.enter, .enter)
    #expect(stage.model.place.step == 1)
    #expect(stage.model.links.map(\.place.step) == [0, 2])
    stage.press(.down, .enter)
    #expect(stage.model.place.step == 2)
    #expect(stage.model.links.isEmpty)
    stage.press(.enter, .backspace, .backspace)
    #expect(stage.model.place.step == 0)
  }

  @Test("Only a link outside the course shows its address")
  func addresses() throws {
    let stage = try Stage(document: Self.document, 80, 24)
    let text = LessonText(stage.model.page, width: 70).lines.map(\.text.plain).joined(
      separator: "\n")
    #expect(text.contains("Go on, or read more (https://example.org/more)."))
  }
}
