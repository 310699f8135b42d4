public import Events

/// The outcome of a task.
public enum TaskOutcome<Output: Sendable>: Sendable {
  case value(Output)
  case failure(RaisedException)
  /// The task was cancelled before it started.
  case cancelled
}

/// A future as a pure state machine: queued → running → ended, or queued → ended.
public struct FutureState<Output: Sendable>: Sendable {
  enum Phase: Sendable {
    case queued
    case running
    case ended(TaskOutcome<Output>)
  }

  enum CancelResult: Sendable {
    case cancelled
    case cancelledBefore
    /// The task runs or has ended.
    case tooLate
  }

  private(set) var phase = Phase.queued
  /// The waiters in order of arrival. An array, because a pool may have many futures.
  public var waiters: [QueuedActor] = []

  public init() {}

  /// The outcome, or nil before the task's end.
  var outcome: TaskOutcome<Output>? {
    if case .ended(let outcome) = phase { outcome } else { nil }
  }

  /// Starts the task. Returns false if it was cancelled or its pool broke.
  public mutating func begin() -> Bool {
    switch phase {
    case .queued:
      phase = .running
      return true
    case .ended: return false
    case .running: preconditionFailure("the task was started twice")
    }
  }

  /// Ends the task, unless it has ended already.
  public mutating func end(_ outcome: TaskOutcome<Output>) {
    if case .ended = phase { return }
    phase = .ended(outcome)
  }

  mutating func cancel() -> CancelResult {
    switch phase {
    case .queued:
      phase = .ended(.cancelled)
      return .cancelled
    case .ended(.cancelled): return .cancelledBefore
    case .running, .ended: return .tooLate
    }
  }
}

/// Waits until the task has ended.
struct FutureAwait<Output: Sendable>: WaitingOperation {
  var reason: WaitReason { .future }
  func isReady(_ state: FutureState<Output>, for waiter: QueuedActor) -> Bool {
    state.outcome != nil
  }
  func enqueue(_ waiter: QueuedActor, in state: inout FutureState<Output>) {
    state.waiters.append(waiter)
  }
  func withdraw(_ waiter: QueuedActor, from state: inout FutureState<Output>) {
    state.waiters.removeAll { $0 == waiter }
  }

  func apply(to state: inout FutureState<Output>, by waiter: QueuedActor) -> TaskOutcome<Output> {
    guard let outcome = state.outcome else {
      preconditionFailure("the future's task has not ended")
    }
    return outcome
  }

  func event(_ outcome: TaskOutcome<Output>, object: ObjectID) -> EventRecord? { nil }

  func wakes(_ state: FutureState<Output>) -> QueuedActor? {
    state.outcome == nil ? nil : state.waiters.first
  }
}

/// Starts the task. The result is false if it was cancelled or its pool broke.
struct FutureBegin<Output: Sendable>: InstantOperation {
  var kind: EventKind? { .taskStart }
  let task: PoolTaskName

  func apply(to state: inout FutureState<Output>, by waiter: QueuedActor) -> Bool { state.begin() }
  func event(_ hasBegun: Bool, object: ObjectID) -> EventRecord? {
    hasBegun ? .ofTask(.taskStart, task.input, pool: task.pool, task: task.number) : nil
  }
  func eventTexts(_ hasBegun: Bool) -> [String] { task.input.eventTexts }
}

/// Stores the outcome of the task.
struct FutureEnd<Output: Sendable>: InstantOperation {
  var kind: EventKind? { .taskFinish }
  let task: PoolTaskName
  let outcome: TaskOutcome<Output>
  /// The outcome for the event.
  let value: EventValue

  func apply(to state: inout FutureState<Output>, by waiter: QueuedActor) { state.end(outcome) }
  func event(_ result: Void, object: ObjectID) -> EventRecord? {
    let kind: EventKind = if case .value = outcome { .taskFinish } else { .taskFail }
    return .ofTask(kind, value, pool: task.pool, task: task.number)
  }
  func eventTexts(_ result: Void) -> [String] { value.eventTexts }
  func wakes(_ state: FutureState<Output>) -> QueuedActor? { state.waiters.first }
}

/// Cancels the task unless it has started.
struct FutureCancel<Output: Sendable>: InstantOperation {
  var kind: EventKind? { .taskCancel }
  let task: PoolTaskName

  func apply(to state: inout FutureState<Output>, by waiter: QueuedActor)
    -> FutureState<Output>.CancelResult
  { state.cancel() }
  func event(_ result: FutureState<Output>.CancelResult, object: ObjectID) -> EventRecord? {
    guard result == .cancelled else { return nil }
    return .ofTask(.taskCancel, task.input, pool: task.pool, task: task.number)
  }
  func eventTexts(_ result: FutureState<Output>.CancelResult) -> [String] { task.input.eventTexts }
  func wakes(_ state: FutureState<Output>) -> QueuedActor? {
    state.outcome == nil ? nil : state.waiters.first
  }
}

/// Reads the state.
struct FutureRead<Output: Sendable>: InstantOperation {
  func apply(to state: inout FutureState<Output>, by waiter: QueuedActor) -> FutureState<Output> {
    state
  }
  func event(_ result: FutureState<Output>, object: ObjectID) -> EventRecord? { nil }
}

extension ActorContext {
  /// Records an event of a pool's task.
  public func recordTask(_ kind: EventKind, _ value: String, pool: ObjectID, task: Int) {
    let value = EventValue(value)
    let event = EventRecord.ofTask(kind, value, pool: pool, task: task)
    record(event, texts: value.eventTexts)
  }
}
