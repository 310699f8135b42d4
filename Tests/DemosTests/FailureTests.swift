import Events
import Glibc
import TestRuns
import Testing
import Trace

@testable import Concurrency
@testable import Engine

/// The last value of each measure, by name.
private func measures(_ events: [Event]) -> [String: Int64] {
  Dictionary(
    events.filter { $0.kind == .measure }.compactMap { event in
      guard let name = event.name, let value = event.number(.value) else { return nil }
      return (name, value)
    }, uniquingKeysWith: { $1 })
}

extension RunTests {
  @Suite struct CatchInsideTests {
    @Test(
      "Each worker catches its own failures, does all other tasks, and ends normally",
      arguments: ["", " workers=1 tasks=5 fail-every=1", " workers=2 tasks=3 fail-every=50"])
    func caught(_ arguments: String) throws {
      let events = try RecordedRun.events(of: "catch-inside" + arguments)
      #expect(violations(in: events) == [])
      #expect(events.last?.runOutcome == .completed)
      let raised = events.filter { $0.kind == .exceptionRaise }
      let caught = events.filter { $0.kind == .exceptionCatch }
      #expect(raised.map(\.actor).sorted() == caught.map(\.actor).sorted())
      #expect(raised.allSatisfy { $0.actor != .main })
      let values = measures(events)
      for arm in ["threads", "processes"] {
        let pids = events.filter { $0.kind == .processStart }.map(\.pid)
        let failures = raised.filter { pids.contains($0.pid) == (arm == "processes") }.count
        #expect(values["\(arm): tasks failed"] == Int64(failures))
      }
      let exits = events.filter { $0.kind == .processExit }
      #expect(!exits.isEmpty)
      #expect(exits.allSatisfy { $0.status == 0 })
    }

    @Test("If nobody catches, each worker ends at its first failure and only exit codes tell")
    func uncaught() throws {
      let events = try RecordedRun.events(of: "catch-inside catch=off workers=2")
      #expect(violations(in: events) == [])
      #expect(events.last?.runOutcome == .completed)
      #expect(!events.contains { $0.kind == .exceptionCatch })
      #expect(events.filter { $0.kind == .exceptionRaise }.count == 4)
      let values = measures(events)
      for arm in ["threads", "processes"] { #expect(values["\(arm): tasks done"] == 4) }
      #expect(events.filter { $0.kind == .processExit }.map(\.status) == [1, 1])
      let printed = events.compactMap(\.output)
      #expect(printed.count { $0.contains("2 done, join returned None") } == 4)
      for number in 1...2 {
        #expect(printed.contains("Exception in thread thread-\(number):"))
        #expect(printed.contains("Process process-\(number):"))
      }
      #expect(printed.count { $0 == "ValueError: task 3 failed" } == 4)
    }

    @Test("If nobody catches but no task fails, all exit codes are 0")
    func calm() throws {
      let events = try RecordedRun.events(of: "catch-inside catch=off workers=1 fail-every=9")
      #expect(events.filter { $0.kind == .processExit }.map(\.status) == [0])
      #expect(events.shown.hasPrefix("No task failed"))
    }

    @Test("Three workers of each kind do nine of twelve tasks if every third task fails")
    func counts() throws {
      let values = measures(try RecordedRun.events(of: "catch-inside tasks=4 fail-every=3"))
      for arm in ["threads", "processes"] {
        #expect(values["\(arm): tasks done"] == 9)
        #expect(values["\(arm): tasks failed"] == 3)
      }
    }
  }

  @Suite struct CorruptionTests {
    @Test("A transfer that fails halfway makes the sum wrong, but releases the lock")
    func corrupted() throws {
      for _ in 0..<5 {
        let events = try RecordedRun.events(of: "corruption transfers=4 fail-at=2 delay=1ms")
        #expect(violations(in: events) == [])
        let values = measures(events)
        #expect(values["before: sum"] == 200)
        #expect(values["after: sum"] == 190)
        let acquired = events.filter { $0.kind == .lockAcquire }
        #expect(acquired.count == 9)
        #expect(events.filter { $0.kind == .lockRelease }.count == 9)
      }
    }

