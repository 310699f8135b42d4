package import Catalog
package import LessonKit
package import Screen

/// One step of the course with the learner's choices in it, ready to be set as lines.
package struct LessonPage {
  package let place: StepPlace
  /// The step's lesson, or nil in an empty course.
  package let lesson: Lesson?
  /// The step that follows in the course, or nil.
  package let next: NextStep?
  /// The runnable block that `r` runs.
  package let selectedRun: Int
  /// What each runnable block runs, or nil for one that cannot run.
  package let requests: [RunRequest?]
  package let glyphs: Glyphs
  /// Whether a link's destination is a step of the course.
  package let leadsToStep: (_ destination: String) -> Bool

  package init(
    place: StepPlace, lesson: Lesson?, next: NextStep?, selectedRun: Int, requests: [RunRequest?],
    glyphs: Glyphs, leadsToStep: @escaping (_ destination: String) -> Bool
  ) {
    self.place = place
    self.lesson = lesson
    self.next = next
    self.selectedRun = selectedRun
    self.requests = requests
    self.glyphs = glyphs
    self.leadsToStep = leadsToStep
  }

  package struct NextStep {
    package let title: String
    /// Whether it is the first step of the next lesson.
    package let isInNextLesson: Bool

    package init(title: String, isInNextLesson: Bool) {
      self.title = title
      self.isInNextLesson = isInNextLesson
    }
  }

  package var step: Step? {
    guard let lesson, lesson.steps.indices.contains(place.step) else { return nil }
    return lesson.steps[place.step]
  }

  package var text: InlineText { InlineText(leadsToStep: leadsToStep) }
}
