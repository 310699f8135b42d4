public import Events

/// One kind of operation on one kind of state, as pure functions.
public protocol Operation {
  associatedtype State: Sendable
  associatedtype Result: Sendable

  /// Applies the operation.
  func apply(to state: inout State, by waiter: QueuedActor) -> Result
  /// The event that records what was applied, or nil.
  func event(_ result: Result, object: ObjectID) -> EventRecord?
  /// The texts of that event, for a value that is not a number.
  func eventTexts(_ result: Result) -> [String]
  /// The actor that can go on after the operation was applied or withdrawn, or nil.
  func wakes(_ state: State) -> QueuedActor?
}

extension Operation {
  public func eventTexts(_ result: Result) -> [String] { [] }
  public func wakes(_ state: State) -> QueuedActor? { nil }
}

/// An operation that can always be applied and so never waits.
public protocol InstantOperation: Operation {}

/// An operation that waits in line until the state is ready for it.
public protocol WaitingOperation: Operation {
  /// What the actor waits for.
  var reason: WaitReason { get }
  /// The actor whose end is awaited, or nil.
  var awaited: ActorID? { get }
  /// Whether the operation can be applied now; never for an actor that is not first in line.
  func isReady(_ state: State, for waiter: QueuedActor) -> Bool
  /// Puts the actor in line.
  func enqueue(_ waiter: QueuedActor, in state: inout State)
  /// Takes the actor out of line.
  func withdraw(_ waiter: QueuedActor, from state: inout State)
}

extension WaitingOperation {
  public var awaited: ActorID? { nil }
}

/// A state at which actors wait in one line.
public protocol WaitingState: Sendable {
  var waiters: ActorQueue { get set }
}

extension WaitingOperation where State: WaitingState {
  public func enqueue(_ waiter: QueuedActor, in state: inout State) { state.waiters.append(waiter) }
  public func withdraw(_ waiter: QueuedActor, from state: inout State) {
    state.waiters.remove(waiter)
  }
}
