import Events

/// One flag that all can wait for, as Python's `threading.Event`. Who waits when it is set goes on,
/// even if it is cleared at once; who comes while it is set does not wait at all.
public final class EventFlag: ShareableObject {
  public let traced: Traced<EventFlagState>

  public init(_ traced: Traced<EventFlagState>) { self.traced = traced }

  /// A flag for the threads of this process, not set.
  public convenience init(_ name: String, in run: Run) {
    self.init(Traced(id: run.newObject(name, type: "event"), EventFlagState()))
  }

  /// A flag for all processes of the run, not set, as `multiprocessing.Event`.
  /// - Throws: `RaisedException` when the run has no room for another.
  public static func shared(_ name: String, in run: Run) throws -> EventFlag {
    EventFlag(try .shared(name, type: "shared event", EventFlagState(), in: run))
  }

  /// Sets the flag; all who wait for it go on.
  public func set() throws(RunStopped) { try ActorContext.current.perform(EventSet(), on: traced) }

  /// Clears the flag: who comes from now on waits.
  public func clear() throws(RunStopped) {
    try ActorContext.current.perform(EventClear(), on: traced)
  }


  /// Waits until the flag is set.
  /// - Parameter timeout: how long at most, in ns of the run's clock; nil for ever.
  /// - Returns: false when the time was over.
  @discardableResult
  public func wait(timeout: Int64? = nil) throws(RunStopped) -> Bool {
    try ActorContext.current.perform(EventWait(), on: traced, timeout: timeout) != nil
  }
}

/// Whether a flag is set, and who waits for that.
public struct EventFlagState: BitwiseCopyable, Sendable, Equatable {
  var isSet = false
  var line = NoticeLine()
}

struct EventSet: InstantOperation {
  func apply(to state: inout EventFlagState, by waiter: QueuedActor) -> Int {
    state.isSet = true
    return state.line.tellAll()
  }
  func event(_ told: Int, object: ObjectID) -> EventRecord? {
    EventRecord(.eventSet, object: object)
  }
  func wakes(_ state: EventFlagState) -> QueuedActor? { state.line.told.first }
}

struct EventClear: InstantOperation {
  func apply(to state: inout EventFlagState, by waiter: QueuedActor) { state.isSet = false }
  func event(_ result: Void, object: ObjectID) -> EventRecord? {
    EventRecord(.eventClear, object: object)
  }
}


struct EventWait: WaitingOperation {
  var reason: WaitReason { .event }
  func isReady(_ state: EventFlagState, for waiter: QueuedActor) -> Bool {
    state.isSet || state.line.told.contains(waiter)
  }
  func enqueue(_ waiter: QueuedActor, in state: inout EventFlagState) { state.line.enter(waiter) }
  func withdraw(_ waiter: QueuedActor, from state: inout EventFlagState) {
    state.line.leave(waiter)
  }
  func apply(to state: inout EventFlagState, by waiter: QueuedActor) {}
  func event(_ result: Void, object: ObjectID) -> EventRecord? { nil }
  func wakes(_ state: EventFlagState) -> QueuedActor? { state.line.told.first }
}
