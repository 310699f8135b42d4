/// Lessons in the order in which they are meant to be taken.
public struct Course: Sendable {
  /// The lessons, sorted by their files: those with a number first, the others by their names. The
  /// lessons of one file stay in its order.
  public let lessons: [Lesson]

  /// - Parameter lessons: those of one file in its order, the files in any; those whose name has
  ///   a number come first, by number, the others after them by name.
  public init(lessons: [Lesson]) {
    let files = Dictionary(grouping: lessons, by: \.file)
    let names = files.keys.sorted { first, second in
      (FileName(first).number ?? .max, first) < (FileName(second).number ?? .max, second)
    }
    self.lessons = names.flatMap { files[$0] ?? [] }
  }

  /// - Parameter lessons: in the order in which they are to be taken, as a folder's documents are.
  public init(inOrder lessons: [Lesson]) {
    self.lessons = lessons
  }
}
