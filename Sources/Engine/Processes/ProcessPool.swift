public import Concurrency
public import Events
import Platform
import Rings

/// A pool of worker processes that take one task after another, like Python's
/// `multiprocessing.Pool`. It opens when all workers are ready.
public final class ProcessPool: Sendable {
  public let id: ObjectID
  private let run: Run
  private let traced: Traced<ProcessPoolState>
  private let workers: Guarded<[WorkerProcess]> = Guarded([])

  /// Starts the workers and waits until all are ready.
  /// - Parameters:
  ///   - body: the body of the workers.
  ///   - arguments: the body's arguments.
  /// - Throws: `RunStopped`, or `RaisedException` if a process could not be started.
  public init(_ name: String, size: Int, body: PoolBody, arguments: [String], in run: Run) throws {
    self.run = run
    id = run.newObject(name, type: "pool")
    traced = Traced(id: id, ProcessPoolState(size: size))
    for index in 0..<size {
      let name = Self.name(ofWorker: index)
      let worker = try run.newWorker(
        name, bodyWords: ["pool", body.name, "\(id.rawValue)"] + arguments,
        exception: { $0.exception(ofWorker: name) },
        onMessage: { [weak self] message in self?.take(message, from: index) },
        onExit: { [weak self] ending in
          self?.update { $0.noteExit(of: index, ending.exception(ofWorker: name)) }
        })
      workers.withLock { $0.append(worker) }
      Supervisor.shared.launch(worker)
    }
    let outcome = try ActorContext.current.perform(ProcessPoolOpen(), on: traced)
    _ = try run.value(of: outcome)
  }

  /// Adds a task, which the worker that has been idle longest runs.
  /// - Throws: `RunStopped` if the run is being stopped.
  public func submit(_ input: String) throws(RunStopped) -> Future<String> {
    let answer = Traced(id: id, FutureState<String>())
    let number = try ActorContext.current.perform(
      ProcessPoolSubmit(input: input, future: answer), on: traced)
    update { _ in }
    let task = PoolTaskName(pool: id, number: number, input: EventValue(input))
    return Future(of: task, answer, in: run)
  }

  /// Runs a task for each input and waits for all of them. No other thread may add tasks meanwhile.
  /// - Returns: the results in the order of the inputs.
  /// - Throws: `RunStopped`, or `RaisedException` if a task failed or a worker died.
  public func map(_ inputs: [String]) throws -> [String] {
    let actor = ActorContext.current
    let first = traced.withState { $0.submitted } + 1
    // No task starts before all are in the queue.
    for input in inputs { try actor.perform(ProcessPoolSubmit(input: input), on: traced) }
    update { _ in }
    let tasks = first..<first + inputs.count
    return try run.value(of: try actor.perform(ProcessPoolResults(tasks: tasks), on: traced))
  }

  /// Waits until all tasks are done, and closes the workers.
  public func close() throws(RunStopped) {
    let actor = ActorContext.current
    let all = 1..<traced.withState { $0.submitted } + 1
    // A task's failure is reported by its future.
    _ = try actor.perform(ProcessPoolResults(tasks: all), on: traced)
    for worker in workers.withLock({ $0 }) { worker.send(.close) }
    try actor.perform(ProcessPoolClose(), on: traced)
  }

  /// The workers' numbers in the kernel, in the order of their start.
  public var pids: [Int32] { workers.withLock { $0.map(\.pid) } }

  /// The name of the worker at an index.
  public static func name(ofWorker index: Int) -> String { "worker-\(index + 1)" }

  /// The index of the worker that has done a task, or nil.
  public func worker(of task: Int) -> Int? { traced.withState { $0.worker(of: task) } }

  private func take(_ message: WorkerMessage, from index: Int) {
    switch message {
    case .ready: update { $0.noteReady(index) }
    case .finished(let task, let value): update { $0.note(.success(value), of: task, from: index) }
    case .failed(let task, let type, let message):
      let exception = RaisedException(type: type, message: message)
      update { $0.note(.failure(exception), of: task, from: index) }
    case .task, .close, .setup, .raised: break
    }
  }

  /// Changes the state. Then sends tasks to idle workers, settles futures and wakes waiters.
  private func update(_ change: @Sendable (inout ProcessPoolState) -> Void) {
    var cancelled = handOut(after: change)
    // The worker of a cancelled task gets the next task.
    while !cancelled.isEmpty {
      let tasks = cancelled
      cancelled = handOut { state in
        for task in tasks { state.skip(task) }
      }
    }
  }

  /// - Returns: the tasks that were not sent because they were cancelled.
  private func handOut(after change: @Sendable (inout ProcessPoolState) -> Void)
    -> [ProcessPoolState.Dispatch]
  {
    let (dispatches, settlements, waiters) = traced.withState { state in
      change(&state)
      let dispatches = state.dispatch().map { ($0, future: state.future(of: $0.task)) }
      return (dispatches, state.takeSettlements(), state.waiters)
    }
    let workers = workers.withLock { $0 }
    var cancelled: [ProcessPoolState.Dispatch] = []
    for (dispatch, future) in dispatches {
      let isWanted = future?.withState { $0.begin() } ?? true
      if isWanted {
        workers[dispatch.worker].send(.task(dispatch.task, input: dispatch.input))
      } else {
        cancelled.append(dispatch)
      }
    }
    for settlement in settlements {
      let first = settlement.future.withState { state in
        state.end(settlement.outcome)
        return state.waiters.first
      }
      if let first { run.memory.wake(first) }
    }
    for waiter in waiters.all { run.memory.wake(waiter) }
    return cancelled
  }
}
