package import Catalog
package import LessonKit
package import Screen

/// One step of the course with the learner's choices, ready for layout.
package struct LessonPage {
  let place: StepPlace
  /// The step's lesson, or nil in an empty course.
  let lesson: Lesson?
  /// The step that follows in the course, or nil.
  let next: NextStep?
  /// What the learner has done, at the last step of a lesson, or nil.
  let ending: Ending?
  /// The index of the runnable block that `r` runs.
  let selectedRun: Int
  /// The request of each runnable block, or nil if it cannot run.
  let requests: [RunRequest?]
  /// The first answer that is closed, or nil. The text from its first block on is hidden.
  let closedAnswer: StepAnswer?
  let glyphs: Glyphs
  /// Returns whether a link's destination is a step of the course.
  let leadsToStep: (_ destination: String) -> Bool

  package init(
    place: StepPlace, lesson: Lesson?, next: NextStep?, ending: Ending?, selectedRun: Int,
    requests: [RunRequest?],
    closedAnswer: StepAnswer?, glyphs: Glyphs,
    leadsToStep: @escaping (_ destination: String) -> Bool
  ) {
    self.place = place
    self.lesson = lesson
    self.next = next
    self.ending = ending
    self.selectedRun = selectedRun
    self.requests = requests
    self.closedAnswer = closedAnswer
    self.glyphs = glyphs
    self.leadsToStep = leadsToStep
  }

  /// What the learner has seen at the end of a lesson, or of the course after its last lesson.
  package struct Ending: Sendable, Equatable {
    let seen: Int
    let steps: Int
    /// The number and the title of the first step that was not seen, or nil.
    let unseen: String?

    package init(seen: Int, steps: Int, unseen: String?) {
      self.seen = seen
      self.steps = steps
      self.unseen = unseen
    }
  }

  /// The step after this one.
  package struct NextStep {
    let title: String
    /// Whether it is the first step of the next lesson.
    let isInNextLesson: Bool

    package init(title: String, isInNextLesson: Bool) {
      self.title = title
      self.isInNextLesson = isInNextLesson
    }
  }

  var step: Step? {
    guard let lesson, lesson.steps.indices.contains(place.step) else { return nil }
    return lesson.steps[place.step]
  }

  var text: InlineText { InlineText(isASCII: glyphs.isASCII, leadsToStep: leadsToStep) }
}
