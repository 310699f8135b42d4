internal import Catalog

/// Lessons in the order in which they are meant to be taken.
public struct Course: Sendable {
  /// The lessons, sorted by their files: those with a number first, the others by their names. The
  /// lessons of one file stay in its order.
  public let lessons: [Lesson]

  /// - Parameter lessons: those of one file in its order, the files in any; those whose name has
  ///   a number come first, by number, the others after them by name.
  public init(lessons: [Lesson]) {
    let files = Dictionary(grouping: lessons, by: \.file)
    let names = files.keys.map { (FileName($0).number ?? .max, $0) }.sorted { $0 < $1 }
    self.lessons = names.flatMap { files[$0.1] ?? [] }
  }

  /// - Parameter lessons: in the order in which they are to be taken, as a folder's documents are.
  public init(inOrder lessons: [Lesson]) {
    self.lessons = lessons
  }

  /// The lesson that a person means: by its number or its id; where no lesson has a number, by its
  /// place too, from 1. Nil where there is none.
  public func index(ofLesson name: String) -> Int? {
    lessons.firstIndex { $0.number.map { "\($0)" } == name }
      ?? lessons.firstIndex { $0.id == name }
      ?? (hasNumbers ? nil : ListNumber.index(in: name, count: lessons.count))
  }

  /// The number that names a lesson; nil for one that goes by its id only, since others have
  /// numbers.
  /// - Precondition: the index is one of a lesson.
  public func number(ofLesson index: Int) -> Int? {
    lessons[index].number ?? (hasNumbers ? nil : index + 1)
  }

  private var hasNumbers: Bool { lessons.contains { $0.number != nil } }
}
