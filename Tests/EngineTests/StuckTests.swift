import Catalog
import Events
import Glibc
import Platform
import Rings
import TestRuns
import Testing

@testable import Concurrency
@testable import Engine

extension RunTests {
  @Suite struct StuckTests {
    @Test("Waits for a lock whose holder has ended are broken after a while")
    func abandoned() throws {
      let run = try RecordedRun { run in
        let lock = Lock("orphan", in: run)
        try run.thread("holder") { try lock.acquire() }.join()
        let waiters = try (1...2).map { number in
          try run.thread("waiter-\(number)") { try lock.acquire() }
        }
        for waiter in waiters { try waiter.join() }
        try run.result("reported", "yes")
      }
      let events = try run.finish()
      #expect(events.last?.runOutcome == .deadlocked)
      let ends = events.filter { $0.kind == .waitEnd && $0.waitReason == .lock }
      #expect(ends.map(\.waitOutcome) == [.stopped, .stopped])
      #expect(ends.allSatisfy { ($0.waited ?? 0) >= Int64(StuckWatch.patience / 2) })
      #expect(events.contains { $0.kind == .result && $0.name == "reported" })
    }

    @Test("A cycle of waits is broken")
    func circle() throws {
      let run = try RecordedRun { run in
        let first = Lock("first", in: run)
        let second = Lock("second", in: run)
        let held = SharedList("held", in: run)
        let other = try run.thread("other") {
          try second.acquire()
          defer { second.releaseIfHeld() }
          while try held.isEmpty() { try run.sleep(1_000_000) }
          try first.acquire()
          try first.release()
        }
        try first.acquire()
        defer { first.releaseIfHeld() }
        try held.append(1)
        try run.sleep(20_000_000)
        try second.acquire()
        try second.release()
        try other.join()
      }
      let events = try run.finish()
      #expect(events.last?.runOutcome == .deadlocked)
      #expect(violations(in: events) == [])
    }

    @Test(
      "An actor that was killed while it waited does not block those behind it",
      .timeLimit(.minutes(1)))
    func killedInLine() throws {
      let run = try RecordedRun { run in
        let lock = Traced(id: run.newObject("door", type: "lock"), PlainLockState())
        let actor = ActorContext.current
        try actor.perform(LockAcquire(), on: lock)
        // A killed process leaves an entry whose slot has no actor.
        lock.withState { $0.waiters.append(QueuedActor(actor: ActorID(999), slot: 190)) }
        let waiter = try run.thread("waiter") {
          try ActorContext.current.perform(LockAcquire(), on: lock)
          _ = ActorContext.current.release(LockRelease(), on: lock)
        }
        _ = actor.release(LockRelease(), on: lock)
        try waiter.join()
        try actor.perform(LockAcquire(), on: lock)
        _ = actor.release(LockRelease(), on: lock)
      }
      let events = try run.finish()
      #expect(events.last?.runOutcome == .completed)
      #expect(events.filter { $0.kind == .lockAcquire }.count == 3)
    }

    @Test("A wait that times out leaves the queue")
    func timeout() throws {
      let run = try RecordedRun { run in
        let list = Traced(id: run.newObject("gate", type: "lock"), PlainLockState())
        let actor = ActorContext.current
        try actor.perform(LockAcquire(), on: list)
        let waiter = try run.thread("waiter") {
          let got: Void? = try ActorContext.current.perform(
            LockAcquire(), on: list, timeout: 20_000_000)
          try run.result("got", got == nil ? "nothing" : "lock")
        }
        try waiter.join()
        #expect(list.withState { $0.waiters.count } == 0)
        actor.release(LockRelease(), on: list)
      }
      let events = try run.finish()
      #expect(events.last?.runOutcome == .completed)
      #expect(violations(in: events) == [])
      let end = events.first { $0.kind == .waitEnd && $0.waitReason == .lock }
      #expect(end?.waitOutcome == .timeout)
      #expect((end?.waited ?? 0) >= 20_000_000)
      #expect(events.contains { $0.kind == .result && $0.value == "nothing" })
    }

    @Test("A cell has one value for all threads")
    func cells() throws {
      let memory = try RunMemory()
      let cell = try #require(SharedCell(Int64(0), in: memory))
      let threads = (0..<4).map { _ in
        PosixThread.start(named: "lockstep:test") {
          for _ in 0..<10_000 { cell.withLock { $0 += 1 } }
        }
      }
      for thread in threads { thread?.join() }
      #expect(cell.withLock { $0 } == 40_000)
      let again = SharedCell<Int64>(at: cell.index, in: memory)
      again.withLock { $0 = 7 }
      #expect(cell.withLock { $0 } == 7)
    }

    @Test("A change of a cell by a thread that dies half-way is undone")
    func halfChange() throws {
      let memory = try RunMemory()
      let cell = try #require(SharedCell(InlineArray<2, Int64>(repeating: 1), in: memory))
      let thread = PosixThread.start(named: "lockstep:test") {
        cell.withLock { pair in
          pair[0] = 2
          // As in a process that is killed, nothing after this happens.
          pthread_exit(nil)
        }
      }
      thread?.join()
      cell.withLock { pair in
        #expect(pair[0] == 1 && pair[1] == 1)
        pair[1] = 3
      }
      #expect(cell.withLock { [$0[0], $0[1]] } == [1, 3])
    }

    @Test("A run's setup is the same after encoding and decoding")
    func setup() throws {
      let run = try RecordedRun { run in
        let setup = RunSetup(run.configuration)
        let copy = RunSetup(setup.text)
        #expect(copy == setup)
        let words = try copy?.configuration().request.words
        #expect(words == run.configuration.request.words)
      }
      try run.finish()
      #expect(RunSetup("nonsense") == nil)
    }
  }
}
