import Events
import Glibc
import Platform
import TestRuns
import Testing

@testable import Concurrency
@testable import Demos
@testable import Engine

@Suite struct FutureStateTests {
  private let first = QueuedActor(actor: ActorID(2), slot: 2)
  private let second = QueuedActor(actor: ActorID(3), slot: 3)

  private func value(_ state: FutureState<Int>) -> Int? {
    if case .value(let value) = state.outcome { value } else { nil }
  }

  @Test("A task that has ended keeps its outcome")
  func wholeLife() {
    var state = FutureState<Int>()
    #expect(state.outcome == nil)
    let hasBegun = state.begin()
    #expect(hasBegun)
    #expect(state.outcome == nil)
    state.end(.value(7))
    state.end(.cancelled)
    state.end(.value(8))
    #expect(value(state) == 7)
    let hasBegunAgain = state.begin()
    #expect(!hasBegunAgain)
  }

  @Test("A queued task that is cancelled never starts")
  func cancelled() {
    var state = FutureState<Int>()
    let answers = [state.cancel(), state.cancel()]
    #expect(answers == [.cancelled, .cancelledBefore])
    let hasBegun = state.begin()
    #expect(!hasBegun)
    state.end(.value(7))
    #expect(value(state) == nil)
    #expect(state.outcome != nil)
  }

  @Test("A task that runs or has ended cannot be cancelled")
  func tooLate() {
    var state = FutureState<Int>()
    _ = state.begin()
    let whileRunning = state.cancel()
    #expect(whileRunning == .tooLate)
    state.end(.failure(.timeout))
    let afterwards = state.cancel()
    #expect(afterwards == .tooLate)
  }

  @Test("An outcome wakes the waiters one after the other")
  func chain() {
    let asking = FutureAwait<Int>()
    var state = FutureState<Int>()
    for waiter in [first, second] {
      #expect(!asking.isReady(state, for: waiter))
      asking.enqueue(waiter, in: &state)
    }
    #expect(asking.wakes(state) == nil)
    _ = state.begin()
    let name = PoolTaskName(pool: ObjectID(1), number: 1, input: .number(1))
    let end = FutureEnd<Int>(task: name, outcome: .value(7), value: .number(7))
    end.apply(to: &state, by: first)
    #expect(end.wakes(state) == first)
    asking.withdraw(first, from: &state)
    #expect(asking.wakes(state) == second)
    asking.withdraw(second, from: &state)
    #expect(asking.wakes(state) == nil)
  }
}

extension RunTests {
  @Suite struct FutureTests {
    private static let failure = RaisedException(type: "ValueError", message: "expected")

    /// A pool of one worker. A task sleeps for its input in nanoseconds, or fails if it is negative.
    private static func pool(in run: Run) throws -> ThreadPool<Int64, Int64> {
      try ThreadPool(
        "pool", workers: 1, in: run, describeInput: { "\($0)" }, describeOutput: { "\($0)" }
      ) { length in
        try run.sleep(max(0, length))
        guard length >= 0 else { throw run.raise(failure) }
        return length
      }
    }

    @Test("A task's exception is raised again in each thread that asks for its result")
    func raisedAgain() throws {
      let run = try RecordedRun { run in
        let pool = try Self.pool(in: run)
        let future = try pool.submit(-1)
        let asking: @Sendable () throws -> Void = {
          do { _ = try future.result() } catch let exception as RaisedException {
            run.caught(exception)
          }
        }
        let other = try run.thread("other", asking)
        try asking()
        try other.join()
        try pool.close()
      }
      let events = try run.finish()
      #expect(violations(in: events) == [])
      let raised = events.filter { $0.kind == .exceptionRaise }
      let failed = try #require(events.first { $0.kind == .taskFail })
      #expect(failed.value == "ValueError: expected")
      #expect(raised.allSatisfy { $0.type == "ValueError" && $0.message == "expected" })
      #expect(raised.first?.actor == failed.actor)
      #expect((raised.first?.seq ?? .max) < failed.seq)
      #expect(raised.dropFirst().allSatisfy { $0.seq > failed.seq })
      let caught = events.filter { $0.kind == .exceptionCatch }.map(\.tid)
      #expect(Set(raised.dropFirst().map(\.tid)) == Set(caught))
      #expect(Set(caught).count == 2)
    }

    @Test("The exception of a future is returned without being raised, or is nil")
    func askedOnly() throws {
      let run = try RecordedRun { run in
        let pool = try Self.pool(in: run)
        let futures = try [-1, 0].map { try pool.submit($0) }
        let exceptions = try futures.map { try $0.exception() }
        try pool.close()
        try run.result("exceptions", exceptions.map { $0?.type ?? "nil" }.joined(separator: ", "))
      }
      let events = try run.finish()
      #expect(violations(in: events) == [])
      #expect(events.filter { $0.kind == .exceptionRaise }.count == 1)
      #expect(events.first { $0.kind == .result }?.value == "ValueError, nil")
    }

