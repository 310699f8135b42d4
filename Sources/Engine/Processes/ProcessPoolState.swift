import Concurrency
import Events

/// The state of a process pool: its idle workers, its waiting tasks and their results.
struct ProcessPoolState: WaitingState, Equatable {
  /// A task for an idle worker.
  struct Dispatch: Sendable, Equatable {
    /// The worker's index.
    let worker: Int
    /// The task's number, from 1.
    let task: Int
    let input: String
  }

  static let broken = RaisedException(
    type: "BrokenProcessPool", message: "a worker process ended before its work was done")

  /// The result of a task.
  private struct Answer: Sendable, Equatable {
    let result: Result<String, RaisedException>
    /// The worker's index, or nil if no worker ran the task.
    let worker: Int?
  }

  /// The outcome for a future.
  struct Settlement: Sendable {
    let future: Traced<FutureState<String>>
    let outcome: TaskOutcome<String>
  }

  let size: Int
  private(set) var ready = 0
  private(set) var gone = 0
  /// The idle workers in the order in which they became idle.
  private var idle: [Int] = []
  private var queue: ArraySlice<(task: Int, input: String)> = []
  /// The answers in the order of the tasks.
  private var answers: [Answer?] = []
  /// The number of tasks before the first one without an answer.
  private var answeredAtFront = 0
  private var missing = 0
  /// The futures of tasks that have not ended, by the tasks' numbers.
  private var futures: [Int: Traced<FutureState<String>>] = [:]
  /// The outcomes for futures since `takeSettlements`.
  private var settlements: [Settlement] = []
  /// Why the pool is broken, or nil.
  private(set) var failure: RaisedException?
  var waiters = ActorQueue()

  init(size: Int) { self.size = size }

  mutating func noteReady(_ worker: Int) {
    ready += 1
    idle.append(worker)
  }

  /// Notes that a worker's process has ended. This breaks the pool if it was starting or has tasks.
  /// - Parameter exception: the exception of the broken pool, which names the worker.
  mutating func noteExit(of worker: Int, _ exception: RaisedException = broken) {
    gone += 1
    idle.removeAll { $0 == worker }
    guard failure == nil, missing > 0 || ready < size else { return }
    endAll(exception)
  }

  /// Breaks the pool: starts no more tasks, and fails all futures.
  private mutating func endAll(_ exception: RaisedException) {
    failure = failure ?? exception
    queue = []
    let inOrder = futures.sorted { $0.key < $1.key }.map(\.value)
    settlements += inOrder.map {
      Settlement(future: $0, outcome: .failure(failure ?? exception))
    }
    futures = [:]
  }

  /// The number of tasks so far.
  var submitted: Int { answers.count }

  /// Adds a task to the queue.
  /// - Parameter future: the task's future, or nil.
  /// - Returns: the task's number, from 1.
  mutating func submit(_ input: String, future: Traced<FutureState<String>>? = nil) -> Int {
    answers.append(nil)
    missing += 1
    queue.append((submitted, input))
    futures[submitted] = future
    if failure != nil || gone == size { endAll(Self.broken) }
    return submitted
  }

  /// The future of a task that has not ended, or nil.
  func future(of task: Int) -> Traced<FutureState<String>>? { futures[task] }

  /// Ends a task that was cancelled before its worker started it. The worker is the next to get a
  /// task.
  mutating func skip(_ dispatch: Dispatch) {
    idle.insert(dispatch.worker, at: 0)
    futures[dispatch.task] = nil
    answer(dispatch.task, Answer(result: .failure(.cancelled), worker: nil))
  }

  /// Returns the outcomes for futures since the last call.
  mutating func takeSettlements() -> [Settlement] {
    defer { settlements = [] }
    return settlements
  }

  mutating func note(_ result: Result<String, RaisedException>, of task: Int, from worker: Int) {
    idle.append(worker)
    answer(task, Answer(result: result, worker: worker))
    guard let future = futures.removeValue(forKey: task) else { return }
    switch result {
    case .success(let value):
      settlements.append(Settlement(future: future, outcome: .value(value)))
    case .failure(let exception):
      settlements.append(Settlement(future: future, outcome: .failure(exception)))
    }
  }

