import Trace

/// Worker threads that are started once and take one task after another, as Python's
/// `ThreadPoolExecutor`; it opens when all of them are ready.
final class ThreadPool<Input: Sendable, Output: Sendable>: Sendable {
  let id: ObjectID
  private let traced: Traced<PoolState<Input, Output>>
  private let threads: [ActorThread]
  private let describeInput: @Sendable (Input) -> String

  /// Starts the workers and waits until all are ready.
  /// - Parameters:
  ///   - describe: an input and an output as the events show them.
  ///   - body: what a worker does with an input.
  /// - Throws: `RunStopped`, or `RaisedException` when the kernel gives no more threads.
  init(
    _ name: String, workers: Int, in run: Run, describeInput: @escaping @Sendable (Input) -> String,
    describeOutput: @escaping @Sendable (Output) -> String,
    body: @escaping @Sendable (Input) throws -> Output
  ) throws {
    self.describeInput = describeInput
    id = run.newObject(name, type: "pool")
    traced = Traced(id: id, PoolState(workers: workers))
    let traced = traced
    let worker = PoolWorker(
      traced: traced, describeInput: describeInput, describeOutput: describeOutput, body: body)
    var threads: [ActorThread] = []
    for number in 1...workers {
      threads.append(try run.thread("worker-\(number)") { try worker.run() })
    }
    self.threads = threads
    try ActorContext.current.perform(PoolOpen<Input, Output>(), on: traced)
  }

  /// Hands the pool a task; a free worker begins it, or it waits in line.
  func submit(_ input: Input) throws(RunStopped) -> Future<Output> {
    let actor = ActorContext.current
    let future = Future<Output>(pool: id)
    let submit = PoolSubmit(
      task: PoolTask(input: input, future: future), value: EventValue(describeInput(input)))
    try actor.perform(submit, on: traced)
    return future
  }

  /// Takes no more tasks, waits until all are done and the workers have ended.
  func close() throws(RunStopped) {
    let actor = ActorContext.current
    try actor.perform(PoolClose<Input, Output>(), on: traced)
    for thread in threads { try thread.join() }
    try actor.gate()
    var event = EventRecord(.poolClose, object: id)
    event[1] = Int64(threads.count)
    actor.record(event)
  }
}

/// What a worker thread does: take a task, compute, answer, again.
private struct PoolWorker<Input: Sendable, Output: Sendable>: Sendable {
  let traced: Traced<PoolState<Input, Output>>
  let describeInput: @Sendable (Input) -> String
  let describeOutput: @Sendable (Output) -> String
  let body: @Sendable (Input) throws -> Output

  func run() throws {
    let actor = ActorContext.current
    try actor.perform(PoolReady<Input, Output>(), on: traced)
    while let task = try actor.perform(PoolTake<Input, Output>(), on: traced) {
      actor.recordTask(.taskStart, describeInput(task.input), pool: traced.id, task: task.number)
      let outcome: Result<Output, any Error>
      do {
        outcome = .success(try body(task.input))
      } catch let stopped as RunStopped {
        throw stopped
      } catch {
        outcome = .failure(error)
      }
      actor.pass()
      switch outcome {
      case .success(let output):
        actor.recordTask(
          .taskFinish, describeOutput(output), pool: traced.id, task: task.number)
      case .failure(let error):
        actor.recordTask(.taskFail, "\(error)", pool: traced.id, task: task.number)
      }
      task.future.settle(outcome)
    }
  }
}

extension ActorContext {
  /// Records what becomes of a pool's task.
  func recordTask(_ kind: EventKind, _ value: String, pool: ObjectID, task: Int) {
    var event = EventRecord(kind)
    event[1] = Int64(pool.rawValue)
    event[2] = Int64(task)
    if case .number(let number) = EventValue(value) {
      event[0] = number
      record(event)
    } else {
      record(event, texts: [value])
    }
  }
}

struct PoolTask<Input: Sendable, Output: Sendable>: Sendable {
  let input: Input
  let future: Future<Output>
  /// The pool's own count, from 1.
  var number = 0
}

