internal import LessonKit

/// Facts about a course that every picture needs, worked out once: a document may have ten
/// thousand steps.
package struct CourseIndex: Sendable {
  /// How many steps come before each lesson, and at the end how many there are.
  let stepStarts: [Int]
  /// The lessons and their steps, as the rows of a table of contents.
  let contents: [ContentsRows.Entry]
  /// For each lesson the steps with something to run, worked out for those that are opened.
  private let runnable: [Deferred<[Int]>]
  /// Whether lessons come from more than one document, so that its name helps to tell them apart.
  let hasSeveralFiles: Bool
  /// Where links lead within the course.
  let links: LinkIndex
  /// How many steps of each lesson were opened.
  private(set) var seen: [Int]

  init(_ course: Course, _ progress: DocumentProgress) {
    let lessons = course.lessons
    links = LinkIndex(course)
    stepStarts = lessons.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.steps.count) }
    runnable = lessons.map { lesson in
      Deferred {
        lesson.steps.indices.filter { step in
          lesson.steps[step].runs.contains { !$0.isOffered && $0.request != nil }
        }
      }
    }
    hasSeveralFiles =
      lessons.contains { $0.file != lessons[0].file } && lessons.contains { $0.number == nil }
    seen = lessons.map { lesson in
      lesson.steps.indices.count { progress.seen.contains(lesson.key(ofStep: $0)) }
    }
    contents = lessons.indices.flatMap { index in
      let lesson = lessons[index]
      let first = ContentsRows.Entry(place: StepPlace(lesson: index, step: 0), isLesson: true)
      // A lesson that is one step of the same name needs no second row.
      if lesson.steps.count == 1, lesson.steps[0].title == lesson.title { return [first] }
      return [first]
        + lesson.steps.indices.map { step in
          ContentsRows.Entry(place: StepPlace(lesson: index, step: step), isLesson: false)
        }
    }
  }

  /// The steps of a lesson in which its author has something run; what is only offered because code
  /// resembles a demo speaks for its own step alone.
  func runnableSteps(ofLesson lesson: Int) -> [Int] { runnable[lesson].value }

  /// Counts a step that was opened for the first time.
  mutating func noteSeen(lesson: Int) {
    if seen.indices.contains(lesson) { seen[lesson] += 1 }
  }
}