    @Test(
      "The sum stays the same if a failed transfer is undone or none fails",
      arguments: ["repair=on", "fail-at=0", "repair=on fail-at=4"])
    func repaired(_ arguments: String) throws {
      for _ in 0..<3 {
        let events = try RecordedRun.events(of: "corruption transfers=4 delay=0 \(arguments)")
        #expect(violations(in: events) == [])
        #expect(measures(events)["after: sum"] == 200)
      }
    }

    @Test("Threads read accounts only with the lock, except main before it starts them")
    func guarded() throws {
      let events = try RecordedRun.events(of: "corruption transfers=4 delay=0")
      var holder: ActorID?
      for event in events {
        if event.kind == .lockAcquire { holder = event.actor }
        if event.kind == .lockRelease { holder = nil }
        guard [.variableRead, .variableWrite].contains(event.kind), event.actor != .main else {
          continue
        }
        #expect(holder == event.actor)
      }
    }
  }

  @Suite struct LeakTests {
    private static func counts(_ events: [Event]) -> [Int64] {
      events.filter { $0.name == "open descriptors over time" }.compactMap { $0.number(.value) }
    }

    @Test("Each failure leaves one more open descriptor, until the system refuses the next")
    func leaking() throws {
      let events = try RecordedRun.events(of: "leak limit=20 delay=0")
      #expect(violations(in: events) == [])
      #expect(events.last?.runOutcome == .completed)
      let counts = Self.counts(events)
      let first = try #require(counts.first)
      // The refused task records the last one.
      #expect(counts.dropLast() == (first...20).map { $0 }[...])
      #expect(counts.last == 20)
      let raised = events.filter { $0.kind == .exceptionRaise }
      #expect(raised.dropLast().allSatisfy { $0.type == "ValueError" })
      #expect(raised.last?.type == "OSError")
      #expect(raised.last?.message?.hasPrefix("[Errno \(EMFILE)]") == true)
      // Only the process has this limit.
      #expect(raised.allSatisfy { $0.pid != getpid() })
      #expect(events.first { $0.kind == .processExit }?.status == 0)
      #expect(Remains.actors(of: events).isEmpty)
    }

    @Test("If each task closes its file, failures leave no descriptor open")
    func closing() throws {
      let events = try RecordedRun.events(of: "leak limit=20 delay=0 close=always")
      #expect(violations(in: events) == [])
      let counts = Self.counts(events)
      #expect(counts.count == 21)
      #expect(Set(counts).count == 1)
      #expect(
        events.filter { $0.kind == .exceptionRaise }.map(\.type).allSatisfy { $0 == "ValueError" })
    }
  }

  @Suite struct CascadeTests {
    @Test(
      "After the producer's failure, consumers and main wait until the watchdog acts",
      arguments: [1, 3])
    func cascade(_ consumers: Int) throws {
      let events = try RecordedRun.events(
        of: "cascade consumers=\(consumers) fail-at=3 watchdog=200ms")
      #expect(violations(in: events) == [])
      #expect(events.last?.runOutcome == .completed)
      let raised = events.filter { $0.kind == .exceptionRaise }
      #expect(raised.map(\.message) == ["no item 3"])
      #expect(!events.contains { $0.kind == .exceptionCatch })
      let producer = try #require(raised.first?.actor)
      #expect(producer == events.first { $0.name == "producer" }?.actor)
      let values = measures(events)
      let names = (1...consumers).map { "consumer-\($0)" } + ["main"]
      for name in names {
        // The watchdog's wait may have begun just before the failure.
        #expect(values["\(name): waited for nothing"] ?? 0 >= 150_000_000, "\(name)")
      }
      let put = events.filter { $0.kind == .queuePut }.compactMap(\.value)
      #expect(put == ["1", "2"] + Array(repeating: "None", count: consumers))
      #expect(Remains.actors(of: events).isEmpty)
    }

    @Test("The watchdog does not act while items arrive")
    func fed() throws {
      let events = try RecordedRun.events(of: "cascade fail-at=25 watchdog=400ms")
      #expect(violations(in: events) == [])
      let raise = try #require(events.first { $0.kind == .exceptionRaise })
      let act = try #require(events.first { $0.output?.hasPrefix("no item for") == true })
      #expect(raise.seq < act.seq)
    }
  }

