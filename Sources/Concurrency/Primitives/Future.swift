public import Events

/// A result that is still to come, as Python's `Future`: its task waits in line, runs, and ends
/// with a value, with an exception, or cancelled before it began.
public final class Future<Output: Sendable>: Sendable {
  private let run: Run
  private let task: PoolTaskName
  private let traced: Traced<FutureState<Output>>

  /// - Parameters:
  ///   - task: the task whose result it is, as events name it.
  ///   - traced: where the pool's worker leaves the result.
  public init(of task: PoolTaskName, _ traced: Traced<FutureState<Output>>, in run: Run) {
    self.run = run
    self.task = task
    self.traced = traced
  }

  /// The pool's own count of its tasks, from 1.
  public var number: Int { task.number }

  /// Waits for the result. What the task raised is raised again here, in the caller.
  /// - Parameter timeout: how long to wait, in ns of the run's clock; nil for as long as it takes.
  ///   When the time is over `TimeoutError` is raised; the task goes on.
  /// - Throws: `RunStopped` when the run is being stopped; or `RaisedException`.
  public func result(timeout: Int64? = nil) throws -> Output {
    switch try outcome(timeout) {
    case .value(let value): return value
    case .failure(let exception): throw run.raise(exception)
    case .cancelled: throw run.raise(.cancelled)
    }
  }

  /// Waits for the task's end and tells what it raised, without raising it; nil where it went well.
  /// - Throws: as `result`, but for what the task raised.
  public func exception(timeout: Int64? = nil) throws -> RaisedException? {
    switch try outcome(timeout) {
    case .value: return nil
    case .failure(let exception): return exception
    case .cancelled: throw run.raise(.cancelled)
    }
  }

  /// Whether the task has ended or was cancelled.
  public func isDone() throws(RunStopped) -> Bool { try look().outcome != nil }

  /// Whether a worker is at the task just now.
  public func isRunning() throws(RunStopped) -> Bool {
    if case .running = try look().phase { true } else { false }
  }

  /// Takes the task back if no worker has begun it. Returns whether it never will be begun.
  @discardableResult
  public func cancel() throws(RunStopped) -> Bool {
    try ActorContext.current.perform(FutureCancel<Output>(task: task), on: traced) != .tooLate
  }

  private func look() throws(RunStopped) -> FutureState<Output> {
    try ActorContext.current.perform(FutureLook<Output>(), on: traced)
  }

  private func outcome(_ timeout: Int64?) throws -> TaskOutcome<Output> {
    let outcome = try ActorContext.current.perform(
      FutureAwait<Output>(), on: traced, timeout: timeout)
    guard let outcome else { throw run.raise(.timeout) }
    return outcome
  }
}

extension RaisedException {
  /// What `Future.result` raises when its time is over.
  public static let timeout = RaisedException(type: "TimeoutError", message: "")
  /// What the result of a cancelled task raises.
  public static let cancelled = RaisedException(type: "CancelledError", message: "")
}

/// A pool's task, as its events name it.
public struct PoolTaskName: Sendable {
  let pool: ObjectID
  /// The pool's own count, from 1.
  let number: Int
  /// What it is to work on.
  let input: EventValue

  public init(pool: ObjectID, number: Int, input: EventValue) {
    self.pool = pool
    self.number = number
    self.input = input
  }
}
