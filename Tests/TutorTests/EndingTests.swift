import LessonViews
import LessonKit
import Screen
import Testing

@testable import Tutor

@Suite("The end of a lesson and of the course")
struct EndingTests {
  /// The text of the last step of a lesson, after all of its answers.
  private func end(of lesson: Int, seen: (inout Stage) -> Void = { _ in }) throws -> String {
    var stage = try Stage(120, 60, lesson: lesson, step: 1)
    let count = stage.model.course.lessons[lesson - 1].steps.count
    seen(&stage)
    stage.model.open(StepPlace(lesson: lesson - 1, step: count - 1))
    for _ in 0..<3 { stage.press(.character("v")) }
    stage.press(.end)
    return stage.model.lessonText.lines.map(\.text.plain).joined(separator: " ")
  }

  @Test("The last step says what was learned, what was not seen, and what is next")
  func lesson() throws {
    let text = try end(of: 4)
    #expect(text.contains("What you learned: to look and then to take are two steps"))
    #expect(text.contains("This is the end of lesson 4. You have seen 2 of 9 steps."))
    #expect(text.contains("Not yet: 4/2 What the lock is for."))
    #expect(text.contains("]  next lesson: Sharing data safely"))
  }

  @Test("When all steps were seen, it says so")
  func all() throws {
    let text = try end(of: 7) { stage in
      for step in 0..<6 { stage.model.open(StepPlace(lesson: 6, step: step)) }
    }
    #expect(text.contains("This is the end of lesson 7. You have seen all 6 steps."))
  }

  @Test("The end of the course counts the steps of all lessons")
  func course() throws {
    let text = try end(of: 8)
    #expect(text.contains("This is the end of the last lesson. You have seen 2 of 96 steps."))
    #expect(text.contains("L  lists all lessons"))
  }

  @Test("A step inside a lesson has no such end")
  func inside() throws {
    let stage = try Stage(120, 60, lesson: 4, step: 3)
    #expect(!stage.model.lessonText.lines.contains { $0.text.plain.contains("the end of") })
  }
}
