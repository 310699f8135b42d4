import LessonKit
import Rings
import SystemPackage
import Tutor

/// The open documents while the tutor shows them: what is saved is read again.
struct LiveDocuments: ~Copyable {
  private var shelf: DocumentShelf?
  private var watch: DocumentWatch
  /// When what is missing is gone for good, on the monotonic clock in nanoseconds.
  private(set) var deadline: UInt64?

  /// How long an editor may take from taking the old file away to putting the new one there.
  private static let settling: UInt64 = 150_000_000

  /// Documents that are never read again: the built-in lessons, and what cannot be.
  init() { watch = DocumentWatch(isNeeded: false) }

  /// Reads the documents for the first time, and watches them from before then on.
  init(_ shelf: DocumentShelf, progress: ReadingProgress, news: inout DocumentShelf.News) {
    self.shelf = shelf
    watch = DocumentWatch(isNeeded: true)
    news = read(isSettled: true, progress: progress)
    if let trouble = watch.trouble {
      news.notices.append("what is saved is not read again by itself: \(trouble)")
    }
  }

  /// To be polled; -1 where there is nothing to wait for.
  var descriptor: Int32 { watch.descriptor }

  var course: Course? { shelf?.course }

  /// What the tutor is to know, when something was heard or the time has come.
  mutating func take() -> Message? {
    let hasHeard = watch.drain()
    let isDue = deadline.map { $0 <= MonotonicClock.now() } ?? false
    guard hasHeard || isDue else { return nil }
    let news = read(isSettled: isDue && !hasHeard, progress: ReadingProgress(isShown: false))
    deadline = news.isUnsettled ? MonotonicClock.now() + Self.settling : nil
    let notices = Self.notices(of: news)
    if news.hasLessons, let course { return .reloaded(course, notices: notices) }
    return notices.isEmpty ? nil : .warned(notices.joined(separator: "; "))
  }

  private mutating func read(isSettled: Bool, progress: ReadingProgress) -> DocumentShelf.News {
    guard var shelf else { return DocumentShelf.News() }
    defer { self.shelf = shelf }
    for file in shelf.files { watch.add(file: file) }
    var news = shelf.read(isSettled: isSettled, progress: progress)
    // What came into a folder before it was watched would never be heard of.
    while shelf.folders.reduce(false, { watch.add(folder: $1) || $0 }) {
      news.add(shelf.read(isSettled: isSettled, progress: progress))
    }
    return news
  }

  /// What has happened, a sentence for each kind of thing.
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
