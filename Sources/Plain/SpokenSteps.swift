internal import Catalog
internal import LessonKit
internal import Tutor

/// What is said of all steps of the course, to be looked through; laid out once, for as long as
/// nothing about it changes.
struct SpokenSteps: Sendable {
  struct Step: Sendable {
    let place: StepPlace
    let title: String
    let lines: [SpokenLine]
  }

  private(set) var steps: [Step] = []
  /// The values of runs that the steps were laid out with: what a step offers to run is said in it.
  private var values: [RunPlace: Arguments]?

  /// Lays the steps out where that was not done, or was with other values.
  mutating func use(_ model: Model) {
    let values = model.changedRuns.mapValues(\.arguments)
    guard values != self.values else { return }
    self.values = values
    var elsewhere = model
    steps = model.course.lessons.enumerated().flatMap { lessonIndex, lesson in
      lesson.steps.enumerated().map { stepIndex, step in
        elsewhere.place = StepPlace(lesson: lessonIndex, step: stepIndex)
        var blocks = SpokenBlocks(model: elsewhere)
        return Step(place: elsewhere.place, title: step.title, lines: blocks.step())
      }
    }
  }
}
