internal import Catalog
internal import LessonKit
internal import LessonViews

extension Model {
  /// Replaces the course after its documents changed. The learner stays in the step of the same
  /// name, or in the nearest one. A run continues, and nothing scrolls.
  mutating func reload(_ course: Course, notices: [String]) {
    guard !course.lessons.isEmpty else { return }
    let move = CourseMove(from: self.course, to: course)
    let isSameStep = move.exactly(place) != nil
    let runs = changedRuns
    self.course = course
    place = move.nearest(place)
    if let key = awaitedStep {
      awaitedStep = nil
      if scroll[.lesson] == 0, let found = course.place(of: key) {
        place = StepPlace(lesson: found.lesson, step: found.step)
      }
    }
    changedRuns = [:]
    drafts = [:]
    trail = []
    for (run, request) in runs {
      guard let step = move.exactly(run.step) else { continue }
      changedRuns[RunPlace(step: step, run: run.run)] = request
    }
    let count = step?.runs.count ?? 0
    if !isSameStep || selectedRun >= count { selectedRun = firstRun }
    reloadLayer(move)
    lessonText = LessonText()
    search?.restart()
    noteSeen()
    if !notices.isEmpty {
      notify(also: notices.map { Remark($0, beginsWithName: true) }, isWarning: false)
    }
  }

  /// Keeps an open layer if its subject still exists.
  private mutating func reloadLayer(_ move: CourseMove) {
    switch layer {
    case .lessons(var list):
      list.selection = move.nearest(StepPlace(lesson: list.selection, step: 0)).lesson
      layer = .lessons(list)
    case .parameters(var form):
      guard let step = move.exactly(form.place.step), course.offers(form, at: step) else {
        layer = nil
        return
      }
      form.place.step = step
      layer = .parameters(form)
    case .contents(let picker):
      var renewed = picker.isOfLinks ? Picker.links(self) : Picker.contents(self)
      renewed.insert(picker.field.text)
      layer = .contents(renewed)
    case .help, .finding, .palette, .settings, .recordings, .save, .comparison, nil: break
    }
  }
}

/// Maps the steps of a course to those of its new version.
private struct CourseMove {
  let from: Course
  let to: Course

  /// The place of the step with the same names, or nil.
  func exactly(_ place: StepPlace) -> StepPlace? {
    guard from.lessons.indices.contains(place.lesson) else { return nil }
    let key = from.lessons[place.lesson].key(ofStep: place.step)
    return to.place(of: key).map { StepPlace(lesson: $0.lesson, step: $0.step) }
  }

  /// The step with the same names, else the step with the same number in the same lesson, else the
  /// first step of the lesson with the same number.
  func nearest(_ place: StepPlace) -> StepPlace {
    if let exact = exactly(place) { return exact }
    if from.lessons.indices.contains(place.lesson),
      let lesson = to.lessons.firstIndex(where: { $0.id == from.lessons[place.lesson].id })
    {
      let last = max(0, to.lessons[lesson].steps.count - 1)
      return StepPlace(lesson: lesson, step: min(place.step, last))
    }
    return StepPlace(lesson: min(place.lesson, max(0, to.lessons.count - 1)), step: 0)
  }
}

extension Course {
  /// Whether the form's step still runs its demo.
  fileprivate func offers(_ form: ParameterForm, at step: StepPlace) -> Bool {
    let runs = lessons[step.lesson].steps[step.step].runs
    return runs.indices.contains(form.place.run)
      && runs[form.place.run].request?.demo.id == form.demo.id
  }
}
