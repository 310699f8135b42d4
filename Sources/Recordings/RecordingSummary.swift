import Events
import Glibc
import Trace

/// What the first and the last line of a recording say about its run.
public struct RecordingSummary: Sendable, Equatable {
  /// How the recording ends, if it has ended.
  enum Ending: Sendable, Equatable {
    /// With the end of the run. Nil for an outcome that this version does not know.
    case finished(RunOutcome?)
    /// A process is still writing it.
    case goesOn
    /// Before the end of the run: the program was killed or could not write.
    case cut
    /// The recording cannot be read; the text says why.
    case damaged(String)
  }

  /// The path of the file, without the ending of a removed file.
  public let path: String
  /// Whether it was removed from the list and can be put back.
  let isRemoved: Bool
  /// The size in bytes.
  let size: Int
  /// The header, or nil if it cannot be read.
  private(set) var header: RecordingHeader?
  private(set) var ending = Ending.cut
  /// The number of events.
  private(set) var events: UInt64 = 0
  /// The time from the run's start to its last event, in nanoseconds of the run.
  private(set) var duration: UInt64 = 0

  /// The file's name, which `lockstep replay` takes.
  var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  /// Reads the beginning and the end of a file, however long it is.
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
    // The writer has an exclusive lock.
    let isWritten = flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
    readEnds(descriptor)
    guard isWritten else { return }
    // This also holds before the first line is written.
    if case .finished = ending {} else { ending = .goesOn }
  }

  /// The bytes to read at each end. A header or an event is usually a few hundred bytes.
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

  /// The last whole event. Its line or the partial line after it may be long.
  private func lastEvent(_ descriptor: Int32, _ head: [UInt8]) -> Event? {
    guard size > Self.endLength else { return Self.lastEvent(in: head) }
    for length in [Self.endLength, Self.endLength << 5] {
      let tail = Self.bytes(descriptor, from: max(0, size - length), count: length)
      if let event = Self.lastEvent(in: tail) { return event }
    }
    return nil
  }

  /// The event in the last whole line.
  private static func lastEvent(in bytes: [UInt8]) -> Event? {
    var end = bytes.endIndex
    // The last line may be cut short. Then the line before it is whole.
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
