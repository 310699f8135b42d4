import Events

/// A pool of worker threads that take one task after another, like Python's `ThreadPoolExecutor`. It
/// opens when all workers are ready.
public final class ThreadPool<Input: Sendable, Output: Sendable>: Sendable {
  let id: ObjectID
  private let run: Run
  private let traced: Traced<ThreadPoolState<Input, Output>>
  private let threads: [ActorThread]
  private let describeInput: @Sendable (Input) -> String

  /// Starts the workers and waits until all are ready.
  /// - Parameters:
  ///   - describeInput: the text of an input for the events.
  ///   - describeOutput: the text of an output for the events.
  ///   - body: computes an output from an input.
  /// - Throws: `RunStopped`, or `RaisedException` if the system has no more threads.
  public init(
    _ name: String, workers: Int, in run: Run, describeInput: @escaping @Sendable (Input) -> String,
    describeOutput: @escaping @Sendable (Output) -> String,
    body: @escaping @Sendable (Input) throws -> Output
  ) throws {
    self.run = run
    self.describeInput = describeInput
    id = run.newObject(name, type: "pool")
    traced = Traced(id: id, ThreadPoolState(workers: workers))
    let traced = traced
    let worker = PoolWorker(
      run: run, traced: traced, describeInput: describeInput, describeOutput: describeOutput,
      body: body)
    var threads: [ActorThread] = []
    for number in 1...workers {
      threads.append(try run.thread("worker-\(number)") { try worker.work() })
    }
    self.threads = threads
    try ActorContext.current.perform(PoolOpen<Input, Output>(), on: traced)
  }

  /// Adds a task, which the next free worker runs.
  public func submit(_ input: Input) throws(RunStopped) -> Future<Output> {
    let value = EventValue(describeInput(input))
    let answer = Traced(id: id, FutureState<Output>())
    let submit = PoolSubmit(task: PoolTask(input: input, answer: answer), value: value)
    let number = try ActorContext.current.perform(submit, on: traced)
    return Future(of: PoolTaskName(pool: id, number: number, input: value), answer, in: run)
  }

  /// Waits until all tasks are done and all workers have ended.
  public func close() throws(RunStopped) {
    let actor = ActorContext.current
    try actor.perform(PoolClose<Input, Output>(), on: traced)
    for thread in threads { try thread.join() }
    try actor.gate(before: NextOperation(.poolClose, id))
    actor.record(EventRecord(.poolClose, .size, Int64(threads.count), object: id))
  }
}

/// The body of a worker thread.
private struct PoolWorker<Input: Sendable, Output: Sendable>: Sendable {
  let run: Run
  let traced: Traced<ThreadPoolState<Input, Output>>
  let describeInput: @Sendable (Input) -> String
  let describeOutput: @Sendable (Output) -> String
  let body: @Sendable (Input) throws -> Output

  func work() throws {
    let actor = ActorContext.current
    try actor.perform(PoolReady<Input, Output>(), on: traced)
    while let task = try actor.perform(PoolTake<Input, Output>(), on: traced) {
      let name = PoolTaskName(
        pool: traced.id, number: task.number, input: EventValue(describeInput(task.input)))
      guard try actor.perform(FutureBegin<Output>(task: name), on: task.answer) else { continue }
      let outcome: TaskOutcome<Output>
      let value: String
      do {
        let output = try body(task.input)
        outcome = .value(output)
        value = describeOutput(output)
      } catch let stopped as RunStopped {
        throw stopped
      } catch {
        let exception = run.exception(for: error)
        outcome = .failure(exception)
        value = exception.description
      }
      actor.release(
        FutureEnd(task: name, outcome: outcome, value: EventValue(value)), on: task.answer)
    }
  }
}

struct PoolTask<Input: Sendable, Output: Sendable>: Sendable {
  let input: Input
  /// The state of the task's future.
  let answer: Traced<FutureState<Output>>
  /// The task's number in its pool, from 1.
  var number = 0
}

