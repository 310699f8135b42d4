public import LessonKit
import Platform
import SystemPackage

/// The open documents while the tutor shows them. Reads them again when they are saved.
public struct LiveDocuments: ~Copyable {
  private var shelf: DocumentShelf?
  private var watch: DocumentWatch
  /// When a missing file counts as gone, on the monotonic clock in nanoseconds.
  public private(set) var deadline: UInt64?

  /// The time an editor may take between removing the old file and writing the new one.
  private static let settling: UInt64 = 150_000_000

  /// Documents that never change, such as the built-in lessons.
  public init() { watch = DocumentWatch(isNeeded: false) }

  /// Starts to watch the documents, then reads them for the first time.
  public init(_ shelf: DocumentShelf, progress: ReadingProgress, news: inout DocumentShelf.News) {
    self.shelf = shelf
    watch = DocumentWatch(isNeeded: true)
    news = read(isSettled: true, progress: progress)
    if let trouble = watch.trouble {
      news.notices.append("changes to the documents do not show automatically: \(trouble)")
    }
  }

  /// The descriptor to poll, or -1 if there is nothing to wait for.
  public var descriptor: Int32 { watch.descriptor }

  public var course: Course? { shelf?.course }

  /// A change for the tutor to show.
  public enum Change {
    case reloaded(Course, notices: [String])
    case warning(String)
  }

  /// The next change, if a file has changed or the deadline has passed.
  public mutating func take() -> Change? {
    let hasHeard = watch.drain()
    let isDue = deadline.map { $0 <= MonotonicClock.now() } ?? false
    guard hasHeard || isDue else { return nil }
    let news = read(isSettled: isDue && !hasHeard, progress: ReadingProgress(isShown: false))
    deadline = news.isUnsettled ? MonotonicClock.now() + Self.settling : nil
    let notices = Self.notices(of: news)
    if news.hasLessons, let course { return .reloaded(course, notices: notices) }
    return notices.isEmpty ? nil : .warning(notices.joined(separator: "; "))
  }

  private mutating func read(isSettled: Bool, progress: ReadingProgress) -> DocumentShelf.News {
    guard var shelf else { return DocumentShelf.News() }
    defer { self.shelf = shelf }
    for file in shelf.files { watch.add(file: file) }
    var news = shelf.read(isSettled: isSettled, progress: progress)
    // A file may have come into a new folder before the folder was watched.
    while shelf.folders.reduce(false, { watch.add(folder: $1) || $0 }) {
      news.add(shelf.read(isSettled: isSettled, progress: progress))
    }
    return news
  }

  /// A message for each kind of change.
  private static func notices(of news: DocumentShelf.News) -> [String] {
    func sentence(_ what: String, _ names: [String]) -> [String] {
      guard !names.isEmpty else { return [] }
      let more = names.count > 3 ? " and \(names.count - 3) more" : ""
      return ["\(what): \(names.prefix(3).joined(separator: ", "))\(more)"]
    }
    return sentence("read again", news.changed) + sentence("new", news.added)
      + sentence("gone", news.removed) + news.notices
  }
}
