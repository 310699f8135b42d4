import Glibc
import JSON
public import LessonKit
import Platform
public import Screen

/// Saves the session's state on a thread of its own, so that a slow disk never blocks the screen.
///
/// The thread lives while there is something to write. Changes that come meanwhile are collected and
/// written together. Changes that cannot be written are tried again with the next change and at the
/// end.
public final class StateWriter: Sendable {
  /// The files to write. A nil file is not written.
  struct Places: Sendable {
    var progress: ProgressStore?
    var settings: KeyedFile?
    var layout: KeyedFile?
  }

  /// The changes not written yet.
  private struct Pending: Sendable {
    var done = DocumentProgress()
    var settings: [(String, JSONValue)] = []
    var splits: Splits?

    var isEmpty: Bool { done.isEmpty && settings.isEmpty && splits == nil }
  }

  private struct State: ~Copyable {
    var pending = Pending()
    /// Whether the thread runs. The changes that it writes are no longer pending.
    var isWriting = false
    /// The last settings. Only differences from them are written.
    var settings = Settings()
    /// The last problem reported.
    var reported: String?
    /// Takes messages for the user.
    var listener: (@Sendable (String, Bool) -> Void)?
    /// The signal to set when the thread ends.
    var ended: PollSignal?
  }

  private let document: String
  private let places: Places
  private let state: Guarded<State>

  /// - Parameter document: the document's name in the progress file.
  init(document: String, in places: Places) {
    self.document = document
    self.places = places
    state = Guarded(State())
  }

  /// Sets the settings of the session's start. Only the user's changes are saved, and not what the
  /// command line or the environment set for this session.
  public func begin(with settings: Settings) { state.withLock { $0.settings = settings } }

  /// Sets the closure that takes messages for the user, and whether they are good news. It is called
  /// on the thread that writes.
  public func onMessage(_ listener: @escaping @Sendable (String, Bool) -> Void) {
    state.withLock { $0.listener = listener }
  }

  // MARK: Changes

  public func save(_ change: ProgressChange) {
    guard places.progress != nil else { return }
    add { $0.pending.done.apply(change) }
  }

  public func save(_ settings: Settings) {
    guard places.settings != nil else { return }
    add { state in
      let fields = settings.fields(changedFrom: state.settings)
      state.settings = settings
      state.pending.settings.removeAll { field in fields.contains { $0.0 == field.0 } }
      state.pending.settings += fields
    }
  }

  public func save(_ splits: Splits) {
    guard places.layout != nil else { return }
    add { $0.pending.splits = splits }
  }

  private func add(_ change: @Sendable (inout State) -> Void) {
    let isStarting = state.withLock { state in
      change(&state)
      guard !state.isWriting, !state.pending.isEmpty else { return false }
      state.isWriting = true
      return true
    }
    if isStarting { start() }
  }

  /// Waits until all changes are written, at most `patience` nanoseconds.
  /// - Returns: why something is not saved, unless it has been reported before.
  public func flush(patience: UInt64 = 1_000_000_000) -> String? {
    let deadline = MonotonicClock.now() + patience
    let before = state.withLock { $0.reported }
    waitForThread(until: deadline)
    let isStarting = state.withLock { state in
      guard !state.isWriting, !state.pending.isEmpty else { return false }
      state.isWriting = true
      return true
    }
    if isStarting {
      start()
      waitForThread(until: deadline)
    }
    return state.withLock { state in
      if state.isWriting { return "the last changes may not be saved: the disk takes too long" }
      return state.pending.isEmpty || state.reported == before ? nil : state.reported
    }
  }

  private func waitForThread(until deadline: UInt64) {
    let descriptor = state.withLock { state -> Int32? in
      guard state.isWriting else { return nil }
      state.ended = PollSignal()
      return state.ended?.descriptor
    }
    guard let descriptor else { return }
    var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    _ = poll(&polled, 1, MonotonicClock.pollTimeout(until: deadline))
    state.withLock { $0.ended = nil }
  }

  // MARK: Writing

  private func start() {
    guard PosixThread.start(named: "lockstep:state", { self.write() }) == nil else { return }
    end(with: Pending(), because: "the system has no more threads")
  }

  /// The thread: writes until nothing is left or a write fails.
  private func write() {
    while let work = takeWork() {
      var left = work
      do throws(StateError) {
        try write(&left)
      } catch {
        end(with: left, because: "\(error)")
        return
      }
      reportRecovery()
    }
  }

  private func takeWork() -> Pending? {
    state.withLock { state in
      guard !state.pending.isEmpty else {
        Self.end(&state)
        return nil
      }
      defer { state.pending = Pending() }
      return state.pending
    }
  }

  /// - Parameter work: the changes to write. Written changes are removed from it.
  private func write(_ work: inout Pending) throws(StateError) {
    if let store = places.progress, !work.done.isEmpty {
      if let notice = try store.add(work.done, to: document) { report(notice) }
      work.done = DocumentProgress()
    }
    if let file = places.settings, !work.settings.isEmpty {
      try set(work.settings, in: file, "your settings are").map { report($0) }
      work.settings = []
    }
    if let file = places.layout, let splits = work.splits {
      _ = try set(splits.fields, in: file, "your layout is")
      work.splits = nil
    }
  }

  /// Sets values in a file. They are dropped if a newer program has written it meanwhile.
  /// - Returns: a message for the user, or nil.
  private func set(
    _ values: [(String, JSONValue)], in file: KeyedFile, _ whatIs: String
  ) throws(StateError) -> String? {
    do throws(StateError) {
      return try file.set(values)
    } catch .newer(let path, let version) {
      return "\(whatIs) not saved: \(StateError.newer(path, version: version))"
    }
  }

  /// Ends the thread after a failure. Keeps the unwritten changes and reports the problem once.
  private func end(with left: Pending, because reason: String) {
    let isNews = state.withLock { state in
      var pending = left
      pending.done.add(state.pending.done)
      pending.settings.removeAll { field in state.pending.settings.contains { $0.0 == field.0 } }
      pending.settings += state.pending.settings
      pending.splits = state.pending.splits ?? left.splits
      state.pending = pending
      Self.end(&state)
      let text = Self.message(reason)
      guard state.reported != text else { return false }
      state.reported = text
      return true
    }
    if isNews { report(Self.message(reason)) }
  }

  private static func end(_ state: inout State) {
    state.isWriting = false
    state.ended?.set()
  }

  private static func message(_ reason: String) -> String {
    "your progress is not saved for now: \(reason)"
  }

  private func reportRecovery() {
    let wasFailing = state.withLock { state in
      defer { state.reported = nil }
      return state.reported != nil
    }
    if wasFailing { report("your progress is saved again", isGood: true) }
  }

  private func report(_ message: String, isGood: Bool = false) {
    let listener = state.withLock { $0.listener }
    listener?(message, isGood)
  }
}