/// A thread pool's waiting tasks, and its idle workers in the order in which they became idle.
struct ThreadPoolState<Input: Sendable, Output: Sendable>: Sendable {
  let workers: Int
  var ready = 0
  var isClosed = false
  var submitted = 0
  /// A slice, whose first element is quick to remove.
  var tasks: ArraySlice<PoolTask<Input, Output>> = []
  var idle: [QueuedActor] = []
  var opener: QueuedActor?

  init(workers: Int) { self.workers = workers }

  /// Whether the worker can go on: there is a task or the pool is closed, and no other worker has
  /// been idle longer.
  func mayTake(_ waiter: QueuedActor) -> Bool {
    (!tasks.isEmpty || isClosed) && (idle.first ?? waiter) == waiter
  }
}

private struct PoolReady<Input: Sendable, Output: Sendable>: InstantOperation {
  typealias State = ThreadPoolState<Input, Output>
  func apply(to state: inout State, by waiter: QueuedActor) { state.ready += 1 }
  func event(_ result: Void, object: ObjectID) -> EventRecord? { nil }
  func wakes(_ state: State) -> QueuedActor? { state.opener }
}

private struct PoolOpen<Input: Sendable, Output: Sendable>: WaitingOperation {
  var kind: EventKind? { .poolOpen }
  typealias State = ThreadPoolState<Input, Output>
  var reason: WaitReason { .start }
  func isReady(_ state: State, for waiter: QueuedActor) -> Bool { state.ready == state.workers }
  func enqueue(_ waiter: QueuedActor, in state: inout State) { state.opener = waiter }
  func withdraw(_ waiter: QueuedActor, from state: inout State) { state.opener = nil }
  func apply(to state: inout State, by waiter: QueuedActor) -> Int { state.workers }
  func event(_ size: Int, object: ObjectID) -> EventRecord? {
    EventRecord(.poolOpen, .size, Int64(size), object: object)
  }
}

private struct PoolSubmit<Input: Sendable, Output: Sendable>: InstantOperation {
  var kind: EventKind? { .taskSubmit }
  typealias State = ThreadPoolState<Input, Output>
  let task: PoolTask<Input, Output>
  let value: EventValue

  func apply(to state: inout State, by waiter: QueuedActor) -> Int {
    precondition(!state.isClosed, "the pool is closed")
    state.submitted += 1
    var task = task
    task.number = state.submitted
    state.tasks.append(task)
    return state.submitted
  }

  func event(_ number: Int, object: ObjectID) -> EventRecord? {
    .ofTask(.taskSubmit, value, pool: object, task: number)
  }

  func eventTexts(_ number: Int) -> [String] { value.eventTexts }

  func wakes(_ state: State) -> QueuedActor? { state.idle.first }
}

private struct PoolTake<Input: Sendable, Output: Sendable>: WaitingOperation {
  typealias State = ThreadPoolState<Input, Output>
  var reason: WaitReason { .queueGet }
  func isReady(_ state: State, for waiter: QueuedActor) -> Bool { state.mayTake(waiter) }
  func enqueue(_ waiter: QueuedActor, in state: inout State) { state.idle.append(waiter) }
  func withdraw(_ waiter: QueuedActor, from state: inout State) {
    state.idle.removeAll { $0 == waiter }
  }

  /// Takes the next task. The result is nil if the pool is closed and no task is left.
  func apply(to state: inout State, by waiter: QueuedActor) -> PoolTask<Input, Output>? {
    state.tasks.popFirst()
  }

  func event(_ task: PoolTask<Input, Output>?, object: ObjectID) -> EventRecord? { nil }

  func wakes(_ state: State) -> QueuedActor? {
    state.tasks.isEmpty && !state.isClosed ? nil : state.idle.first
  }
}

private struct PoolClose<Input: Sendable, Output: Sendable>: InstantOperation {
  typealias State = ThreadPoolState<Input, Output>
  func apply(to state: inout State, by waiter: QueuedActor) { state.isClosed = true }
  func event(_ result: Void, object: ObjectID) -> EventRecord? { nil }
  func wakes(_ state: State) -> QueuedActor? { state.idle.first }
}