/// A thread pool's line of tasks and its idle workers, the longest idle first.
struct PoolState<Input: Sendable, Output: Sendable>: Sendable {
  let workers: Int
  var ready = 0
  var isClosed = false
  var submitted = 0
  /// A slice, from whose front it costs nothing to take.
  var tasks: ArraySlice<PoolTask<Input, Output>> = []
  var idle: [Waiter] = []
  var opener: Waiter?

  init(workers: Int) { self.workers = workers }

  /// There is something to take, or nothing will ever come; and nobody has been idle longer.
  func mayTake(_ waiter: Waiter) -> Bool {
    (!tasks.isEmpty || isClosed) && (idle.first ?? waiter) == waiter
  }
}

private struct PoolReady<Input: Sendable, Output: Sendable>: Operation {
  typealias State = PoolState<Input, Output>
  func isReady(_ state: State, for waiter: Waiter) -> Bool { true }
  func apply(to state: inout State, by waiter: Waiter) { state.ready += 1 }
  func event(_ result: Void, object: ObjectID) -> EventRecord? { nil }
  func wakes(_ state: State) -> Waiter? { state.opener }
}

private struct PoolOpen<Input: Sendable, Output: Sendable>: Operation {
  typealias State = PoolState<Input, Output>
  var reason: WaitReason { .start }
  func isReady(_ state: State, for waiter: Waiter) -> Bool { state.ready == state.workers }
  func enqueue(_ waiter: Waiter, in state: inout State) { state.opener = waiter }
  func withdraw(_ waiter: Waiter, from state: inout State) { state.opener = nil }
  func apply(to state: inout State, by waiter: Waiter) -> Int { state.workers }
  func event(_ size: Int, object: ObjectID) -> EventRecord? {
    var event = EventRecord(.poolOpen, object: object)
    event[1] = Int64(size)
    return event
  }
}

private struct PoolSubmit<Input: Sendable, Output: Sendable>: Operation {
  typealias State = PoolState<Input, Output>
  let task: PoolTask<Input, Output>
  let value: EventValue

  func isReady(_ state: State, for waiter: Waiter) -> Bool { true }

  func apply(to state: inout State, by waiter: Waiter) -> Int {
    precondition(!state.isClosed, "a task was submitted to a closed pool")
    state.submitted += 1
    var task = task
    task.number = state.submitted
    state.tasks.append(task)
    return state.submitted
  }

  func event(_ number: Int, object: ObjectID) -> EventRecord? {
    var event = EventRecord(.taskSubmit)
    if case .number(let value) = value { event[0] = value }
    event[1] = Int64(object.rawValue)
    event[2] = Int64(number)
    return event
  }

  func eventTexts(_ number: Int) -> [String] {
    if case .text(let text) = value { [text] } else { [] }
  }

  func wakes(_ state: State) -> Waiter? { state.idle.first }
}

private struct PoolTake<Input: Sendable, Output: Sendable>: Operation {
  typealias State = PoolState<Input, Output>
  var reason: WaitReason { .queueGet }
  func isReady(_ state: State, for waiter: Waiter) -> Bool { state.mayTake(waiter) }
  func enqueue(_ waiter: Waiter, in state: inout State) { state.idle.append(waiter) }
  func withdraw(_ waiter: Waiter, from state: inout State) {
    state.idle.removeAll { $0 == waiter }
  }

  /// The next task, or nil when the pool is closed and none is left.
  func apply(to state: inout State, by waiter: Waiter) -> PoolTask<Input, Output>? {
    state.tasks.popFirst()
  }

  func event(_ task: PoolTask<Input, Output>?, object: ObjectID) -> EventRecord? { nil }

  func wakes(_ state: State) -> Waiter? {
    state.tasks.isEmpty && !state.isClosed ? nil : state.idle.first
  }
}

private struct PoolClose<Input: Sendable, Output: Sendable>: Operation {
  typealias State = PoolState<Input, Output>
  func isReady(_ state: State, for waiter: Waiter) -> Bool { true }
  func apply(to state: inout State, by waiter: Waiter) { state.isClosed = true }
  func event(_ result: Void, object: ObjectID) -> EventRecord? { nil }
  func wakes(_ state: State) -> Waiter? { state.idle.first }
}
