public import Events
import Platform
import Shell

/// A piece of a recording that is being read.
public enum RecordingNews: Sendable {
  /// Nothing has come for a moment. The message says what the reading waits for.
  case waits(String)
  /// The header. It comes once, before any event.
  case began(RecordingHeader)
  /// The next events in order, with the bytes read so far and the size of the file, if known.
  case events([Event], read: Int, of: Int?)
  /// The end of the recording. Nothing follows.
  case ended(RecordingEnd)
  /// The recording cannot be read, or not further; the message says why. It may hold any character
  /// that a file's name may hold. Nothing follows, and the events before it count.
  case refused(String)
}

/// Reads a recording on a thread of its own, `lockstep:open`.
///
/// ```
/// the thread:   read a piece ─▶ parse ─▶ deliver ─▶ (wait while 64 k events are not taken) ─▶ …
/// the receiver:                              └▶ … fold some ─▶ taken(count) ─▶ …
/// ```
///
/// So memory stays bounded however large the file is. The thread ends at the end of the file, on
/// `cancel`, and when the object is released.
public final class RecordingLoader: Sendable {
  /// The most events delivered but not taken before the thread waits. One piece of the file may
  /// exceed it.
  static let lookAhead = 65_536

  private let shared: Shared

  /// Starts to read.
  /// - Parameters:
  ///   - path: the file's path, or `-` for standard input.
  ///   - deliver: takes the pieces in order, on the reading thread.
  /// - Throws: `Failure` if the system gives no file descriptor or no thread. Problems with the file
  ///   come as `refused`.
  public init(_ path: String, deliver: @escaping @Sendable (RecordingNews) -> Void) throws {
    let shared = try Shared()
    self.shared = shared
    let thread = PosixThread.start(named: "lockstep:open") {
      shared.read(path, deliver: deliver)
    }
    guard thread != nil else { throw Failure.noThreads }
  }

  deinit { cancel() }

  /// Reports how many more of the delivered events have been taken.
  public func taken(_ count: Int) { shared.taken(count) }

  /// Stops the reading. A piece that is being delivered still comes.
  public func cancel() { shared.cancel() }
}

/// The state that the reading thread shares with the owner.
private final class Shared: Sendable {
  private struct State: Sendable {
    /// The events delivered but not taken.
    var waiting = 0
    var isCancelled = false
  }

  private let state = Guarded(State())
  /// Set when the thread should check the state again.
  private let signal: PollSignal

  init() throws {
    guard let signal = PollSignal() else { throw Failure.noDescriptors }
    self.signal = signal
  }

  func taken(_ count: Int) {
    let goesOn = state.withLock { state in
      let wasFull = state.waiting >= RecordingLoader.lookAhead
      state.waiting -= count
      return wasFull && state.waiting < RecordingLoader.lookAhead
    }
    if goesOn { signal.set() }
  }

  func cancel() {
    state.withLock { $0.isCancelled = true }
    signal.set()
  }

  private var isCancelled: Bool { state.withLock { $0.isCancelled } }

  /// Reads to the end or until cancelled.
  func read(_ path: String, deliver: @escaping (RecordingNews) -> Void) {
    let ending: RecordingNews?
    do {
      var source = try RecordingSource(path) { message in
        if !self.isCancelled { deliver(.waits(message)) }
      }
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

  /// - Returns: how the recording ends, or nil if the reading was cancelled.
  private func read(
    _ source: inout RecordingSource, _ deliver: (RecordingNews) -> Void
  ) throws -> RecordingEnd? {
    var reader = RecordingReader()
    var hasBegun = false
    let size = source.size
    func deliverNext(_ events: [Event]) {
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
      guard let count = try source.next(orUntil: signal.descriptor) else {
        signal.clear()
        continue
      }
      if count == 0 { break }
      var events: [Event] = []
      try reader.take(source.bytes.span.extracting(..<count), into: &events)
      deliverNext(events)
    }
    var events: [Event] = []
    let end = try reader.finish(into: &events)
    deliverNext(events)
    return end
  }

  /// Waits until enough delivered events have been taken. Returns false if cancelled.
  private func waitForRoom() -> Bool {
    while true {
      let (isCancelled, isFull) = state.withLock { state in
        (state.isCancelled, state.waiting >= RecordingLoader.lookAhead)
      }
      if isCancelled || !isFull { return !isCancelled }
      signal.wait()
      signal.clear()
    }
  }
}
