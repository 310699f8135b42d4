/// Lessons in the order in which they are meant to be taken.
public struct Course: Sendable {
  public let lessons: [Lesson]

  /// - Parameter lessons: in any order; those with a number come first, by number, the others
  ///   after them by the name of their file.
  public init(lessons: [Lesson]) {
    self.lessons = lessons.sorted { first, second in
      (first.number ?? .max, first.file) < (second.number ?? .max, second.file)
    }
  }

  /// The lesson with that number, the first where there are several.
  public func lesson(number: Int) -> Lesson? {
    lessons.first { $0.number == number }
  }

  /// The lesson with that name, the first where there are several.
  public func lesson(id: String) -> Lesson? {
    lessons.first { $0.id == id }
  }

  /// What the lessons' authors should look at.
  public var diagnostics: [Diagnostic] { lessons.flatMap(\.diagnostics) }
}