    @Test("A foreign error is raised as an exception of the program")
    func foreignError() throws {
      struct Foreign: Error {}
      let run = try RecordedRun { run in
        let pool = try ThreadPool<Int, Int>(
          "pool", workers: 1, in: run, describeInput: { "\($0)" }, describeOutput: { "\($0)" }
        ) { _ in throw Foreign() }
        let exception = try pool.submit(1).exception()
        try pool.close()
        try run.result("exception", exception?.type ?? "nil")
      }
      let events = try run.finish()
      #expect(events.first { $0.kind == .result }?.value == "Exception")
      let raise = try #require(events.first { $0.kind == .exceptionRaise })
      #expect(raise.actor == events.first { $0.kind == .taskFail }?.actor)
    }

    /// Runs a body in steps, which move the clock from deadline to deadline.
    private static func jumping(_ body: @escaping @Sendable (Run) throws -> Void) throws -> [Event]
    {
      let run = try RecordedRun(body: body)
      try run.wait("a wait for a future") { $0.contains { $0.waitReason == .future } }
      run.live.pause()
      try run.wait(for: .runPause)
      let end = MonotonicClock.now() + 60_000_000_000
      while run.events.last?.kind != .runFinish, MonotonicClock.now() < end { run.live.step() }
      return try run.finish()
    }

    @Test("A task goes on after its caller's time-out")
    func timeout() throws {
      let minute: Int64 = 60_000_000_000
      let events = try Self.jumping { run in
        let pool = try Self.pool(in: run)
        let future = try pool.submit(2 * minute)
        do { _ = try future.result(timeout: minute) } catch let exception as RaisedException {
          run.caught(exception)
        }
        try run.result("running", "\(try future.isRunning())")
        try run.result("done", "\(try future.isDone())")
        try run.result("value", "\(try future.result())")
        try pool.close()
      }
      #expect(violations(in: events) == [])
      let waits = events.filter { $0.kind == .waitEnd && $0.waitReason == .future }
      #expect(waits.map(\.waitOutcome) == [.timeout, .got])
      #expect(waits.first?.waited ?? 0 >= minute)
      #expect(waits.first?.waited ?? .max < 2 * minute)
      #expect(events.first { $0.kind == .exceptionRaise }?.type == "TimeoutError")
      #expect(events.filter { $0.kind == .exceptionRaise }.allSatisfy { $0.actor == .main })
      #expect(
        events.filter { $0.kind == .result }.map(\.value) == ["true", "false", "\(2 * minute)"])
    }

    @Test("A result that arrives before the time-out is returned")
    func inTime() throws {
      let events = try Self.jumping { run in
        let pool = try Self.pool(in: run)
        try run.result(
          "value", "\(try pool.submit(60_000_000_000).result(timeout: 90_000_000_000))")
        try pool.close()
      }
      #expect(violations(in: events) == [])
      #expect(events.first { $0.kind == .result }?.value == "60000000000")
    }

    @Test("A queued task can be cancelled, but a running one cannot")
    func cancelling() throws {
      let run = try RecordedRun { run in
        let pool = try Self.pool(in: run)
        let running = try pool.submit(30_000_000)
        let queued = try pool.submit(31_000_000)
        let asker = try run.thread("asker") {
          do { _ = try queued.result() } catch let exception as RaisedException {
            run.caught(exception)
          }
        }
        while try !running.isRunning(), try !running.isDone() { try run.sleep(100_000) }
        let answers = try [queued.cancel(), queued.cancel(), running.cancel()]
        try asker.join()
        try pool.close()
        try run.result("answers", "\(answers)")
        try run.result("value", "\(try running.result())")
      }
      let events = try run.finish()
      #expect(violations(in: events) == [])
      let results = events.filter { $0.kind == .result }.map(\.value)
      #expect(results == ["[true, true, false]", "30000000"])
      let cancelled = events.filter { $0.kind == .taskCancel }
      #expect(cancelled.map(\.task) == [2])
      #expect(cancelled.map(\.value) == ["31000000"])
      #expect(events.filter { $0.kind == .taskStart }.map(\.task) == [1])
      let raised = events.filter { $0.kind == .exceptionRaise }
      #expect(raised.map(\.type) == ["CancelledError"])
      #expect(raised.first?.actor == events.first { $0.name == "asker" }?.actor)
    }

    @Test("A pool closes only after its tasks have ended")
    func closing() throws {
      let run = try RecordedRun { run in
        let pool = try Self.pool(in: run)
        let future = try pool.submit(5_000_000)
        _ = try? future.result(timeout: 0)
        try pool.close()
      }
      let events = try run.finish()
      #expect(violations(in: events) == [])
      let kinds = events.map(\.kind)
      let finish = try #require(kinds.firstIndex(of: .taskFinish))
      #expect(finish < kinds.firstIndex(of: .poolClose) ?? 0)
    }

