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
  /// The time that reading may take before the screen shows the beginning, in milliseconds.
  private static let patience: Int32 = 300
  /// The time between two messages about the reading.
  private static let interval: UInt64 = 1_000_000_000

  /// The reading that goes on while the screen shows the beginning, and that beginning.
  private var first: (reading: FirstReading, beginning: Course)?
  /// The messages of a reading that ended while the tutor had the screen. They can be read in the
  /// shell afterwards.
  public private(set) var lateNotices: [String] = []

  /// Documents that never change, such as the built-in lessons.
  public init() { watch = DocumentWatch(isNeeded: false) }

  /// Starts to watch the documents, then reads them for the first time.
  /// - Parameter mayShowBeginning: whether to return before everything is read, if that takes long.
  ///   Then `course` is the beginning of the first document, and `take` returns the rest.
  public init(
    _ shelf: DocumentShelf, mayShowBeginning: Bool = false, progress: ReadingProgress,
    news: inout DocumentShelf.News
  ) {
    self.shelf = shelf
    watch = DocumentWatch(isNeeded: true)
    for file in shelf.files { watch.add(file: file) }
    if mayShowBeginning, let reading = FirstReading(shelf) {
      var result = reading.wait(milliseconds: Self.patience)
      if result == nil, let beginning = shelf.beginning() {
        first = (reading, beginning)
        deadline = MonotonicClock.now() + Self.interval
        return
      }
      while result == nil {
        progress.note(reading.progress)
        result = reading.wait(milliseconds: 100)
      }
      news = result.map { take($0) } ?? news
    } else {
      news = read(isSettled: true, progress: progress)
    }
    if let trouble = watch.trouble {
      news.notices.append("changes to the documents do not show automatically: \(trouble)")
    }
  }

  /// The descriptor to poll, or -1 if there is nothing to wait for.
  public var descriptor: Int32 { first?.reading.descriptor ?? watch.descriptor }

  public var course: Course? { first?.beginning ?? shelf?.course }

  /// Whether the course is only the beginning of the first document.
  public var isPartial: Bool { first != nil }

  /// A change for the tutor to show.
  public enum Change {
    case reloaded(Course, notices: [String])
    case warning(String)
    /// What is being read.
    case reading(String)
  }

  /// The next change, if a file has changed or the deadline has passed.
  public mutating func take() -> Change? {
    if let first { return takeFirst(first.reading) }
    let hasHeard = watch.drain()
    let isDue = deadline.map { $0 <= MonotonicClock.now() } ?? false
    guard hasHeard || isDue else { return nil }
    let news = read(isSettled: isDue && !hasHeard, progress: ReadingProgress(isShown: false))
    deadline = news.isUnsettled ? MonotonicClock.now() + Self.settling : nil
    let notices = Self.notices(of: news)
    if news.hasLessons, let course { return .reloaded(course, notices: notices) }
    return notices.isEmpty ? nil : .warning(notices.joined(separator: "; "))
  }

  /// The rest of the documents, or else a message about the reading each second.
  private mutating func takeFirst(_ reading: FirstReading) -> Change? {
    guard let result = reading.result else {
      guard let due = deadline, due <= MonotonicClock.now() else { return nil }
      deadline = due + Self.interval
      return .reading(reading.progress)
    }
    first = nil
    deadline = nil
    let notices = take(result).notices
    lateNotices = notices
    guard let course, !course.lessons.isEmpty else {
      return .warning(notices.joined(separator: "; "))
    }
    return .reloaded(course, notices: ["everything is read"] + notices)
  }

  /// Takes the result of the first reading, and watches the folders.
  private mutating func take(_ result: FirstReading.Result) -> DocumentShelf.News {
    shelf = result.shelf
    var news = result.news
    // A file may have come before its folder was watched.
    if watchFolders() {
      news.add(read(isSettled: true, progress: ReadingProgress(isShown: false)))
    }
    return news
  }

  /// Watches the folders of the documents. Returns whether a watch is new.
  private mutating func watchFolders() -> Bool {
    (shelf?.folders ?? []).reduce(false) { watch.add(folder: $1) || $0 }
  }

  private mutating func read(isSettled: Bool, progress: ReadingProgress) -> DocumentShelf.News {
    for file in shelf?.files ?? [] { watch.add(file: file) }
    var news = shelf?.read(isSettled: isSettled, progress: progress) ?? DocumentShelf.News()
    // A file may have come into a new folder before the folder was watched.
    while watchFolders(), let more = shelf?.read(isSettled: isSettled, progress: progress) {
      news.add(more)
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
