import Catalog
import LessonKit
import Shell

/// A lesson and a step that the user named.
struct Place {
  /// The lesson's index and the step's, both from 0.
  let lesson: Int
  let step: Int
  /// Whether the user named a step. Otherwise it is the first.
  let namesStep: Bool

  /// - Throws: `Failure` with the lessons or steps that exist.
  init(text: String, in course: Course) throws {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let name = parts.first.map(String.init) ?? ""
    guard let index = course.index(ofLesson: name) else {
      throw Failure(Self.unknown(name, in: course), .wrongUsage)
    }
    lesson = index
    namesStep = parts.count == 2
    guard namesStep else {
      step = 0
      return
    }
    let steps = course.lessons[index].steps.count
    guard let step = ListNumber.index(in: parts[1], count: max(1, steps)) else {
      let known = steps == 1 ? "it has one step" : "its steps are 1...\(steps)"
      throw Failure("lesson \(name) has no step \"\(parts[1])\"; \(known)", .wrongUsage)
    }
    self.step = step
  }

  /// Whether the text before a slash names a lesson.
  static func namesLesson(_ text: String, in course: Course) -> Bool {
    course.index(ofLesson: String(text.prefix { $0 != "/" })) != nil
  }

  /// The message for an unknown name.
  /// - Parameter kinds: what the name could be.
  static func unknown(_ name: String, in course: Course, _ kinds: String = "lesson") -> String {
    let ids = course.lessons.map(\.id)
    let hint = Suggestion.closest(to: name, among: ids).map { " (did you mean \($0)?)" } ?? ""
    let known = course.lessons.indices.prefix(20).map { index in
      (course.number(ofLesson: index).map { "\($0) " } ?? "") + course.lessons[index].id
    }
    return "no \(kinds) is called \"\(name)\"\(hint); the lessons are \(known.listed)"
  }
}
