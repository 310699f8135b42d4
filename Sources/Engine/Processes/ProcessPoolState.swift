import Concurrency
import Events

/// A process pool as a pure state machine: which workers are idle, the longest idle first, which
/// tasks wait, which results have come.
struct ProcessPoolState: WaitingState, Equatable {
  /// A task to be handed to a worker, by its index.
  struct Dispatch: Sendable, Equatable {
    let worker: Int
    let task: Int
    let input: String
  }

  static let broken = RaisedException(
    type: "BrokenProcessPool", message: "a worker process ended before its work was done")

  /// What came of a task, and from which worker.
  private struct Answer: Sendable, Equatable {
    let result: Result<String, RaisedException>
    /// Nil where no worker ever had it.
    let worker: Int?
  }

  /// What a future is to be told.
  struct End: Sendable {
    let future: Traced<FutureState<String>>
    let outcome: TaskOutcome<String>
  }

  let size: Int
  private(set) var ready = 0
  private(set) var gone = 0
  private var idle: [Int] = []
  private var queue: ArraySlice<(task: Int, input: String)> = []
  /// By the task's number, less one; nil while there is none.
  private var answers: [Answer?] = []
  /// So many tasks at the front have been answered, whatever came of the others.
  private var answeredAtFront = 0
  private var missing = 0
  /// The futures of tasks without an end yet, by the tasks' numbers.
  private var futures: [Int: Traced<FutureState<String>>] = [:]
  /// What futures are still to be told.
  private var ends: [End] = []
  /// Why the pool is of no more use; nil while it is.
  private(set) var failure: RaisedException?
  var waiters = ActorQueue()

  init(size: Int) { self.size = size }

  mutating func noteReady(_ worker: Int) {
    ready += 1
    idle.append(worker)
  }

  /// A worker's process is gone, which breaks the pool when it was still starting or has work.
  /// - Parameter reason: why it could not be started, where that is so.
  mutating func noteExit(of worker: Int, failure reason: String? = nil) {
    gone += 1
    idle.removeAll { $0 == worker }
    guard failure == nil, missing > 0 || ready < size else { return }
    endAll(reason.map { RaisedException(type: "OSError", message: $0) } ?? Self.broken)
  }

  /// The pool is of no more use: no task is begun any more, and no future is waited for in vain.
  private mutating func endAll(_ exception: RaisedException) {
    failure = failure ?? exception
    queue = []
    let inOrder = futures.sorted { $0.key < $1.key }.map(\.value)
    ends += inOrder.map { End(future: $0, outcome: .failure(failure ?? exception)) }
    futures = [:]
  }

  /// How many tasks it was given so far.
  var submitted: Int { answers.count }

  /// Puts a task at the end of the line.
  /// - Parameter future: who is to be told what comes of it; nil where the pool's owner asks.
  /// - Returns: its number, counted from 1.
  mutating func submit(_ input: String, future: Traced<FutureState<String>>? = nil) -> Int {
    answers.append(nil)
    missing += 1
    queue.append((submitted, input))
    futures[submitted] = future
    if failure != nil || gone == size { endAll(Self.broken) }
    return submitted
  }

  /// The future of a task that has not ended; nil where it has none.
  func future(of task: Int) -> Traced<FutureState<String>>? { futures[task] }

  /// A task was cancelled before its worker could begin it; the worker is free for the next.
  mutating func skip(_ dispatch: Dispatch) {
    idle.insert(dispatch.worker, at: 0)
    futures[dispatch.task] = nil
    answer(dispatch.task, Answer(result: .failure(.cancelled), worker: nil))
  }

  /// What futures are to be told now.
  mutating func takeEnds() -> [End] {
    defer { ends = [] }
    return ends
  }

  mutating func note(_ result: Result<String, RaisedException>, of task: Int, from worker: Int) {
    idle.append(worker)
    answer(task, Answer(result: result, worker: worker))
    guard let future = futures.removeValue(forKey: task) else { return }
    switch result {
    case .success(let value): ends.append(End(future: future, outcome: .value(value)))
    case .failure(let exception): ends.append(End(future: future, outcome: .failure(exception)))
    }
  }

  private mutating func answer(_ task: Int, _ answer: Answer) {
    guard answers.indices.contains(task - 1), answers[task - 1] == nil else { return }
    answers[task - 1] = answer
    missing -= 1
    while answeredAtFront < submitted, answers[answeredAtFront] != nil { answeredAtFront += 1 }
  }

  /// Pairs waiting tasks with idle workers.
  mutating func dispatch() -> [Dispatch] {
    var dispatches: [Dispatch] = []
    while let worker = idle.first, let next = queue.popFirst() {
      idle.removeFirst()
      dispatches.append(Dispatch(worker: worker, task: next.task, input: next.input))
    }
    return dispatches
  }

  var isOpen: Bool { ready == size }

  /// Whether each of these tasks has been answered.
  func isDone(_ tasks: Range<Int>) -> Bool {
    tasks.upperBound - 1 <= answeredAtFront
      || answers[max(tasks.lowerBound - 1, answeredAtFront)..<tasks.upperBound - 1]
        .allSatisfy { $0 != nil }
  }

  /// The worker that has answered a task, by its index; nil while there is no answer.
  func worker(of task: Int) -> Int? {
    answers.indices.contains(task - 1) ? answers[task - 1]?.worker : nil
  }

  /// The results of these tasks in their order, or the first failure.
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

/// Waits until all workers are ready, or one of them could not be started.
struct ProcessPoolOpen: WaitingOperation {
  var reason: WaitReason { .process }

  func isReady(_ state: ProcessPoolState, for waiter: QueuedActor) -> Bool {
    state.isOpen || state.failure != nil
  }

  /// How many workers are ready, or why one of them could not be started.
  func apply(to state: inout ProcessPoolState, by waiter: QueuedActor) -> Result<
    Int, RaisedException
  > {
    if let failure = state.failure { return .failure(failure) }
    return .success(state.ready)
  }

  func event(_ outcome: Result<Int, RaisedException>, object: ObjectID) -> EventRecord? {
    guard case .success(let size) = outcome else { return nil }
    var event = EventRecord(.poolOpen, object: object)
    event[EventField.size.slot] = Int64(size)
    return event
  }
}

/// Puts a task in line.
struct ProcessPoolSubmit: InstantOperation {
  let input: String
  var future: Traced<FutureState<String>>?

  /// The task's number.
  func apply(to state: inout ProcessPoolState, by waiter: QueuedActor) -> Int {
    state.submit(input, future: future)
  }

  func event(_ number: Int, object: ObjectID) -> EventRecord? {
    .ofTask(.taskSubmit, EventValue(input), pool: object, task: number)
  }

  func eventTexts(_ number: Int) -> [String] { EventValue(input).eventTexts }
}

/// Waits until some tasks are done, or the pool is broken.
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

/// Waits until all processes are gone.
struct ProcessPoolClose: WaitingOperation {
  var reason: WaitReason { .process }

  func isReady(_ state: ProcessPoolState, for waiter: QueuedActor) -> Bool {
    state.gone == state.size
  }

  func apply(to state: inout ProcessPoolState, by waiter: QueuedActor) -> Int { state.size }

  func event(_ size: Int, object: ObjectID) -> EventRecord? {
    var event = EventRecord(.poolClose, object: object)
    event[EventField.size.slot] = Int64(size)
    return event
  }
}
