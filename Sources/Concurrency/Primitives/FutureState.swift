public import Events

/// How a task ended.
public enum TaskOutcome<Output: Sendable>: Sendable {
  case value(Output)
  case failure(RaisedException)
  /// It never began.
  case cancelled
}

/// A future as a pure state machine: queued → running → ended, or queued → ended.
public struct FutureState<Output: Sendable>: Sendable {
  enum Phase: Sendable {
    case queued
    case running
    case ended(TaskOutcome<Output>)
  }

  /// What becomes of the wish that a task be cancelled.
  enum Cancelling: Sendable {
    case cancelled
    case cancelledBefore
    /// A worker is at it, or it has ended.
    case tooLate
  }

  private(set) var phase = Phase.queued
  /// Who waits for the end, the first come first.
  public var waiters: [QueuedActor] = []

  public init() {}

  /// How the task ended; nil while it has not.
  var outcome: TaskOutcome<Output>? {
    if case .ended(let outcome) = phase { outcome } else { nil }
  }

  /// A worker begins the task. Returns false where it was cancelled, or its pool broke.
  public mutating func begin() -> Bool {
    switch phase {
    case .queued:
      phase = .running
      return true
    case .ended: return false
    case .running: preconditionFailure("a task that runs was begun again")
    }
  }

  /// The task has ended; what comes after its end changes nothing.
  public mutating func end(_ outcome: TaskOutcome<Output>) {
    if case .ended = phase { return }
    phase = .ended(outcome)
  }

  mutating func cancel() -> Cancelling {
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
      preconditionFailure("a future was asked before its task had ended")
    }
    return outcome
  }

  func event(_ outcome: TaskOutcome<Output>, object: ObjectID) -> EventRecord? { nil }

  func wakes(_ state: FutureState<Output>) -> QueuedActor? {
    state.outcome == nil ? nil : state.waiters.first
  }
}

/// A worker begins the task, unless there is no more need to.
struct FutureBegin<Output: Sendable>: InstantOperation {
  let task: PoolTaskName

  func apply(to state: inout FutureState<Output>, by waiter: QueuedActor) -> Bool { state.begin() }
  func event(_ hasBegun: Bool, object: ObjectID) -> EventRecord? {
    hasBegun ? .ofTask(.taskStart, task.input, pool: task.pool, task: task.number) : nil
  }
  func eventTexts(_ hasBegun: Bool) -> [String] { task.input.eventTexts }
}

/// The worker leaves what has come of the task.
struct FutureEnd<Output: Sendable>: InstantOperation {
  let task: PoolTaskName
  let outcome: TaskOutcome<Output>
  /// The outcome as the event shows it.
  let value: EventValue

  func apply(to state: inout FutureState<Output>, by waiter: QueuedActor) { state.end(outcome) }
  func event(_ result: Void, object: ObjectID) -> EventRecord? {
    let kind: EventKind = if case .value = outcome { .taskFinish } else { .taskFail }
    return .ofTask(kind, value, pool: task.pool, task: task.number)
  }
  func eventTexts(_ result: Void) -> [String] { value.eventTexts }
  func wakes(_ state: FutureState<Output>) -> QueuedActor? { state.waiters.first }
}

/// The caller takes the task back, if it has not begun.
struct FutureCancel<Output: Sendable>: InstantOperation {
  let task: PoolTaskName

  func apply(to state: inout FutureState<Output>, by waiter: QueuedActor)
    -> FutureState<Output>.Cancelling
  { state.cancel() }
  func event(_ result: FutureState<Output>.Cancelling, object: ObjectID) -> EventRecord? {
    guard result == .cancelled else { return nil }
    return .ofTask(.taskCancel, task.input, pool: task.pool, task: task.number)
  }
  func eventTexts(_ result: FutureState<Output>.Cancelling) -> [String] { task.input.eventTexts }
  func wakes(_ state: FutureState<Output>) -> QueuedActor? {
    state.outcome == nil ? nil : state.waiters.first
  }
}

/// Looks how far the task is; only a look, true no longer than nothing happens.
struct FutureLook<Output: Sendable>: InstantOperation {
  func apply(to state: inout FutureState<Output>, by waiter: QueuedActor) -> FutureState<Output> {
    state
  }
  func event(_ result: FutureState<Output>, object: ObjectID) -> EventRecord? { nil }
}

extension EventRecord {
  /// What becomes of a pool's task; a value that is no number goes beside it.
  public static func ofTask(_ kind: EventKind, _ value: EventValue, pool: ObjectID, task: Int)
    -> EventRecord
  {
    var event = EventRecord(kind)
    if case .number(let number) = value { event[EventField.value.slot] = number }
    event[EventField.pool.slot] = Int64(pool.rawValue)
    event[EventField.task.slot] = Int64(task)
    return event
  }
}

extension EventValue {
  /// The texts that go with an event of this value: none for a number, which is in its record.
  public var eventTexts: [String] {
    if case .text(let text) = self { [text] } else { [] }
  }
}

extension ActorContext {
  /// Records what becomes of a pool's task.
  public func recordTask(_ kind: EventKind, _ value: String, pool: ObjectID, task: Int) {
    let value = EventValue(value)
    let event = EventRecord.ofTask(kind, value, pool: pool, task: task)
    record(event, texts: value.eventTexts)
  }
}
