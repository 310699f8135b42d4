import Catalog
import LessonKit

/// A lesson and a step, as a person names them.
struct Place {
  /// The lesson's index and the step's, both from 0.
  let lesson: Int
  let step: Int
  /// Whether the person named a step; else it is the first.
  let namesStep: Bool

  /// - Throws: `Failure` that says which lessons or steps there are.
  init(text: String, in course: Course) throws {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let name = parts.first.map(String.init) ?? ""
    guard let index = Self.lesson(name, in: course) else {
      throw Failure(Self.unknown(name, in: course), .wrongUsage)
    }
    lesson = index
    namesStep = parts.count == 2
    guard namesStep else {
      step = 0
      return
    }
    let steps = course.lessons[index].steps.count
    guard let number = Int(parts[1]), (1...max(1, steps)).contains(number) else {
      let known = steps == 1 ? "it has one step" : "its steps are 1...\(steps)"
      throw Failure("lesson \(name) has no step \"\(parts[1])\"; \(known)", .wrongUsage)
    }
    step = number - 1
  }

  /// A lesson by its number or its id; where no lesson has a number, by its place too.
  private static func lesson(_ name: String, in course: Course) -> Int? {
    let lessons = course.lessons
    let named = lessons.firstIndex { $0.id == name || $0.number.map { "\($0)" } == name }
    guard named == nil, lessons.allSatisfy({ $0.number == nil }), let count = Int(name),
      lessons.indices.contains(count - 1)
    else { return named }
    return count - 1
  }

  /// Whether the words before a slash name a lesson.
  static func namesLesson(_ text: String, in course: Course) -> Bool {
    lesson(String(text.prefix { $0 != "/" }), in: course) != nil
  }

  /// - Parameter kinds: what was looked for under that name.
  static func unknown(_ name: String, in course: Course, _ kinds: String = "lesson") -> String {
    let ids = course.lessons.map(\.id)
    let hint = Suggestion.closest(to: name, among: ids).map { " (did you mean \($0)?)" } ?? ""
    let known = course.lessons.prefix(20).map { lesson in
      (lesson.number.map { "\($0) " } ?? "") + lesson.id
    }
    return "no \(kinds) is called \"\(name)\"\(hint); the lessons are \(known.listed)"
  }
}
