import Events
import TestRuns
import Testing

@testable import Concurrency
@testable import Engine

extension RunTests {
  @Suite struct PrimitiveTests {
    /// Runs a body and returns its events. Checks all invariants.
    private func events(_ body: @escaping @Sendable (Run) throws -> Void) throws -> [Event] {
      let events = try RecordedRun(body: body).finish()
      #expect(violations(in: events) == [])
      #expect(events.last?.runOutcome == .completed)
      return events
    }

    @Test("Locks raise the same exceptions as Python's locks")
    func releases() throws {
      try _ = events { run in
        let plain = Lock("plain", in: run)
        #expect(throws: RaisedException.releaseOfUnlocked) { try plain.release() }
        try plain.acquire()
        try run.thread("other") { try plain.release() }.join()
        #expect(try !plain.isHeld())
        let reentrant = ReentrantLock("reentrant", in: run)
        try reentrant.acquire()
        try run.thread("other") {
          #expect(throws: RaisedException.releaseOfUnacquired) { try reentrant.release() }
        }.join()
        try reentrant.release()
        #expect(throws: RaisedException.releaseOfUnacquired) { try reentrant.release() }
      }
    }

    @Test("An acquire with a time-out says whether it has got the lock")
    func acquireWithTimeout() throws {
      let events = try events { run in
        let lock = Lock("lock", in: run)
        let isFirst = try lock.acquire(timeout: 0)
        #expect(isFirst)
        try run.thread("other") {
          let isOther = try lock.acquire(timeout: 1_000_000)
          #expect(!isOther)
          #expect(lock.depthHeld == 0)
        }.join()
        try lock.release()
        let isAgain = try lock.acquire(timeout: 0)
        #expect(isAgain)
        try lock.release()
      }
      let ends = events.filter { $0.kind == .waitEnd && $0.waitReason == .lock }
      #expect(ends.map(\.waitOutcome) == [.timeout])
    }

