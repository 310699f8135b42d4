public import Events

/// An operation on a primitive's state, as pure functions.
public protocol Operation {
  associatedtype State: Sendable
  associatedtype Result: Sendable

  /// Applies the operation.
  func apply(to state: inout State, by waiter: QueuedActor) -> Result
  /// The kind of the event that records the operation, which is known before it happens; nil if no
  /// event does.
  var kind: EventKind? { get }
  /// The event that records the operation, or nil.
  func event(_ result: Result, object: ObjectID) -> EventRecord?
  /// The texts of that event, for a value that is not a number.
  func eventTexts(_ result: Result) -> [String]
  /// The actor to wake after the operation was applied or withdrawn, or nil.
  func wakes(_ state: State) -> QueuedActor?
}

extension Operation {
  public var kind: EventKind? { nil }
  public func eventTexts(_ result: Result) -> [String] { [] }
  public func wakes(_ state: State) -> QueuedActor? { nil }
}

extension InstantOperation {
  /// The operation as an announcement.
  func next(_ object: ObjectID) -> NextOperation? { kind.map { NextOperation($0, object) } }
}

extension WaitingOperation {
  /// The operation as an announcement. One that records no event is a wait.
  func next(_ object: ObjectID) -> NextOperation? {
    NextOperation(kind ?? .waitBegin, object, reason: reason)
  }
}

/// An operation that never waits.
public protocol InstantOperation: Operation {}

/// An operation that waits until the state is ready for it.
public protocol WaitingOperation: Operation {
  /// The reason of the wait.
  var reason: WaitReason { get }
  /// The actor whose end is awaited, or nil.
  var awaited: ActorID? { get }
  /// Whether the operation can be applied now. Where the order of arrival counts, only the first
  /// waiter is ready.
  func isReady(_ state: State, for waiter: QueuedActor) -> Bool
  /// Adds the actor to the waiters.
  func enqueue(_ waiter: QueuedActor, in state: inout State)
  /// Removes the actor from the waiters.
  func withdraw(_ waiter: QueuedActor, from state: inout State)
}

extension WaitingOperation {
  public var awaited: ActorID? { nil }
}

/// A state with one queue of waiting actors.
public protocol WaitingState: Sendable {
  var waiters: ActorQueue { get set }
}

extension WaitingOperation where State: WaitingState {
  public func enqueue(_ waiter: QueuedActor, in state: inout State) { state.waiters.append(waiter) }
  public func withdraw(_ waiter: QueuedActor, from state: inout State) {
    state.waiters.remove(waiter)
  }
}
