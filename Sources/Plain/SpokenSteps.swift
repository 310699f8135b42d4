internal import Catalog
internal import LessonKit
internal import Tutor

/// The spoken text of all steps of the course, for the search. It is cached until it changes.
struct SpokenSteps: Sendable {
  struct Step: Sendable {
    let place: StepPlace
    let title: String
    let lines: [SpokenLine]
  }

  private(set) var steps: [Step] = []
  /// The values of runs in the cached text: a step says the values of its runs.
  private var values: [RunPlace: Arguments]?

  /// Updates the text if it is missing or has other values of runs.
  mutating func use(_ model: Model) {
    let values = model.changedRuns.mapValues(\.arguments)
    guard values != self.values else { return }
    self.values = values
    var elsewhere = model
    steps = model.course.lessons.enumerated().flatMap { lessonIndex, lesson in
      lesson.steps.enumerated().map { stepIndex, step in
        elsewhere.place = StepPlace(lesson: lessonIndex, step: stepIndex)
        elsewhere.answers[elsewhere.place] = .max
        var blocks = SpokenBlocks(model: elsewhere)
        return Step(place: elsewhere.place, title: step.title, lines: blocks.step())
      }
    }
  }
}