  @Suite struct AbandonedLockTests {
    @Test("All waiters for the abandoned lock are stuck, and none for the lock with `with`")
    func abandoned() throws {
      for hold in ["1ms", "20ms"] {
        let run = "abandoned-lock waiters=3 hold=\(hold)"
        let events = try RecordedRun.events(of: run)
        #expect(violations(in: events) == [])
        #expect(events.last?.runOutcome == .deadlocked)
        let names = Dictionary(
          events.filter { $0.kind == .actorName }.map { ($0.actor, $0.name ?? "") },
          uniquingKeysWith: { first, _ in first })
        let stopped = events.filter {
          $0.kind == .waitEnd && $0.waitReason == .lock && $0.waitOutcome == .stopped
        }
        #expect(
          stopped.compactMap { names[$0.actor] }.sorted() == ["waiter-1", "waiter-2", "waiter-3"])
        let got = events.compactMap(\.output).filter { $0.hasSuffix("has the lock") }
        #expect(got.sorted() == (1...3).map { "with-waiter-\($0) has the lock" })
        let values = measures(events)
        for number in 1...3 {
          #expect(values["waiter-\(number): waited"] ?? 0 >= Int64(StuckWatch.patience / 2))
        }
        let raised = events.filter { $0.kind == .exceptionRaise }
        #expect(raised.compactMap { names[$0.actor] }.sorted() == ["holder", "with-holder"])
        #expect(Remains.actors(of: events).isEmpty)
      }
    }
  }

  @Suite struct TwoLocksTests {
    @Test("In opposite orders, the two threads wait for each other, and the run ends both waits")
    func deadlock() throws {
      for _ in 0..<3 {
        let run = try ThreadDemoRun("two-locks delay=1ms")
        let threads = try ["a-to-b", "b-to-a"].map { try #require(run.events.actor(named: $0)) }
        let cycles = run.findings.compactMap { finding -> [Finding.Link]? in
          if case .deadlock(let cycle, _) = finding.kind { cycle } else { nil }
        }
        #expect(cycles.map { Set($0.map(\.actor)) } == [Set(threads)])
        #expect(run.events.last?.runOutcome == .deadlocked)
        let stopped = run.events(.waitEnd).filter {
          $0.waitReason == .lock && $0.waitOutcome == .stopped
        }
        #expect(Set(stopped.map(\.actor)) == Set(threads))
        #expect(run.events(.variableWrite).isEmpty)
        #expect(run.events.measure("transfers done: count") == 0)
        #expect(Remains.actors(of: run.events).isEmpty)
      }
    }

    /// The money in both accounts at the end.
    private func balances(_ run: ThreadDemoRun) throws -> [Int64?] {
      try ["a", "b"].map { name in
        let account = try run.object(name)
        return run.events(.variableWrite).last { $0.object == account }?.number(.value)
      }
    }

    @Test("In the same order, all transfers are done and no lock is given back")
    func sameOrder() throws {
      let run = try ThreadDemoRun("two-locks order=same delay=1ms transfers=5")
      #expect(run.events.last?.runOutcome == .completed)
      #expect(run.findings == [])
      #expect(run.events.measure("transfers done: count") == 10)
      #expect(run.events.measure("locks given back: count") == 0)
      #expect(try balances(run) == [100, 100])
    }

    @Test(
      "With a time-out, a thread gives back its lock, and all transfers are done",
      arguments: ["", " pause=5ms"])
    func timeout(_ pause: String) throws {
      let run = try ThreadDemoRun("two-locks timeout=5ms delay=1ms transfers=2" + pause)
      #expect(run.events.last?.runOutcome == .completed)
      #expect(run.events.measure("transfers done: count") == 4)
      let gaveUp = run.events(.waitEnd).filter {
        $0.waitReason == .lock && $0.waitOutcome == .timeout
      }
      #expect(!gaveUp.isEmpty)
      #expect(run.events.measure("locks given back: count") == Int64(gaveUp.count))
      #expect(try balances(run) == [100, 100])
    }
  }

  @Suite struct ExceptionQueueTests {
    @Test(
      "The main thread handles each failure that a worker sends",
      arguments: ["", " workers=8 fail-every=1", " workers=1 tasks=1 fail-every=50"])
    func handled(_ arguments: String) throws {
      let events = try RecordedRun.events(of: "exception-queue" + arguments)
      #expect(violations(in: events) == [])
      #expect(events.last?.runOutcome == .completed)
      let values = measures(events)
      #expect(values["sent: failures"] == values["handled: failures"])
      let main = try #require(events.first).tid
      let raised = events.filter { $0.kind == .exceptionRaise }
      let inWorkers = raised.filter { $0.tid != main }.compactMap(\.message)
      let inMain = raised.filter { $0.tid == main }.compactMap(\.message)
      #expect(inWorkers.sorted() == inMain.sorted())
      #expect(values["handled: failures"] == Int64(inMain.count))
      let printed = events.compactMap(\.output)
      #expect(printed == inMain.map { "handled in thread \(main): \($0)" })
    }
  }

  @Suite struct ExceptionLogTests {
    @Test(
      "One writer writes one record with a traceback for each failure",
      arguments: ["", " workers=3 tasks=6 fail-every=1", " workers=1 tasks=1 fail-every=50"])
    func logged(_ arguments: String) throws {
      let events = try RecordedRun.events(of: "exception-log" + arguments)
      #expect(violations(in: events) == [])
      #expect(events.last?.runOutcome == .completed)
      let raised = events.filter { $0.kind == .exceptionRaise }
      let lines = events.filter { $0.kind == .output }
      let writer = events.first { $0.name == "log-writer" }?.actor
      #expect(lines.allSatisfy { $0.actor == writer })
      let printed = lines.compactMap(\.output)
      #expect(printed.count == 7 * raised.count, "a title, a traceback of five lines, the error")
      let records = stride(from: 0, to: printed.count, by: 7).map { printed[$0..<$0 + 7] }
      for event in raised {
        let isWritten = records.contains { record in
          record.first?.contains("pid \(event.pid) thread \(event.tid): ") == true
            && record.contains("Traceback (most recent call last):")
            && record.contains { $0.contains("line \(event.line ?? 0), in work") }
            && record.last == "\(event.type ?? ""): \(event.message ?? "")"
        }
        #expect(isWritten, "\(event.message ?? "")")
      }
      let values = measures(events)
      let failures =
        (values["failures in threads: count"] ?? 0)
        + (values["failures in processes: count"] ?? 0)
      #expect(failures == Int64(raised.count))
      #expect(values["records of the log: count"] == Int64(raised.count))
      #expect(Remains.actors(of: events).isEmpty)
    }
  }

  @Suite struct FinallyTests {
    @Test("The lock is released in all ways of leaving", arguments: [1, 4])
    func released(_ rounds: Int) throws {
      let events = try RecordedRun.events(of: "finally kill=off rounds=\(rounds)")
      #expect(violations(in: events) == [])
      #expect(events.last?.runOutcome == .completed)
      let values = measures(events)
      #expect(values["acquired: times"] == Int64(3 * rounds))
      #expect(values["released: times"] == Int64(3 * rounds))
      #expect(events.filter { $0.kind == .lockAcquire }.count == 3 * rounds)
      #expect(events.filter { $0.kind == .lockRelease }.count == 3 * rounds)
      #expect(events.filter { $0.kind == .exceptionCatch }.count == rounds)
      #expect(!events.contains { $0.kind == .processSpawn })
    }

    @Test("A process that is killed does not release the lock")
    func killed() throws {
      for _ in 0..<3 {
        let events = try RecordedRun.events(of: "finally rounds=1")
        #expect(violations(in: events) == [])
        #expect(events.last?.runOutcome == .completed)
        let values = measures(events)
        #expect(values["acquired: times"] == 4)
        #expect(values["released: times"] == 3)
        let exit = try #require(events.first { $0.kind == .processExit })
        #expect(exit.signal == Int(SIGKILL))
        let last = try #require(events.last { $0.kind == .lockAcquire })
        #expect(last.pid == exit.pid)
        #expect(events.shown.contains("still held"))
        #expect(Remains.actors(of: events).isEmpty)
      }
    }
  }
}
