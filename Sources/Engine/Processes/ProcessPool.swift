public import Concurrency
public import Events
import Platform
import Rings

/// Worker processes that are started once and take one task after another, as Python's
/// `multiprocessing.Pool`; it opens when all of them are ready.
public final class ProcessPool: Sendable {
  public let id: ObjectID
  private let run: Run
  private let traced: Traced<ProcessPoolState>
  private let workers: Guarded<[WorkerProcess]> = Guarded([])

  /// Starts the workers and waits until all are ready.
  /// - Parameters:
  ///   - body: what a worker does with a task.
  ///   - arguments: what that body needs beside the task.
  /// - Throws: `RunStopped`, or `RaisedException` when a process could not be started.
  public init(_ name: String, size: Int, body: PoolBody, arguments: [String], in run: Run) throws {
    self.run = run
    id = run.newObject(name, type: "pool")
    traced = Traced(id: id, ProcessPoolState(size: size))
    for index in 0..<size {
      try start(Self.name(ofWorker: index), words: [body.name, "\(id.rawValue)"] + arguments)
    }
    let outcome = try ActorContext.current.perform(ProcessPoolOpen(), on: traced)
    if case .failure(let exception) = outcome { throw run.raise(exception) }
  }

  private func start(_ name: String, words: [String]) throws {
    let parent = ActorContext.current
    try parent.gate()
    let actor = run.memory.nextActor()
    guard let slot = run.memory.claimSlot(for: actor) else {
      throw run.raise(
        RaisedException(type: "OSError", message: "no place for another process"))
    }
    let index = workers.withLock { $0.count }
    let process = WorkerProcess(
      actor: actor, name: name, run: run, slot: slot, bodyWords: ["pool"] + words,
      onMessage: { [weak self] message in self?.take(message, from: index) },
      onExit: { [weak self] ending in
        self?.update { $0.noteExit(of: index, failure: ending.failure) }
      })
    workers.withLock { $0.append(process) }
    run.children.withLock { $0.append(process) }
    var event = EventRecord(.processSpawn)
    event[0] = Int64(actor.rawValue)
    parent.record(event)
    Supervisor.shared.launch(process)
  }

  /// Gives the pool a task: the worker that has been idle longest begins it, or it waits in line.
  /// - Throws: `RunStopped` when the run is being stopped.
  public func submit(_ input: String) throws(RunStopped) -> Future<String> {
    let answer = Traced(id: id, FutureState<String>())
    let number = try ActorContext.current.perform(
      ProcessPoolSubmit(input: input, future: answer), on: traced)
    update { _ in }
    let task = PoolTaskName(pool: id, number: number, input: EventValue(input))
    return Future(of: task, answer, in: run)
  }

  /// Applies a task to each input on whichever worker is free, and waits for all; nobody else
  /// gives the pool tasks meanwhile.
  /// - Returns: the results, in the order of the inputs.
  /// - Throws: `RunStopped`, or `RaisedException` when a task failed or a worker died.
  public func map(_ inputs: [String]) throws -> [String] {
    let actor = ActorContext.current
    let first = traced.withState { $0.submitted } + 1
    // Dealt out when all are in line.
    for input in inputs { try actor.perform(ProcessPoolSubmit(input: input), on: traced) }
    update { _ in }
    return try results(of: first..<first + inputs.count)
  }

  private func results(of tasks: Range<Int>) throws -> [String] {
    let outcome = try ActorContext.current.perform(ProcessPoolResults(tasks: tasks), on: traced)
    switch outcome {
    case .success(let results): return results
    case .failure(let exception): throw run.raise(exception)
    }
  }

  /// Waits until all tasks are done, tells the workers that no more come, and waits until the
  /// processes are gone.
  public func close() throws(RunStopped) {
    let actor = ActorContext.current
    let all = 1..<traced.withState { $0.submitted } + 1
    // What has failed is told to who asks for its result.
    _ = try actor.perform(ProcessPoolResults(tasks: all), on: traced)
    for worker in workers.withLock({ $0 }) { worker.send(.close) }
    try actor.perform(ProcessPoolClose(), on: traced)
  }

  /// The kernel's numbers of the workers, in the order in which they were started.
  public var pids: [Int32] { workers.withLock { $0.map(\.pid) } }

  /// What the worker at a place in that order is called.
  public static func name(ofWorker index: Int) -> String { "worker-\(index + 1)" }

  /// The worker that has done a task, by its place in that order; nil while none has.
  public func worker(of task: Int) -> Int? { traced.withState { $0.worker(of: task) } }

  private func take(_ message: WorkerMessage, from index: Int) {
    switch message {
    case .ready: update { $0.noteReady(index) }
    case .finished(let task, let value): update { $0.note(.success(value), of: task, from: index) }
    case .failed(let task, let type, let message):
      let exception = RaisedException(type: type, message: message)
      update { $0.note(.failure(exception), of: task, from: index) }
    case .task, .close, .setup: break
    }
  }

  /// Changes the state, then does what it says: hands out tasks, tells futures and wakes whoever
  /// waits.
  private func update(_ change: @Sendable (inout ProcessPoolState) -> Void) {
    var cancelled = handOut(after: change)
    // A worker that was to get a task which is no more gets the next one.
    while !cancelled.isEmpty {
      let tasks = cancelled
      cancelled = handOut { state in
        for task in tasks { state.skip(task) }
      }
    }
  }

  /// Returns what was not handed out, since it was cancelled.
  private func handOut(after change: @Sendable (inout ProcessPoolState) -> Void)
    -> [ProcessPoolState.Dispatch]
  {
    let (dispatches, ends, waiters) = traced.withState { state in
      change(&state)
      let dispatches = state.dispatch().map { ($0, future: state.future(of: $0.task)) }
      return (dispatches, state.takeEnds(), state.waiters)
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
    for end in ends {
      let first = end.future.withState { state in
        state.end(end.outcome)
        return state.waiters.first
      }
      if let first { run.memory.wake(first) }
    }
    for waiter in waiters.all { run.memory.wake(waiter) }
    return cancelled
  }
}
