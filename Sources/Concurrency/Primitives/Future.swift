public import Events

/// The future result of a pool's task, like Python's `Future`. The task ends with a value, with an
/// exception, or by being cancelled before it starts.
public final class Future<Output: Sendable>: Sendable {
  private let run: Run
  private let task: PoolTaskName
  private let traced: Traced<FutureState<Output>>

  /// - Parameters:
  ///   - task: the task, as its events identify it.
  ///   - traced: the state in which the pool stores the result.
  public init(of task: PoolTaskName, _ traced: Traced<FutureState<Output>>, in run: Run) {
    self.run = run
    self.task = task
    self.traced = traced
  }

  /// The task's number in its pool, from 1.
  public var number: Int { task.number }

  /// Waits for the result. An exception of the task is raised again in the caller.
  /// - Parameter timeout: the longest wait in nanoseconds of the run's clock, or nil for no limit.
  ///   After it `TimeoutError` is raised, and the task goes on.
  /// - Throws: `RunStopped`, or `RaisedException`.
  public func result(timeout: Int64? = nil) throws -> Output {
    switch try outcome(timeout) {
    case .value(let value): return value
    case .failure(let exception): throw run.raise(exception)
    case .cancelled: throw run.raise(.cancelled)
    }
  }

  /// Waits for the task's end and returns its exception without raising it, or nil.
  /// - Throws: as `result` does, except the task's exception.
  public func exception(timeout: Int64? = nil) throws -> RaisedException? {
    switch try outcome(timeout) {
    case .value: return nil
    case .failure(let exception): return exception
    case .cancelled: throw run.raise(.cancelled)
    }
  }

  /// Whether the task has ended or was cancelled.
  public func isDone() throws(RunStopped) -> Bool { try state().outcome != nil }

  /// Whether a worker is running the task.
  public func isRunning() throws(RunStopped) -> Bool {
    if case .running = try state().phase { true } else { false }
  }

  /// Cancels the task unless it has started.
  /// - Returns: whether the task is cancelled.
  @discardableResult
  public func cancel() throws(RunStopped) -> Bool {
    try ActorContext.current.perform(FutureCancel<Output>(task: task), on: traced) != .tooLate
  }

  private func state() throws(RunStopped) -> FutureState<Output> {
    try ActorContext.current.perform(FutureRead<Output>(), on: traced)
  }

  private func outcome(_ timeout: Int64?) throws -> TaskOutcome<Output> {
    let outcome = try ActorContext.current.perform(
      FutureAwait<Output>(), on: traced, timeout: timeout)
    guard let outcome else { throw run.raise(.timeout) }
    return outcome
  }
}

extension RaisedException {
  /// Raised by `Future.result` after its time-out.
  public static let timeout = RaisedException(type: "TimeoutError", message: "")
  /// Raised by `Future.result` for a cancelled task.
  public static let cancelled = RaisedException(type: "CancelledError", message: "")
}

/// A pool's task, as its events identify it.
public struct PoolTaskName: Sendable {
  let pool: ObjectID
  /// The task's number in its pool, from 1.
  let number: Int
  let input: EventValue

  public init(pool: ObjectID, number: Int, input: EventValue) {
    self.pool = pool
    self.number = number
    self.input = input
  }
}