    @Test("A stop ends all waits for a future")
    func stopped() throws {
      let run = try RecordedRun { run in
        let pool = try Self.pool(in: run)
        let future = try pool.submit(60_000_000_000)
        try run.thread("patient") { _ = try future.result() }
        try run.thread("impatient") { _ = try future.exception(timeout: 50_000_000_000) }
        try pool.close()
      }
      try run.wait("two waits") { $0.filter { $0.waitReason == .future }.count == 2 }
      run.live.stop()
      let events = try run.finish()
      #expect(events.last?.runOutcome == .stopped)
      #expect(violations(in: events) == [])
      #expect(Remains.actors(of: events).isEmpty)
    }
  }

  @Suite struct ProcessFutureTests {
    private static func results(_ events: [Event]) -> [String?] {
      events.filter { $0.kind == .result }.map(\.value)
    }

    @Test("A future has the type and the message of a worker process's exception")
    func crossing() throws {
      let run = try RecordedRun { run in
        let pool = try ProcessPool(
          "pool", size: 1, body: FutureExceptionDemo.workerProcess, arguments: ["2"], in: run)
        let futures = try ["3", "2"].map { try pool.submit($0) }
        try run.result("value", try futures[0].result())
        try run.result("exception", "\(try futures[1].exception() ?? .timeout)")
        do { _ = try futures[1].result() } catch let exception as RaisedException {
          run.caught(exception)
        }
        try pool.close()
      }
      let events = try run.finish()
      #expect(violations(in: events) == [])
      let pid = try #require(events.first { $0.kind == .processStart }?.pid)
      let message = "task 2 failed in thread \(pid)"
      #expect(Self.results(events) == ["9", "ValueError: \(message)"])
      let raised = events.filter { $0.kind == .exceptionRaise }
      #expect(raised.map(\.type) == ["ValueError", "ValueError"])
      #expect(raised.map(\.message) == [message, message])
      #expect(raised.map(\.pid) == [pid, getpid()])
    }

    @Test("A queued task of a process pool that is cancelled never starts")
    func cancelling() throws {
      let run = try RecordedRun { run in
        let pool = try ProcessPool(
          "pool", size: 1, body: PoolSizingDemo.square, arguments: ["50000000"], in: run)
        let futures = try (1...4).map { try pool.submit("\($0)") }
        let answers = try futures.map { try $0.cancel() }
        try run.result("cancelled", "\(answers)")
        try run.result("value", try futures[0].result())
        do { _ = try futures[2].result() } catch let exception as RaisedException {
          run.caught(exception)
        }
        try run.result("another", try pool.submit("5").result())
        try pool.close()
      }
      let events = try run.finish()
      #expect(violations(in: events) == [])
      #expect(events.last?.runOutcome == .completed)
      #expect(Self.results(events) == ["[false, true, true, true]", "1", "25"])
      #expect(events.filter { $0.kind == .taskCancel }.map(\.task) == [2, 3, 4])
      #expect(events.filter { $0.kind == .taskStart }.map(\.task) == [1, 5])
      #expect(
        events.filter { $0.kind == .exceptionRaise }.map(\.type) == ["CancelledError"])
    }

    @Test("A wait for a process's task can time out")
    func timeout() throws {
      let run = try RecordedRun { run in
        let pool = try ProcessPool(
          "pool", size: 1, body: PoolSizingDemo.square, arguments: ["100000000"], in: run)
        let future = try pool.submit("2")
        do { _ = try future.result(timeout: 1_000_000) } catch let exception as RaisedException {
          run.caught(exception)
        }
        try pool.close()
        try run.result("value", try future.result())
      }
      let events = try run.finish()
      #expect(violations(in: events) == [])
      #expect(events.first { $0.kind == .exceptionRaise }?.type == "TimeoutError")
      #expect(Self.results(events) == ["4"])
    }

    @Test(
      "A worker that is killed breaks the pool for all unfinished and later tasks")
    func broken() throws {
      let run = try RecordedRun { run in
        let pool = try ProcessPool(
          "pool", size: 2, body: PoolSizingDemo.square, arguments: ["20000000000"], in: run)
        var futures = try (1...4).map { try pool.submit("\($0)") }
        let exceptions = try futures.map { try $0.exception() }
        futures.append(try pool.submit("5"))
        let all = exceptions + [try futures[4].exception()]
        try run.result("exceptions", all.map { $0?.type ?? "nil" }.joined(separator: " "))
      }
      let start = try run.wait(for: .taskStart)
      kill(start.pid, SIGKILL)
      let events = try run.finish()
      let broken = Array(repeating: "BrokenProcessPool", count: 5).joined(separator: " ")
      #expect(Self.results(events) == [broken])
      #expect(Set(events.filter { $0.kind == .taskStart }.compactMap(\.task)).isSubset(of: [1, 2]))
      #expect(Remains.actors(of: events).isEmpty)
    }
  }
}
