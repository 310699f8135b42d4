import Events
import Rings
import Testing

@testable import Concurrency
@testable import Engine

@Suite struct LockStateTests {
  let memory: RunMemory
  let first: QueuedActor
  let second: QueuedActor
  let third: QueuedActor

  init() throws {
    memory = try RunMemory()
    first = QueuedActor(actor: ActorID(2), slot: 2)
    second = QueuedActor(actor: ActorID(3), slot: 3)
    third = QueuedActor(actor: ActorID(4), slot: 4)
  }

  @Test("Any actor can acquire a free lock")
  func free() {
    var state = PlainLockState()
    #expect(LockAcquire().isReady(state, for: second))
    LockAcquire().apply(to: &state, by: second)
    #expect(state.holder == second.actor)
    #expect(!LockAcquire().isReady(state, for: first))
  }

  @Test("A lock serves its waiters in order of arrival")
  func fair() {
    var state = PlainLockState()
    LockAcquire().apply(to: &state, by: first)
    LockAcquire().enqueue(second, in: &state)
    LockAcquire().enqueue(third, in: &state)
    #expect(LockAcquire().wakes(state) == nil)
    _ = LockRelease().apply(to: &state, by: first)
    #expect(LockRelease().wakes(state) == second)
    #expect(!LockAcquire().isReady(state, for: first))
    #expect(!LockAcquire().isReady(state, for: third))
    #expect(LockAcquire().isReady(state, for: second))
    LockAcquire().withdraw(second, from: &state)
    LockAcquire().apply(to: &state, by: second)
    #expect(state.holder == second.actor)
    #expect(state.waiters.all == [third])
  }

  @Test("A waiter that gives up wakes the next one")
  func withdrawal() {
    var state = PlainLockState()
    LockAcquire().apply(to: &state, by: first)
    LockAcquire().enqueue(second, in: &state)
    LockAcquire().enqueue(third, in: &state)
    _ = LockRelease().apply(to: &state, by: first)
    LockAcquire().withdraw(second, from: &state)
    #expect(LockAcquire().wakes(state) == third)
    #expect(LockAcquire().isReady(state, for: third))
  }
}

@Suite struct ProcessPoolStateTests {
  private func opened(_ size: Int) -> ProcessPoolState {
    var state = ProcessPoolState(size: size)
    for worker in 0..<size { state.noteReady(worker) }
    return state
  }

  @Test("A pool opens when its last worker is ready")
  func opening() {
    var state = ProcessPoolState(size: 2)
    #expect(!state.isOpen)
    state.noteReady(1)
    #expect(!state.isOpen)
    state.noteReady(0)
    #expect(state.isOpen)
  }

