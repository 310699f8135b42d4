/// Lessons in the order in which they are meant to be taken.
public struct Course: Sendable {
  /// The lessons, sorted: those with a number first, the others by the name of their file.
  public let lessons: [Lesson]

  /// - Parameter lessons: in any order; those with a number come first, by number, the others
  ///   after them by the name of their file.
  public init(lessons: [Lesson]) {
    self.lessons = lessons.sorted { first, second in
      (first.number ?? .max, first.file) < (second.number ?? .max, second.file)
    }
  }
}
