/// Lessons in the order in which they are meant to be taken.
public struct Course: Sendable {
  /// The lessons; of the built-in ones those with a number first, the others by their file's name.
  public let lessons: [Lesson]

  /// - Parameter lessons: in any order; those with a number come first, by number, the others
  ///   after them by the name of their file.
  public init(lessons: [Lesson]) {
    self.lessons = lessons.sorted { first, second in
      (first.number ?? .max, first.file) < (second.number ?? .max, second.file)
    }
  }

  /// - Parameter lessons: in the order in which they are to be taken, as a folder's documents are.
  public init(inOrder lessons: [Lesson]) {
    self.lessons = lessons
  }
}
