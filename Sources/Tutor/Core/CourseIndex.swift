internal import LessonKit

/// Facts about a course that every frame needs. They are computed once, because a document may
/// have ten thousand steps.
package struct CourseIndex: Sendable {
  /// The number of steps before each lesson, and at the end the number of all steps.
  let stepStarts: [Int]
  /// The lessons and their steps, as the rows of a table of contents.
  let contents: [ContentsRows.Entry]
  /// For each lesson the steps with something to run, computed on demand.
  private let runnable: [Deferred<[Int]>]
  /// Whether lessons come from several documents, so that lists show the documents' names.
  let hasSeveralFiles: Bool
  /// The targets of links within the course.
  let links: LinkIndex
  /// The number of visited steps of each lesson.
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

  /// The steps of a lesson with a run block of its author. An offer, made because code resembles a
  /// demo, counts only for its own step.
  func runnableSteps(ofLesson lesson: Int) -> [Int] { runnable[lesson].value }

  /// Counts a first visit to a step.
  mutating func noteSeen(lesson: Int) {
    if seen.indices.contains(lesson) { seen[lesson] += 1 }
  }
}
