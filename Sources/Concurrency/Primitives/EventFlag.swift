import Events

/// A flag that actors can wait for, like Python's `threading.Event`. Setting it wakes all waiters,
/// even if it is cleared again immediately. While it is set, nobody waits.
public final class EventFlag: ShareableObject {
  public let traced: Traced<EventFlagState>

  public init(_ traced: Traced<EventFlagState>) { self.traced = traced }

  /// Creates a cleared flag for the threads of this process.
  public convenience init(_ name: String, in run: Run) {
    self.init(Traced(id: run.newObject(name, type: "event"), EventFlagState()))
  }

  /// Creates a cleared flag for all processes of the run, like `multiprocessing.Event`.
  /// - Throws: `RaisedException` if the run has no room for another.
  public static func shared(_ name: String, in run: Run) throws -> EventFlag {
    EventFlag(try .shared(name, type: "shared event", EventFlagState(), in: run))
  }

  /// Sets the flag and wakes all waiters.
  public func set() throws(RunStopped) { try ActorContext.current.perform(EventSet(), on: traced) }

  /// Clears the flag.
  public func clear() throws(RunStopped) {
    try ActorContext.current.perform(EventClear(), on: traced)
  }

  /// Waits until the flag is set.
  /// - Parameter timeout: the longest wait in nanoseconds of the run's clock, or nil for no limit.
  /// - Returns: false after the time-out.
  @discardableResult
  public func wait(timeout: Int64? = nil) throws(RunStopped) -> Bool {
    try ActorContext.current.perform(EventWait(), on: traced, timeout: timeout) != nil
  }
}

/// Whether a flag is set, and its waiters.
public struct EventFlagState: BitwiseCopyable, Sendable, Equatable {
  var isSet = false
  var queue = NotificationQueue()
}

struct EventSet: InstantOperation {
  var kind: EventKind? { .eventSet }
  func apply(to state: inout EventFlagState, by waiter: QueuedActor) -> Int {
    state.isSet = true
    return state.queue.notifyAll()
  }
  func event(_ count: Int, object: ObjectID) -> EventRecord? {
    EventRecord(.eventSet, object: object)
  }
  func wakes(_ state: EventFlagState) -> QueuedActor? { state.queue.notified.first }
}

struct EventClear: InstantOperation {
  var kind: EventKind? { .eventClear }
  func apply(to state: inout EventFlagState, by waiter: QueuedActor) { state.isSet = false }
  func event(_ result: Void, object: ObjectID) -> EventRecord? {
    EventRecord(.eventClear, object: object)
  }
}

struct EventWait: WaitingOperation {
  var reason: WaitReason { .event }
  func isReady(_ state: EventFlagState, for waiter: QueuedActor) -> Bool {
    state.isSet || state.queue.notified.contains(waiter)
  }
  func enqueue(_ waiter: QueuedActor, in state: inout EventFlagState) { state.queue.append(waiter) }
  func withdraw(_ waiter: QueuedActor, from state: inout EventFlagState) {
    state.queue.remove(waiter)
  }
  func apply(to state: inout EventFlagState, by waiter: QueuedActor) {}
  func event(_ result: Void, object: ObjectID) -> EventRecord? { nil }
  func wakes(_ state: EventFlagState) -> QueuedActor? { state.queue.notified.first }
}
