internal import Catalog

/// An ordered series of lessons.
public struct Course: Sendable {
  /// The lessons in order.
  public let lessons: [Lesson]

  /// Makes a course sorted by file: numbered files first, by number, then the others by name.
  /// - Parameter lessons: The lessons, with those of one file in their order.
  public init(lessons: [Lesson]) {
    let files = Dictionary(grouping: lessons, by: \.file)
    let names = files.keys.map { (FileName($0).number ?? .max, $0) }.sorted { $0 < $1 }
    self.lessons = names.flatMap { files[$0.1] ?? [] }
  }

  /// Makes a course that keeps the given order, for example of the documents in a folder.
  public init(inOrder lessons: [Lesson]) {
    self.lessons = lessons
  }

  /// The index of the lesson with a number or an id, or nil if there is none. If no lesson has a
  /// number, the position from 1 works too.
  public func index(ofLesson name: String) -> Int? {
    lessons.firstIndex { $0.number.map { "\($0)" } == name }
      ?? lessons.firstIndex { $0.id == name }
      ?? (hasNumbers ? nil : ListNumber.index(in: name, count: lessons.count))
  }

  /// The number that identifies a lesson, or nil if only its id does, because other lessons have
  /// numbers.
  /// - Precondition: The index is valid.
  public func number(ofLesson index: Int) -> Int? {
    lessons[index].number ?? (hasNumbers ? nil : index + 1)
  }

  private var hasNumbers: Bool { lessons.contains { $0.number != nil } }
}
