internal import Catalog
internal import LessonKit

extension Model {
  var lesson: Lesson? {
    course.lessons.indices.contains(place.lesson) ? course.lessons[place.lesson] : nil
  }

  var step: Step? {
    guard let lesson, lesson.steps.indices.contains(place.step) else { return nil }
    return lesson.steps[place.step]
  }

  /// Whether a step was opened, now or at another time.
  func isSeen(_ place: StepPlace) -> Bool {
    guard course.lessons.indices.contains(place.lesson) else { return false }
    return progress.seen.contains(course.lessons[place.lesson].key(ofStep: place.step))
  }

  /// How many steps of a lesson, or of all lessons, were opened.
  func seenCount(lesson: Int? = nil) -> Int {
    lesson.map { index.seen[$0] } ?? index.seen.reduce(0, +)
  }

  /// How many steps all lessons have together.
  var stepCount: Int { index.stepStarts.last ?? 0 }

  /// A step by its place among all steps of the course.
  func stepPlace(_ number: Int) -> StepPlace {
    let starts = index.stepStarts
    let lesson = (starts.firstIndex { $0 > number } ?? starts.count) - 1
    return StepPlace(lesson: lesson, step: number - starts[lesson])
  }

  var nextPlace: StepPlace? {
    guard let lesson else { return nil }
    if place.step + 1 < lesson.steps.count {
      return StepPlace(lesson: place.lesson, step: place.step + 1)
    }
    guard place.lesson + 1 < course.lessons.count else { return nil }
    return StepPlace(lesson: place.lesson + 1, step: 0)
  }

  var previousPlace: StepPlace? {
    if place.step > 0 { return StepPlace(lesson: place.lesson, step: place.step - 1) }
    guard place.lesson > 0 else { return nil }
    let steps = course.lessons[place.lesson - 1].steps.count
    return StepPlace(lesson: place.lesson - 1, step: max(0, steps - 1))
  }

  /// What a runnable block of the step would run: as the lesson asks, or as the learner changed it.
  func request(run index: Int) -> RunRequest? {
    guard let step, step.runs.indices.contains(index) else { return nil }
    let changed = changedRuns[RunPlace(step: place, run: index)]
    return changed ?? step.runs[index].request
  }

  /// What `r` runs.
  var selectedRequest: RunRequest? { request(run: selectedRun) }

  /// The demo that the panes on the right speak of: what runs or ran last while its step is still
  /// open, else what the step offers, else the nearest offer of the lesson.
  var shownDemo: Demo? {
    if let session { return session.request.demo }
    if let selectedRequest { return selectedRequest.demo }
    guard let lesson else { return nil }
    let runnable = index.runnableSteps(ofLesson: place.lesson)
    let nearest = runnable.last { $0 < place.step } ?? runnable.first { $0 >= place.step }
    return nearest.flatMap { lesson.steps[$0].run }?.demo
  }

  /// The listing beside the lesson.
  var shownListing: Listing? { shownDemo.flatMap { listings[$0.listing] } }

  /// - Parameter isVisit: false for a step that a search passes through: it was not read.
  mutating func open(_ place: StepPlace, isVisit: Bool = true) {
    let isNewLesson = place.lesson != self.place.lesson
    self.place = place
    if isVisit { noteSeen() }
    showsWelcome = false
    selectedRun = 0
    scroll[.lesson] = 0
    scroll.setFollows(.contents, true)
    // A finished run of something else has nothing to say here.
    if let session, !session.isLive,
      isNewLesson || (step?.run).map({ $0.demo.id != session.request.demo.id }) == true
    {
      self.session = nil
    }
    chosenMiddle = nil
    focus = .lesson
  }
}