  private mutating func answer(_ task: Int, _ answer: Answer) {
    guard answers.indices.contains(task - 1), answers[task - 1] == nil else { return }
    answers[task - 1] = answer
    missing -= 1
    while answeredAtFront < submitted, answers[answeredAtFront] != nil { answeredAtFront += 1 }
  }

  /// Assigns waiting tasks to idle workers.
  mutating func dispatch() -> [Dispatch] {
    var dispatches: [Dispatch] = []
    while let worker = idle.first, let next = queue.popFirst() {
      idle.removeFirst()
      dispatches.append(Dispatch(worker: worker, task: next.task, input: next.input))
    }
    return dispatches
  }

  var isOpen: Bool { ready == size }

  /// Whether all these tasks have an answer.
  func isDone(_ tasks: Range<Int>) -> Bool {
    tasks.upperBound - 1 <= answeredAtFront
      || answers[max(tasks.lowerBound - 1, answeredAtFront)..<tasks.upperBound - 1]
        .allSatisfy { $0 != nil }
  }

  /// The index of the worker that has answered a task, or nil.
  func worker(of task: Int) -> Int? {
    answers.indices.contains(task - 1) ? answers[task - 1]?.worker : nil
  }

  /// The results of tasks in order, or their first failure.
  func outcome(of tasks: Range<Int>) -> Result<[String], RaisedException> {
    var values: [String] = []
    for task in tasks {
      switch answers[task - 1]?.result {
      case .success(let value): values.append(value)
      case .failure(let exception): return .failure(exception)
      case nil: return .failure(failure ?? Self.broken)
      }
    }
    return .success(values)
  }

  static func == (left: Self, right: Self) -> Bool {
    left.size == right.size && left.ready == right.ready && left.gone == right.gone
      && left.idle == right.idle && left.answers == right.answers
      && left.queue.map(\.task) == right.queue.map(\.task) && left.failure == right.failure
  }
}

/// Waits until all workers are ready, or one of them has failed to start.
struct ProcessPoolOpen: WaitingOperation {
  var kind: EventKind? { .poolOpen }
  var reason: WaitReason { .process }

  func isReady(_ state: ProcessPoolState, for waiter: QueuedActor) -> Bool {
    state.isOpen || state.failure != nil
  }

  func apply(to state: inout ProcessPoolState, by waiter: QueuedActor) -> Result<
    Int, RaisedException
  > {
    if let failure = state.failure { return .failure(failure) }
    return .success(state.ready)
  }

  func event(_ outcome: Result<Int, RaisedException>, object: ObjectID) -> EventRecord? {
    guard case .success(let size) = outcome else { return nil }
    return EventRecord(.poolOpen, .size, Int64(size), object: object)
  }
}

/// Adds a task. The result is its number.
struct ProcessPoolSubmit: InstantOperation {
  var kind: EventKind? { .taskSubmit }
  let input: String
  var future: Traced<FutureState<String>>?

  func apply(to state: inout ProcessPoolState, by waiter: QueuedActor) -> Int {
    state.submit(input, future: future)
  }

  func event(_ number: Int, object: ObjectID) -> EventRecord? {
    .ofTask(.taskSubmit, EventValue(input), pool: object, task: number)
  }

  func eventTexts(_ number: Int) -> [String] { EventValue(input).eventTexts }
}

/// Waits until tasks are done, or the pool is broken.
struct ProcessPoolResults: WaitingOperation {
  let tasks: Range<Int>
  var reason: WaitReason { .future }

  func isReady(_ state: ProcessPoolState, for waiter: QueuedActor) -> Bool {
    state.isDone(tasks) || state.failure != nil
  }

  func apply(to state: inout ProcessPoolState, by waiter: QueuedActor)
    -> Result<[String], RaisedException>
  {
    state.outcome(of: tasks)
  }

  func event(_ result: Result<[String], RaisedException>, object: ObjectID) -> EventRecord? { nil }
}

/// Waits until all worker processes have ended.
struct ProcessPoolClose: WaitingOperation {
  var kind: EventKind? { .poolClose }
  var reason: WaitReason { .process }

  func isReady(_ state: ProcessPoolState, for waiter: QueuedActor) -> Bool {
    state.gone == state.size
  }

  func apply(to state: inout ProcessPoolState, by waiter: QueuedActor) -> Int { state.size }

  func event(_ size: Int, object: ObjectID) -> EventRecord? {
    EventRecord(.poolClose, .size, Int64(size), object: object)
  }
}