  @Test("Tasks go in order to the workers that have been idle longest")
  func dispatching() {
    var state = ProcessPoolState(size: 2)
    state.noteReady(1)
    state.noteReady(0)
    let numbers = ["a", "b", "c"].map { state.submit($0) }
    #expect(numbers == [1, 2, 3])
    #expect(
      state.dispatch() == [
        .init(worker: 1, task: 1, input: "a"), .init(worker: 0, task: 2, input: "b"),
      ])
    #expect(state.dispatch().isEmpty)
    state.note(.success("B"), of: 2, from: 0)
    #expect(state.dispatch() == [.init(worker: 0, task: 3, input: "c")])
    state.note(.success("C"), of: 3, from: 0)
    #expect(!state.isDone(1..<4))
    state.note(.success("A"), of: 1, from: 1)
    #expect(state.isDone(1..<4))
    #expect(state.outcome(of: 1..<4) == .success(["A", "B", "C"]))
    #expect((1...3).map { state.worker(of: $0) } == [1, 0, 0])
  }

  @Test("Each task has its own answer")
  func oneByOne() {
    var state = opened(1)
    _ = state.submit("a")
    _ = state.dispatch()
    _ = state.submit("b")
    #expect(state.dispatch().isEmpty)
    _ = state.submit("c")
    state.note(.success("B"), of: 2, from: 0)
    #expect(state.isDone(2..<3))
    #expect(!state.isDone(1..<3))
    #expect(!state.isDone(2..<4))
    #expect(state.outcome(of: 2..<3) == .success(["B"]))
    #expect(state.worker(of: 1) == nil)
    state.note(.success("A"), of: 1, from: 0)
    #expect(state.isDone(1..<3))
    #expect(!state.isDone(3..<4))
    state.note(.success("C"), of: 3, from: 0)
    #expect(state.isDone(3..<4))
    #expect(state.outcome(of: 2..<4) == .success(["B", "C"]))
  }

  @Test("A task keeps its answer after the pool broke")
  func answeredBefore() {
    var state = opened(1)
    for input in ["a", "b"] { _ = state.submit(input) }
    _ = state.dispatch()
    state.note(.success("A"), of: 1, from: 0)
    state.noteExit(of: 0)
    #expect(state.outcome(of: 1..<2) == .success(["A"]))
    #expect(state.outcome(of: 1..<3) == .failure(ProcessPoolState.broken))
  }

  @Test("The outcome is the first failure in the order of the inputs")
  func failing() {
    var state = opened(2)
    let (one, two) = (
      RaisedException(type: "A", message: "1"), RaisedException(type: "B", message: "2")
    )
    for input in ["a", "b"] { _ = state.submit(input) }
    _ = state.dispatch()
    state.note(.failure(two), of: 2, from: 1)
    state.note(.failure(one), of: 1, from: 0)
    #expect(state.outcome(of: 1..<3) == .failure(one))
  }

  @Test("A second result, or a result of an unknown task, changes nothing")
  func strayResults() {
    var state = opened(1)
    _ = state.submit("a")
    _ = state.dispatch()
    state.note(.success("A"), of: 1, from: 0)
    state.note(.success("X"), of: 1, from: 0)
    state.note(.success("X"), of: 9, from: 0)
    state.note(.success("X"), of: 0, from: 0)
    #expect(state.outcome(of: 1..<2) == .success(["A"]))
  }

  @Test("A worker that ends during its start or with tasks left breaks the pool")
  func breaking() {
    var starting = ProcessPoolState(size: 2)
    starting.noteReady(0)
    starting.noteExit(of: 1, RaisedException(type: "OSError", message: "no such file"))
    #expect(starting.failure == RaisedException(type: "OSError", message: "no such file"))
    var working = opened(2)
    _ = working.submit("a")
    working.noteExit(of: 0)
    #expect(working.failure == ProcessPoolState.broken)
    #expect(working.outcome(of: 1..<2) == .failure(ProcessPoolState.broken))
  }

  @Test("Workers that end after all tasks do not break the pool")
  func closing() {
    var state = opened(2)
    state.noteExit(of: 0)
    state.noteExit(of: 1)
    #expect(state.failure == nil)
    #expect(state.gone == 2)
    #expect(state.outcome(of: 1..<1) == .success([]))
  }

  @Test("A task for a pool without workers fails")
  func abandoned() {
    var state = opened(1)
    state.noteExit(of: 0)
    _ = state.submit("a")
    #expect(state.failure == ProcessPoolState.broken)
  }

  @Test("A future gets the outcome of its task once")
  func futures() {
    var state = opened(1)
    let future = Traced(id: ObjectID(1), FutureState<String>())
    _ = state.submit("a", future: future)
    _ = state.dispatch()
    #expect(state.future(of: 1) === future)
    state.note(.success("A"), of: 1, from: 0)
    state.note(.success("X"), of: 1, from: 0)
    let settlements = state.takeSettlements()
    #expect(settlements.count == 1)
    #expect(settlements.first?.future === future)
    #expect(state.future(of: 1) == nil)
    let later = state.takeSettlements()
    #expect(later.isEmpty)
  }

  @Test("A pool that breaks fails the futures of all unfinished tasks")
  func brokenFutures() {
    var state = opened(2)
    for input in ["a", "b", "c"] {
      _ = state.submit(input, future: Traced(id: ObjectID(1), FutureState<String>()))
    }
    _ = state.dispatch()
    state.note(.success("A"), of: 1, from: 0)
    _ = state.takeSettlements()
    state.noteExit(of: 1)
    let settlements = state.takeSettlements()
    #expect(settlements.count == 2)
    let dispatches = state.dispatch()
    #expect(dispatches.isEmpty)
    _ = state.submit("d", future: Traced(id: ObjectID(1), FutureState<String>()))
    let later = state.takeSettlements()
    #expect(later.count == 1)
  }

  @Test("The worker of a cancelled task is the next to get a task")
  func skipping() {
    var state = opened(2)
    for input in ["a", "b", "c"] { _ = state.submit(input) }
    let dispatches = state.dispatch()
    state.note(.success("B"), of: 2, from: 1)
    state.skip(dispatches[0])
    #expect(state.isDone(1..<3))
    #expect(state.worker(of: 1) == nil)
    let next = state.dispatch()
    #expect(next == [.init(worker: 0, task: 3, input: "c")])
  }

  @Test("A worker that has ended gets no task")
  func goneWorker() {
    var state = opened(2)
    state.noteExit(of: 0)
    for input in ["a", "b"] { _ = state.submit(input) }
    #expect(state.dispatch() == [.init(worker: 1, task: 1, input: "a")])
  }
}
