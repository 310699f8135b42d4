import Trace

/// A process pool as a pure state machine: which workers are idle, the longest idle first, which
/// tasks wait, which results have come.
struct ProcessPoolState: Sendable, Equatable {
  /// A task to be handed to a worker, by its index.
  struct Dispatch: Sendable, Equatable {
    let worker: Int
    let task: Int
    let input: String
  }

  static let broken = RaisedException(
    type: "BrokenProcessPool", message: "a worker process ended before its work was done")

  let size: Int
  private(set) var ready = 0
  private(set) var gone = 0
  private var idle: [Int] = []
  private var queue: ArraySlice<(task: Int, input: String)> = []
  private var results: [Result<String, RaisedException>?] = []
  private var missing = 0
  /// Why the pool is of no more use; nil while it is.
  private(set) var failure: RaisedException?
  var waiter: Waiter?

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
    failure = reason.map { RaisedException(type: "OSError", message: $0) } ?? Self.broken
  }

  /// Takes a row of inputs, whose tasks are numbered from 1.
  mutating func submit(_ inputs: [String]) {
    results = Array(repeating: nil, count: inputs.count)
    missing = inputs.count
    queue = ArraySlice(inputs.enumerated().map { ($0.offset + 1, $0.element) })
    if gone == size { failure = failure ?? Self.broken }
  }

  mutating func note(_ result: Result<String, RaisedException>, of task: Int, from worker: Int) {
    idle.append(worker)
    guard results.indices.contains(task - 1), results[task - 1] == nil else { return }
    results[task - 1] = result
    missing -= 1
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
  var isDone: Bool { missing == 0 }

  /// All results in the order of the inputs, or the first failure.
  func outcome() -> Result<[String], RaisedException> {
    if let failure { return .failure(failure) }
    var values: [String] = []
    for result in results {
      switch result {
      case .success(let value): values.append(value)
      case .failure(let exception): return .failure(exception)
      case nil: return .failure(Self.broken)
      }
    }
    return .success(values)
  }

  static func == (left: Self, right: Self) -> Bool {
    left.size == right.size && left.ready == right.ready && left.gone == right.gone
      && left.idle == right.idle && left.results == right.results
      && left.queue.map(\.task) == right.queue.map(\.task) && left.failure == right.failure
  }
}

/// A wait of the pool's owner, who is the only one to wait for it.
protocol ProcessPoolWait: Operation where State == ProcessPoolState {}

extension ProcessPoolWait {
  func enqueue(_ waiter: Waiter, in state: inout ProcessPoolState) { state.waiter = waiter }
  func withdraw(_ waiter: Waiter, from state: inout ProcessPoolState) { state.waiter = nil }
}

/// Waits until all workers are ready, or one of them could not be started.
struct ProcessPoolOpen: ProcessPoolWait {
  var reason: WaitReason { .process }

  func isReady(_ state: ProcessPoolState, for waiter: Waiter) -> Bool {
    state.isOpen || state.failure != nil
  }

  /// How many workers are ready, or why one of them could not be started.
  func apply(to state: inout ProcessPoolState, by waiter: Waiter) -> Result<Int, RaisedException> {
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

/// Waits until all tasks are done, or the pool is broken.
struct ProcessPoolMap: ProcessPoolWait {
  var reason: WaitReason { .future }

  func isReady(_ state: ProcessPoolState, for waiter: Waiter) -> Bool {
    state.isDone || state.failure != nil
  }

  func apply(to state: inout ProcessPoolState, by waiter: Waiter)
    -> Result<[String], RaisedException>
  {
    state.outcome()
  }

  func event(_ result: Result<[String], RaisedException>, object: ObjectID) -> EventRecord? { nil }
}

/// Waits until all processes are gone.
struct ProcessPoolClose: ProcessPoolWait {
  var reason: WaitReason { .process }

  func isReady(_ state: ProcessPoolState, for waiter: Waiter) -> Bool { state.gone == state.size }

  func apply(to state: inout ProcessPoolState, by waiter: Waiter) -> Int { state.size }

  func event(_ size: Int, object: ObjectID) -> EventRecord? {
    var event = EventRecord(.poolClose, object: object)
    event[EventField.size.slot] = Int64(size)
    return event
  }
}