    @Test("`withLock` throws the body's error after the body has lost the lock")
    func lostLock() throws {
      struct Mine: Error {}
      try _ = events { run in
        let lock = Lock("lost", in: run)
        #expect(throws: Mine.self) {
          try lock.withLock {
            try lock.release()
            throw Mine()
          }
        }
        #expect(throws: RaisedException.releaseOfUnlocked) {
          try lock.withLock { try lock.release() }
        }
      }
    }

    @Test("A wait for a condition releases a reentrant lock completely and acquires it again")
    func condition() throws {
      let events = try events { run in
        let lock = ReentrantLock("lock", in: run)
        let condition = Condition("ready", over: lock, in: run)
        #expect(throws: RaisedException.waitWithoutLock) { try condition.wait() }
        #expect(throws: RaisedException.notifyWithoutLock) { try condition.notify() }
        let flag = SharedVariable("flag", in: run)
        let waiter = try run.thread("waiter") {
          try lock.withLock {
            try lock.withLock {
              while try flag.read() == 0 { try condition.wait() }
              #expect(lock.depthHeld == 2)
            }
          }
          #expect(lock.depthHeld == 0)
        }
        try condition.withLock {
          try flag.write(1)
          try condition.notifyAll()
        }
        try waiter.join()
      }
      #expect(events.contains { $0.kind == .conditionNotify })
    }

    @Test("A wait for a condition that times out acquires the lock again")
    func conditionTimeout() throws {
      let events = try events { run in
        let lock = Lock("lock", in: run)
        let condition = Condition("never", over: lock, in: run)
        try condition.withLock {
          let isNotified = try condition.wait(timeout: 1_000_000)
          #expect(!isNotified)
          #expect(lock.depthHeld == 1)
        }
      }
      let kinds = events.filter { $0.kind != .sample }.map(\.kind)
      let wait: [EventKind] = [.lockRelease, .waitBegin, .waitEnd, .lockAcquire]
      #expect(kinds.filter { wait.contains($0) } == [.lockAcquire] + wait + [.lockRelease])
    }

    @Test("Setting a flag wakes all waiters, and nobody waits while it is set")
    func flag() throws {
      let events = try events { run in
        let flag = EventFlag("go", in: run)
        let waiters = try (1...3).map { number in
          try run.thread("waiter-\(number)") {
            let isSet = try flag.wait()
            #expect(isSet)
          }
        }
        #expect(try !flag.wait(timeout: 1_000_000))
        try flag.set()
        for waiter in waiters { try waiter.join() }
        #expect(try flag.wait(timeout: 0))
        try flag.clear()
        #expect(try !flag.wait(timeout: 0))
      }
      let set = try #require(events.firstIndex { $0.kind == .eventSet })
      let clear = try #require(events.firstIndex { $0.kind == .eventClear })
      let waits = events[set..<clear].filter { $0.kind == .waitBegin && $0.waitReason == .event }
      #expect(waits.filter { $0.actor == .main }.isEmpty)
    }

    @Test("`withPermit` releases its permit after an error")
    func semaphore() throws {
      struct Mine: Error {}
      try _ = events { run in
        let semaphore = Semaphore("one", permits: 1, in: run)
        #expect(throws: Mine.self) { try semaphore.withPermit { throw Mine() } }
        try semaphore.withPermit {}
      }
    }

    @Test("All parties cross a barrier in each round, and none after it broke")
    func barrier() throws {
      let events = try events { run in
        let barrier = Barrier("start", parties: 3, in: run)
        let threads = try (1...3).map { number in
          try run.thread("runner-\(number)") {
            for _ in 0..<5 { try barrier.wait() }
          }
        }
        for thread in threads { try thread.join() }
        let broken = Barrier("broken", parties: 2, in: run)
        let waiter = try run.thread("waiter") {
          #expect(throws: RaisedException.brokenBarrier) { try broken.wait() }
        }
        try broken.abort()
        try waiter.join()
        #expect(throws: RaisedException.brokenBarrier) { try broken.wait() }
      }
      #expect(events.filter { $0.kind == .barrierPass }.count == 15)
    }

    @Test("A queue returns the values that were put")
    func queue() throws {
      try _ = events { run in
        let queue = BlockingQueue<Int64>("queue", capacity: 1, in: run)
        try queue.put(10)
        #expect(try queue.get() == 10)
        let words = BlockingQueue<String>("words", in: run)
        try words.put("hello")
        #expect(try words.get() == "hello")
      }
    }

    @Test("A shared object is found by its handle")
    func handles() throws {
      try _ = events { run in
        let lock = try Lock.shared("lock", in: run)
        let sameLock = try Lock.attached(try #require(lock.handle), in: run)
        try lock.acquire()
        #expect(try sameLock.isHeld())
        try sameLock.release()
        let condition = try Condition.shared("condition", over: lock, in: run)
        let sameCondition = try Condition.attached(try #require(condition.handle), in: run)
        let waiter = try run.thread("waiter") {
          try condition.withLock { _ = try condition.wait() }
        }
        while try sameCondition.withLock({ try sameCondition.notify() }) == 0 {
          try run.sleep(1_000_000)
        }
        try waiter.join()
        let flag = try EventFlag.shared("flag", in: run)
        try flag.set()
        #expect(try EventFlag.attached(try #require(flag.handle), in: run).wait(timeout: 0))
        let semaphore = try Semaphore.shared("semaphore", permits: 1, in: run)
        let sameSemaphore = try Semaphore.attached(try #require(semaphore.handle), in: run)
        try semaphore.acquire()
        #expect(sameSemaphore.traced.withState { $0.permits } == 0)
        semaphore.release()
        let barrier = try Barrier.shared("barrier", parties: 1, in: run)
        #expect(try Barrier.attached(try #require(barrier.handle), in: run).wait() == 0)
        #expect(Lock("own", in: run).handle == nil)
        #expect(Condition("own", over: lock, in: run).handle == nil)
        #expect(Condition("own", over: ReentrantLock("own", in: run), in: run).handle == nil)
        #expect(throws: RaisedException.self) { try Condition.attached("nonsense", in: run) }
      }
    }

    @Test("A stop ends the waits at all primitives")
    func stopped() throws {
      let run = try RecordedRun { run in
        let lock = ReentrantLock("lock", in: run)
        let condition = Condition("never", over: lock, in: run)
        let plain = Lock("plain", in: run)
        let other = Condition("never either", over: plain, in: run)
        let flag = EventFlag("flag", in: run)
        let semaphore = Semaphore("none", permits: 0, in: run)
        let barrier = Barrier("two", parties: 2, in: run)
        let queue = BlockingQueue<Int64>("queue", capacity: 1, in: run)
        let bodies: [@Sendable () throws -> Void] = [
          { try lock.withLock { try condition.withLock { _ = try condition.wait() } } },
          { try other.withLock { _ = try other.wait() } },
          { _ = try flag.wait() },
          { try semaphore.withPermit {} },
          { _ = try barrier.wait() },
          { _ = try queue.get() },
        ]
        for (number, body) in bodies.enumerated() { try run.thread("waiter-\(number)", body) }
      }
      try run.wait("six waits") { events in
        events.filter { $0.kind == .waitBegin }.count >= 6
      }
      run.live.stop()
      let events = try run.finish()
      #expect(violations(in: events) == [])
      #expect(events.filter { $0.waitOutcome == .stopped }.count >= 6)
    }
  }
}
