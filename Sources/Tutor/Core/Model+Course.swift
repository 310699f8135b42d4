package import Catalog
package import LessonKit
package import LessonViews
internal import RunViews
internal import Trace

extension Model {
  package var lesson: Lesson? {
    course.lessons.indices.contains(place.lesson) ? course.lessons[place.lesson] : nil
  }

  package var step: Step? {
    guard let lesson, lesson.steps.indices.contains(place.step) else { return nil }
    return lesson.steps[place.step]
  }

  /// Whether a step was visited, in this session or earlier.
  package func isSeen(_ place: StepPlace) -> Bool {
    guard course.lessons.indices.contains(place.lesson) else { return false }
    return progress.seen.contains(course.lessons[place.lesson].key(ofStep: place.step))
  }

  /// The number of visited steps of a lesson, or of all lessons.
  package func seenCount(lesson: Int? = nil) -> Int {
    lesson.map { index.seen[$0] } ?? index.seen.reduce(0, +)
  }

  /// The number of steps of all lessons.
  package var stepCount: Int { index.stepStarts.last ?? 0 }

  /// The place of a step, by its index among all steps of the course.
  func stepPlace(_ number: Int) -> StepPlace {
    let starts = index.stepStarts
    let lesson = (starts.firstIndex { $0 > number } ?? starts.count) - 1
    return StepPlace(lesson: lesson, step: number - starts[lesson])
  }

  package var nextPlace: StepPlace? {
    guard let lesson else { return nil }
    if place.step + 1 < lesson.steps.count {
      return StepPlace(lesson: place.lesson, step: place.step + 1)
    }
    guard place.lesson + 1 < course.lessons.count else { return nil }
    return StepPlace(lesson: place.lesson + 1, step: 0)
  }

  /// What was seen, at the last step of a lesson; of the whole course at its last step.
  private var ending: LessonPage.Ending? {
    guard let lesson, place.step == lesson.steps.count - 1 else { return nil }
    let isLast = place.lesson == course.lessons.count - 1
    let lessons = isLast ? Array(course.lessons.indices) : [place.lesson]
    let steps = lessons.reduce(0) { $0 + course.lessons[$1].steps.count }
    let seen = lessons.reduce(0) { $0 + seenCount(lesson: $1) }
    guard seen < steps else { return LessonPage.Ending(seen: seen, steps: steps, unseen: nil) }
    let unseen = lessons.lazy.flatMap { lesson in
      self.course.lessons[lesson].steps.indices.lazy.map { StepPlace(lesson: lesson, step: $0) }
    }
    .first { !isSeen($0) }
    let name = unseen.map { place in
      let number = course.number(ofLesson: place.lesson).map { "\($0)/" } ?? ""
      return "\(number)\(place.step + 1) \(course.lessons[place.lesson].steps[place.step].title)"
    }
    return LessonPage.Ending(seen: seen, steps: steps, unseen: name)
  }

  /// The open step for its pane.
  package var page: LessonPage {
    LessonPage(
      place: place, lesson: lesson,
      next: nextPlace.map { next in
        let lesson = course.lessons[next.lesson]
        let isSame = next.lesson == place.lesson
        return LessonPage.NextStep(
          title: isSame ? lesson.steps[next.step].title : lesson.title, isInNextLesson: !isSame)
      },
      ending: ending, selectedRun: selectedRun,
      requests: (step?.runs ?? []).indices.map { request(run: $0) },
      closedAnswer: closedAnswer, glyphs: glyphs,
      leadsToStep: { [index, place] in index.links.place(of: $0, in: place.lesson) != nil })
  }

  /// Another step for its pane, with all answers.
  package func page(at place: StepPlace) -> LessonPage {
    var there = self
    there.answers[place] = .max
    if place != self.place { there.selectedRun = 0 }
    there.place = place
    return there.page
  }

  /// The first run of the step that can run, or else its first.
  var firstRun: Int {
    step?.runs.firstIndex { $0.request != nil } ?? 0
  }

  var previousPlace: StepPlace? {
    if place.step > 0 { return StepPlace(lesson: place.lesson, step: place.step - 1) }
    guard place.lesson > 0 else { return nil }
    let steps = course.lessons[place.lesson - 1].steps.count
    return StepPlace(lesson: place.lesson - 1, step: max(0, steps - 1))
  }

  /// The place of a step that the user names: `4`, `4/2`, `factorial/1`, `/3` in this lesson.
  package enum NamedPlace: Equatable {
    case place(StepPlace)
    case noLesson(Remark)
    case noStep(Remark)
  }

  /// Finds the step that a text names.
  package func place(named text: String) -> NamedPlace {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let name = parts.first.map { String($0).trimmed } ?? ""
    let found = name.isEmpty ? place.lesson : course.index(ofLesson: name)
    guard let lesson = found, course.lessons.indices.contains(lesson) else {
      return .noLesson("there is no lesson \"\(ValueText.abbreviated(name, limit: 40))\"")
    }
    guard parts.count == 2 else { return .place(StepPlace(lesson: lesson, step: 0)) }
    let count = course.lessons[lesson].steps.count
    guard let step = ListNumber.index(in: String(parts[1]).trimmed, count: count) else {
      let shown = ValueText.abbreviated(String(parts[1]), limit: 40)
      return .noStep("that lesson has no step \"\(shown)\"; its steps are 1 to \(count)")
    }
    return .place(StepPlace(lesson: lesson, step: step))
  }

  /// The demo in the other panes: the current or last run of the open step, else the step's own
  /// demo, else the nearest demo of the lesson.
  var shownDemo: Demo? {
    if let session { return session.request.demo }
    if let selectedRequest { return selectedRequest.demo }
    guard let lesson else { return nil }
    let runnable = index.runnableSteps(ofLesson: place.lesson)
    let nearest = runnable.last { $0 < place.step } ?? runnable.first { $0 >= place.step }
    return nearest.flatMap { lesson.steps[$0].run }?.demo
  }

  /// The run whose values the listing shows: the current or last one, else the selected one.
  package var shownRequest: RunRequest? { session?.request ?? selectedRequest }

  /// The listing beside the lesson.
  package var shownListing: Listing? { shownDemo.flatMap { listings[$0.listing] } }

  /// Opens a step.
  /// - Parameter isVisit: false for a step that a search only passes.
  package mutating func open(_ place: StepPlace, isVisit: Bool = true) {
    let isNewLesson = place.lesson != self.place.lesson
    self.place = place
    awaitedStep = nil
    offersComparison = false
    if isVisit { noteSeen() }
    showsWelcome = false
    selectedRun = firstRun
    scroll[.lesson] = 0
    scroll.setFollows(.contents, true)
    // A finished run of another demo does not belong to this step.
    if let session, !session.isLive,
      isNewLesson || (step?.run).map({ $0.demo.id != session.request.demo.id }) == true
    {
      self.session = nil
    }
    chosenMiddle = nil
    showsAllMeasures = false
    focus = .lesson
    // The form belongs to another step.
    if case .parameters = layer { layer = nil }
  }
}
