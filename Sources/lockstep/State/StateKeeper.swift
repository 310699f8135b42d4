import CPlatform
import Concurrency
import Glibc
import LessonKit
import Trace
import Tutor

/// Keeps what is to outlive the session, on a thread of its own, so that no disk ever holds up the
/// screen.
///
/// The thread lives while there is something to write. What comes meanwhile is added up and written
/// in one go; what cannot be written is kept, and tried again with the next thing and at the end.
final class StateKeeper: Sendable {
  /// Where it is all kept; nil for what is not.
  struct Places: Sendable {
    var progress: ProgressStore?
    var settings: KeyedFile?
    var layout: KeyedFile?
  }

  /// What is not written yet.
  private struct Pending: Sendable {
    var done = DocumentProgress()
    var settings: [(String, JSONValue)] = []
    var splits: Splits?

    var isEmpty: Bool { done.isEmpty && settings.isEmpty && splits == nil }
  }

  private struct State: Sendable {
    var pending = Pending()
    /// Whether the thread is there; what it writes is then no longer pending.
    var isWriting = false
    /// The settings of which what is asked to be kept next is a change.
    var settings = Settings()
    /// What a person knows to go wrong.
    var told: String?
    /// Whom to tell what a person should know.
    var listener: (@Sendable (String, Bool) -> Void)?
    /// What is written to when the thread ends.
    var ended: Int32?
  }

  private let document: String
  private let places: Places
  private let state: Guarded<State>

  /// - Parameter document: the name under which progress is kept.
  init(document: String, in places: Places) {
    self.document = document
    self.places = places
    state = Guarded(State())
  }

  /// Says with which settings the session begins: only what a person changes is kept, and not what
  /// holds for this session alone because the command line or the environment says so.
  func begin(with settings: Settings) { state.withLock { $0.settings = settings } }

  /// Has sentences for a person given to a closure, which is called on the keeper's thread, and
  /// whether they are good news.
  func tell(_ listener: @escaping @Sendable (String, Bool) -> Void) {
    state.withLock { $0.listener = listener }
  }

  // MARK: Taking in

  func keep(_ change: ProgressChange) {
    guard places.progress != nil else { return }
    add { $0.pending.done.apply(change) }
  }

  func keep(_ settings: Settings) {
    guard places.settings != nil else { return }
    add { state in
      let fields = settings.fields(changedFrom: state.settings)
      state.settings = settings
      state.pending.settings.removeAll { field in fields.contains { $0.0 == field.0 } }
      state.pending.settings += fields
    }
  }

  func keep(_ splits: Splits) {
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

  /// Waits until everything is written that can be, and no longer than `patience` nanoseconds.
  /// - Returns: why something could not be kept, where the person was not told of that before.
  func flush(patience: UInt64 = 1_000_000_000) -> String? {
    let deadline = MonotonicClock.now() + patience
    let before = state.withLock { $0.told }
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
      if state.isWriting { return "what was done last may not be kept: the disk takes too long" }
      return state.pending.isEmpty || state.told == before ? nil : state.told
    }
  }

  private func waitForThread(until deadline: UInt64) {
    let descriptor = lks_eventfd()
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    let isWriting = state.withLock { state in
      if state.isWriting { state.ended = descriptor }
      return state.isWriting
    }
    guard isWriting else { return }
    let now = MonotonicClock.now()
    var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    if deadline > now { _ = poll(&polled, 1, Int32(clamping: (deadline - now) / 1_000_000 + 1)) }
    state.withLock { $0.ended = nil }
  }

  // MARK: Writing

  private func start() {
    guard !PosixThread.detach(named: "lockstep:state", { self.write() }) else { return }
    end(with: Pending(), because: "the system gives no more threads")
  }

  /// The thread: writes until there is nothing more to write, or something cannot be written.
  private func write() {
    while let work = takeWork() {
      var left = work
      do throws(StateError) {
        try write(&left)
      } catch {
        end(with: left, because: "\(error)")
        return
      }
      tellThatAllIsWell()
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

  /// - Parameter work: what is to be written; afterwards what is not.
  private func write(_ work: inout Pending) throws(StateError) {
    if let store = places.progress, !work.done.isEmpty {
      if let notice = try store.add(work.done, to: document) { tell(notice) }
      work.done = DocumentProgress()
    }
    if let file = places.settings, !work.settings.isEmpty {
      if let notice = try file.set(work.settings) { tell(notice) }
      work.settings = []
    }
    if let file = places.layout, let splits = work.splits {
      _ = try file.set(splits.fields)
      work.splits = nil
    }
  }

  /// The thread ends, and what it could not write waits; a person is told of it once.
  private func end(with left: Pending, because reason: String) {
    let isNews = state.withLock { state in
      var pending = left
      pending.done.add(state.pending.done)
      pending.settings.removeAll { field in state.pending.settings.contains { $0.0 == field.0 } }
      pending.settings += state.pending.settings
      pending.splits = state.pending.splits ?? left.splits
      state.pending = pending
      Self.end(&state)
      let text = Self.sentence(reason)
      guard state.told != text else { return false }
      state.told = text
      return true
    }
    if isNews { tell(Self.sentence(reason)) }
  }

  private static func end(_ state: inout State) {
    state.isWriting = false
    guard let descriptor = state.ended else { return }
    var one: UInt64 = 1
    _ = Glibc.write(descriptor, &one, 8)
  }

  private static func sentence(_ reason: String) -> String {
    "what you do is not kept for now: \(reason)"
  }

  private func tellThatAllIsWell() {
    let wasTold = state.withLock { state in
      defer { state.told = nil }
      return state.told != nil
    }
    if wasTold { tell("what you did is kept again", isGood: true) }
  }

  private func tell(_ sentence: String, isGood: Bool = false) {
    let listener = state.withLock { $0.listener }
    listener?(sentence, isGood)
  }
}
