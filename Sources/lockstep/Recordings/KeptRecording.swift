import Events
import Glibc
import Trace

/// A run that was kept, as far as its first line and its last tell of it.
struct KeptRecording: Sendable, Equatable {
  /// How the recording ends, or that it has not ended.
  enum Ending: Sendable, Equatable {
    /// With the run, and so; nil for an outcome that this program does not know.
    case finished(RunOutcome?)
    /// A living process still writes it.
    case goesOn
    /// Before the run's end: the program was killed, or could not write on.
    case cut
    /// It cannot be read, and why.
    case damaged(String)
  }

  /// The file; of one that was removed, where it is put back.
  let path: String
  /// Whether it was taken off the shelf, and can be put back.
  let isRemoved: Bool
  /// Its size in bytes.
  let size: Int
  /// Which run it is of; nil where that cannot be read.
  private(set) var header: RecordingHeader?
  private(set) var ending = Ending.cut
  /// How many events there are.
  private(set) var events: UInt64 = 0
  /// From the run's start to its last event, in nanoseconds of the run.
  private(set) var duration: UInt64 = 0

  /// The file's name, by which `lockstep replay` finds it.
  var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  /// Looks at a file: at its beginning and its end, however long it is.
  init(path: String, isRemoved: Bool = false) {
    self.path = path
    self.isRemoved = isRemoved
    let place = isRemoved ? path + RecordingName.removedEnding : path
    let descriptor = open(place, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC)
    guard descriptor >= 0 else {
      size = 0
      ending = .damaged(String(cString: strerror(errno)))
      return
    }
    defer { close(descriptor) }
    var status = stat()
    size = fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
    // Whoever writes it has the whole lock.
    let isWritten = flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
    readEnds(descriptor)
    guard isWritten else { return }
    // Before its first line too, which is on its way then.
    if case .finished = ending {} else { ending = .goesOn }
  }

  /// A header is a few hundred bytes; so is the last event of a run.
  private static let endLength = 64 << 10

  private mutating func readEnds(_ descriptor: Int32) {
    let head = Self.bytes(descriptor, from: 0)
    var reader = RecordingReader()
    var first: [Event] = []
    do throws(RecordingError) {
      let end = head.firstIndex(of: 0x0A) ?? head.endIndex
      try reader.take(head.span.extracting(..<end), into: &first)
      _ = try reader.finish(into: &first)
    } catch {
      ending = .damaged("\(error)")
      return
    }
    header = reader.header
    guard let last = lastEvent(descriptor, head) else { return }
    events = last.seq
    duration = last.time
    if last.kind == .runFinish { ending = .finished(last.runOutcome) }
  }

  /// The last whole event. Its line may be long, or the one that was cut short behind it.
  private func lastEvent(_ descriptor: Int32, _ head: [UInt8]) -> Event? {
    guard size > Self.endLength else { return Self.lastEvent(in: head) }
    for length in [Self.endLength, Self.endLength << 5] {
      let tail = Self.bytes(descriptor, from: max(0, size - length), count: length)
      if let event = Self.lastEvent(in: tail) { return event }
    }
    return nil
  }

  /// The event of the last whole line.
  private static func lastEvent(in bytes: [UInt8]) -> Event? {
    var end = bytes.endIndex
    // The last line may not be whole; the one before it then is.
    for _ in 0..<2 {
      let line = bytes[..<end]
      let start = line.lastIndex(of: 0x0A).map { $0 + 1 } ?? line.startIndex
      if start < end, let event = try? FlatLineScanner.event(in: bytes.span.extracting(start..<end))
      {
        return event
      }
      end = max(0, start - 1)
    }
    return nil
  }

  private static func bytes(
    _ descriptor: Int32, from offset: Int, count: Int = endLength
  ) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, offset) }
    return Array(bytes.prefix(max(0, count)))
  }
}
