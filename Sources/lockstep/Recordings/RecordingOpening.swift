import CPlatform
import Concurrency
import Glibc
import Trace

/// What is told of a recording while it is read.
enum RecordingNews: Sendable {
  /// It is one, and of this run. Comes once, before any event.
  case began(RecordingHeader)
  /// The next events in order. So many bytes of the file are read by now, of so many where that is
  /// known.
  case events([Event], read: Int, of: Int?)
  /// All of it has been read, and so it ends. The last news.
  case ended(RecordingEnd)
  /// It cannot be read, or no further; the sentence, which may hold anything that the file's name
  /// holds, says why. The last news; what came before it counts.
  case refused(String)
}

/// A recording that is being read on a thread of its own, `lockstep:open`.
///
/// ```
/// the thread:   read a piece ─▶ parse ─▶ deliver ─▶ (wait while 64 k events are not taken) ─▶ …
/// the taker:                                 └▶ … fold some ─▶ taken(count) ─▶ …
/// ```
///
/// So what is parsed ahead is bounded however large the file is. The reading ends with the last
/// news, with `cancel`, and when nobody holds the opening any more.
final class RecordingOpening: Sendable {
  /// So many events may have been delivered and not been taken before the thread waits; one piece
  /// of the file may bring it beyond.
  static let lookAhead = 65_536

  private let shared: Shared

  /// Begins to read.
  /// - Parameters:
  ///   - path: the file's path, or `-` for standard input.
  ///   - deliver: takes the news in order, on the thread that reads.
  /// - Throws: `Failure` when the system gives no descriptor or no thread. What is wrong with the
  ///   file comes as news.
  init(_ path: String, deliver: @escaping @Sendable (RecordingNews) -> Void) throws {
    let shared = try Shared()
    self.shared = shared
    let isReading = PosixThread.detach(named: "lockstep:open") {
      shared.read(path, deliver: deliver)
    }
    guard isReading else { throw Failure("the system gives no more threads; close other programs") }
  }

  deinit { cancel() }

  /// Says that so many more of the delivered events have been taken.
  func taken(_ count: Int) { shared.taken(count) }

  /// Ends the reading. News that are being delivered just now still come.
  func cancel() { shared.cancel() }
}

/// What the thread that reads and those who look on have in common.
private final class Shared: Sendable {
  private struct State: Sendable {
    /// Events that were delivered and not taken.
    var waiting = 0
    var isCancelled = false
  }

  private let state = Guarded(State())
  /// Becomes readable when the thread should look at the state again.
  private let wake: Int32

  init() throws {
    wake = lks_eventfd()
    guard wake >= 0 else { throw Failure("no more file descriptors; close other programs") }
  }

  deinit { if wake >= 0 { close(wake) } }

  func taken(_ count: Int) {
    let goesOn = state.withLock { state in
      let wasFull = state.waiting >= RecordingOpening.lookAhead
      state.waiting -= count
      return wasFull && state.waiting < RecordingOpening.lookAhead
    }
    if goesOn { signal() }
  }

  func cancel() {
    state.withLock { $0.isCancelled = true }
    signal()
  }

  private func signal() {
    var one: UInt64 = 1
    _ = write(wake, &one, 8)
  }

  private var isCancelled: Bool { state.withLock { $0.isCancelled } }

  /// Reads to the end, or until it is cancelled.
  func read(_ path: String, deliver: (RecordingNews) -> Void) {
    let ending: RecordingNews?
    do {
      var source = try RecordingSource(path)
      do {
        ending = try read(&source, deliver).map { .ended($0) }
      } catch let error as RecordingError {
        ending = .refused("\(source.name): \(error)")
      }
    } catch {
      ending = .refused((error as? Failure)?.message ?? "\(error)")
    }
    if let ending, !isCancelled { deliver(ending) }
  }

  /// - Returns: how the recording ends; nil where the reading was cancelled.
  private func read(
    _ source: inout RecordingSource, _ deliver: (RecordingNews) -> Void
  ) throws -> RecordingEnd? {
    var reader = RecordingReader()
    var hasBegun = false
    let size = source.size
    func tell(_ events: [Event]) {
      if !hasBegun, let header = reader.header {
        hasBegun = true
        deliver(.began(header))
      }
      guard !events.isEmpty else { return }
      state.withLock { $0.waiting += events.count }
      deliver(.events(events, read: reader.bytes, of: size.map { max($0, reader.bytes) }))
    }
    while !reader.isStopped {
      guard waitForRoom() else { return nil }
      guard let count = try source.next(orUntil: wake) else {
        clearWake()
        continue
      }
      if count == 0 { break }
      var events: [Event] = []
      try reader.take(source.bytes.span.extracting(..<count), into: &events)
      tell(events)
    }
    var events: [Event] = []
    let end = try reader.finish(into: &events)
    tell(events)
    return end
  }

  private func clearWake() {
    var count: UInt64 = 0
    _ = Glibc.read(wake, &count, 8)
  }

  /// Waits until enough of what was delivered has been taken. False where it was cancelled.
  private func waitForRoom() -> Bool {
    while true {
      let (isCancelled, isFull) = state.withLock { state in
        (state.isCancelled, state.waiting >= RecordingOpening.lookAhead)
      }
      if isCancelled || !isFull { return !isCancelled }
      var polled = pollfd(fd: wake, events: Int16(POLLIN), revents: 0)
      _ = poll(&polled, 1, -1)
      clearWake()
    }
  }
}
