import Trace

/// Worker processes that are started once and take one task after another, as Python's
/// `multiprocessing.Pool`; it opens when all of them are ready.
final class ProcessPool: Sendable {
  let id: ObjectID
  private let run: Run
  private let traced: Traced<ProcessPoolState>
  private let workers: Guarded<[WorkerProcess]> = Guarded([])

  /// Starts the workers and waits until all are ready.
  /// - Parameters:
  ///   - body: the name of what a worker does with a task.
  ///   - arguments: what that body needs beside the task.
  /// - Throws: `RunStopped`, or `RaisedException` when a process could not be started.
  init(_ name: String, size: Int, body: String, arguments: [String], in run: Run) throws {
    self.run = run
    id = run.newObject(name, type: "pool")
    traced = Traced(id: id, ProcessPoolState(size: size))
    for number in 1...size {
      try start("worker-\(number)", words: [body, "\(id.rawValue)"] + arguments)
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
    run.children.withLock { $0.processes.append(process) }
    var event = EventRecord(.processSpawn)
    event[0] = Int64(actor.rawValue)
    parent.record(event)
    Supervisor.shared.launch(process)
  }

  /// Applies a task to each input on whichever worker is free, and waits for all.
  /// - Returns: the results, in the order of the inputs.
  /// - Throws: `RunStopped`, or `RaisedException` when a task failed or a worker died.
  func map(_ inputs: [String]) throws -> [String] {
    let actor = ActorContext.current
    for (index, input) in inputs.enumerated() {
      try actor.gate()
      actor.recordTask(.taskSubmit, input, pool: id, task: index + 1)
    }
    update { $0.submit(inputs) }
    switch try actor.perform(ProcessPoolMap(), on: traced) {
    case .success(let results): return results
    case .failure(let exception): throw run.raise(exception)
    }
  }

  /// Tells the workers that no more tasks come, and waits until the processes are gone.
  func close() throws(RunStopped) {
    let actor = ActorContext.current
    try actor.gate()
    for worker in workers.withLock({ $0 }) { worker.send(.close) }
    try actor.perform(ProcessPoolClose(), on: traced)
  }

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

  /// Changes the state, then does what it says: hands out tasks and wakes whoever waits.
  private func update(_ change: @Sendable (inout ProcessPoolState) -> Void) {
    let (dispatches, waiter) = traced.withState { state in
      change(&state)
      return (state.dispatch(), state.waiter)
    }
    let workers = workers.withLock { $0 }
    for dispatch in dispatches {
      workers[dispatch.worker].send(.task(dispatch.task, input: dispatch.input))
    }
    if let waiter { run.memory.wake(waiter) }
  }
}
