import Events
import Glibc
import Platform
import TestFaults
import TestRuns
import Testing

@testable import Concurrency
@testable import Demos
@testable import Engine

extension RunTests {
  @Suite(.faultMatrix) struct ProcessTests {
    /// A child that waits at a barrier twice.
    @discardableResult
    private func waitingChild(
      _ name: String, at barrier: Barrier, mayFail: Bool = false, in run: Run
    ) throws -> ActorProcess {
      try run.process(
        name, body: MemoryCostDemo.live, arguments: [barrier.handle ?? ""], mayFail: mayFail)
    }

    @Test("Pools of 1 to 3 processes square the numbers in child processes")
    func pools() throws {
      let events = try RecordedRun.events(of: "pool-sizing sizes=1...3 tasks=10")
      #expect(events.last?.runOutcome == .completed)
      let children = events.filter { $0.kind == .processStart }
      #expect(children.count == 6)
      #expect(Set(children.map(\.pid)).count == 6)
      #expect(children.allSatisfy { $0.pid != getpid() && $0.tid == $0.pid })
      let exits = events.filter { $0.kind == .processExit }
      #expect(Set(exits.map(\.pid)) == Set(children.map(\.pid)))
      #expect(exits.allSatisfy { $0.status == 0 && $0.signal == nil })
      let pids = Set(children.map(\.pid))
      let done = events.filter { $0.kind == .taskFinish }
      #expect(events.filter { $0.kind == .taskStart }.allSatisfy { pids.contains($0.pid) })
      #expect(done.allSatisfy { pids.contains($0.pid) })
      let squares = (1...10).map { Int64($0 * $0) }
      for pool in Set(done.compactMap(\.pool)) {
        let mine = done.filter { $0.pool == pool }.sorted { ($0.task ?? 0) < ($1.task ?? 0) }
        #expect(mine.compactMap { $0.number(.value) } == squares)
      }
      let list = squares.map { "\($0)" }.joined(separator: ", ")
      let printed = events.compactMap(\.output)
      #expect(printed.count == 3)
      #expect(printed.allSatisfy { $0.hasSuffix(" seconds, Results: [\(list)]") })
      #expect(Remains.actors(of: events).isEmpty)
    }

    @Test("The times to create, map and close add up to the total")
    func measures() throws {
      let events = try RecordedRun.events(of: "pool-sizing sizes=1...3 tasks=3 rounds=2")
      // There may be other measures, of the CPU time of other programs.
      let measures = events.filter {
        $0.kind == .measure && $0.name?.hasPrefix("size") == true
      }
      for size in 1...3 {
        let values = ["create", "map", "close", "total"].map { phase in
          measures.filter { $0.name == "size \(size) \(phase)" }.compactMap { $0.number(.value) }
        }
        #expect(values.allSatisfy { $0.count == 2 })
        for round in 0..<2 {
          #expect(values[0][round] + values[1][round] + values[2][round] == values[3][round])
        }
      }
      #expect(measures.allSatisfy { $0.unit == "ns" })
    }

    @Test("The worker that has been idle longest gets the next task")
    func everyoneWorks() throws {
      let events = try RecordedRun.events(of: "pool-sizing sizes=3 tasks=3 work=50ms")
      #expect(Set(events.filter { $0.kind == .taskStart }.map(\.pid)).count == 3)
    }

    @Test("A missing worker program fails the run with an exception that says why")
    func missingProgram() throws {
      let events = try RecordedRun.events(
        of: "pool-sizing sizes=2 tasks=1", workerPath: "/nowhere/lockstep")
      #expect(events.last?.runOutcome == .failed)
      let raised = events.filter { $0.kind == .exceptionRaise }
      #expect(raised.map(\.type) == ["OSError"])
      let message = raised.first?.message ?? ""
      #expect(message.contains("No such file or directory"))
      #expect(message.contains("/nowhere/lockstep"))
      #expect(events.filter { $0.kind == .processExit }.count == 2)
      #expect(Remains.actors(of: events).isEmpty)
    }

    @Test("A program that is not a worker breaks the pool")
    func wrongProgram() throws {
      let events = try RecordedRun.events(
        of: "pool-sizing sizes=1 tasks=1", workerPath: "/bin/true")
      #expect(events.last?.runOutcome == .failed)
      #expect(
        events.filter { $0.kind == .exceptionRaise }.map(\.type) == ["BrokenProcessPool"])
      #expect(Remains.actors(of: events).isEmpty)
    }

    @Test("A process that was started has a number and receives signals")
    func startedProcess() throws {
      let pids = Guarded<[pid_t]>([])
      let run = try RecordedRun { run in
        let here = try Barrier.shared("here", parties: 2, in: run)
        for number in 1...8 {
          let child = try waitingChild("child-\(number)", at: here, in: run)
          let pid = child.pid
          pids.withLock { $0.append(pid) }
          let isSent = try child.signal(SIGTERM)
          #expect(isSent)
          #expect(try child.join() == .killed(signal: SIGTERM))
        }
      }
      let events = try run.finish()
      let exits = events.filter { $0.kind == .processExit }
      #expect(exits.map { $0.pid } == pids.withLock { $0 } && exits.allSatisfy { $0.pid > 0 })
      #expect(Remains.actors(of: events).isEmpty)
    }

    @Test("A process that could not be started has no number, and the run says why")
    func noProcess() throws {
      let run = try RecordedRun(workerPath: "/nowhere/lockstep") { run in
        let child = try run.process("child", body: TimeoutCancelDemo.workAlone, mayFail: true)
        #expect(child.pid == 0)
        #expect(try child.join().isFailure)
      }
      let events = try run.finish()
      #expect(events.last?.runOutcome == .failed)
      let message = events.last { $0.kind == .exceptionRaise }?.message
      #expect(
        message
          == "child could not be started: No such file or directory (/nowhere/lockstep)")
    }

    @Test("A run whose process fails is stopped, and its exception names the process")
    func lostProcess() throws {
      let run = try RecordedRun { run in
        // The third party never comes.
        let here = try Barrier.shared("here", parties: 3, in: run)
        try waitingChild("child", at: here, in: run)
        try here.wait()
      }
      let start = try run.wait(for: .processStart)
      kill(start.pid, SIGKILL)
      let events = try run.finish()
      #expect(events.last?.runOutcome == .failed)
      let raised = events.filter { $0.kind == .exceptionRaise }
      #expect(raised.map(\.message) == ["child was killed by SIGKILL"])
      #expect(Remains.actors(of: events).isEmpty)
    }

    @Test("A process may fail if the body says so")
    func expectedLoss() throws {
      let run = try RecordedRun { run in
        let here = try Barrier.shared("here", parties: 2, in: run)
        let child = try waitingChild("child", at: here, mayFail: true, in: run)
        #expect(try child.join() == .killed(signal: SIGKILL))
        try run.sleep(600_000_000)
      }
      kill(try run.wait(for: .processStart).pid, SIGKILL)
      #expect(try run.finish().last?.runOutcome == .completed)
    }

    @Test("A process that raises an exception ends its run, which says so")
    func raisingProcess() throws {
      let run = try RecordedRun { run in
        let child = try run.process("child", body: MemoryCostDemo.live, arguments: ["nonsense"])
        try Barrier("both", parties: 2, in: run).wait()
        try child.join()
      }
      let events = try run.finish()
      #expect(events.last?.runOutcome == .failed)
      let last = events.last { $0.kind == .exceptionRaise }
      #expect(last?.message == "child raised ValueError: not a handle: nonsense")
    }

    @Test("A paused run whose process fails is stopped only after it resumes")
    func lostInPause() throws {
      let run = try RecordedRun { run in
        // The third party never comes.
        let here = try Barrier.shared("here", parties: 3, in: run)
        try waitingChild("child", at: here, in: run)
        try here.wait()
      }
      let start = try run.wait(for: .processStart)
      run.live.pause()
      try run.wait(for: .runPause)
      kill(start.pid, SIGKILL)
      try run.wait(for: .processExit)
      #expect(run.events.last?.kind != .runFinish)
      run.live.resume()
      #expect(try run.finish().last?.runOutcome == .failed)
    }

    @Test("Row 99: A child lives on when the thread that asked for it has ended")
    func starterEnds() throws {
      let run = try RecordedRun { run in
        let here = try Barrier.shared("here", parties: 2, in: run)
        let child = Guarded<ActorProcess?>(nil)
        try run.thread("starter") {
          let process = try waitingChild("child", at: here, in: run)
          child.withLock { $0 = process }
        }.join()
        // The child arrives twice, so it has lived through the end of its starter.
        try here.wait()
        try here.wait()
        #expect(try child.withLock { $0 }?.join() == .exited(0))
      }
      #expect(try run.finish().last?.runOutcome == .completed)
    }

    @Test(
      "Row 100: A process that has ended gets no signal, so another one with its number is safe")
    func lateSignal() throws {
      let run = try RecordedRun { run in
        let child = try run.process("child", body: SharedStateDemo.changeOwn, mayFail: true)
        try child.join()
        #expect(child.pid > 0)
        let isSent = try child.signal(SIGKILL)
        #expect(!isSent)
      }
      #expect(try run.finish().last?.runOutcome == .completed)
    }

    @Test("Row 89: A child that does not end after the stop is killed")
    func stubbornChild() throws {
      let run = try RecordedRun("pool-sizing sizes=1 tasks=1", workerPath: "/usr/bin/yes")
      try run.wait(for: .waitBegin)
      run.live.stop()
      let events = try run.finish()
      #expect(events.last?.runOutcome == .stopped)
      let exit = try #require(events.first { $0.kind == .processExit })
      #expect(exit.signal == Int(SIGKILL))
      #expect(Remains.actors(of: events).isEmpty)
    }

    @Test("A worker that is killed during a task breaks its pool, but its events are kept")
    func killedWorker() throws {
      let run = try RecordedRun("pool-sizing sizes=2 tasks=2 work=10s")
      let start = try run.wait(for: .taskStart)
      kill(start.pid, SIGKILL)
      let events = try run.finish()
      #expect(events.last?.runOutcome == .failed)
      #expect(
        events.filter { $0.kind == .exceptionRaise }.map(\.type) == ["BrokenProcessPool"])
      let exit = try #require(events.first { $0.kind == .processExit && $0.pid == start.pid })
      #expect(exit.signal == Int(SIGKILL))
      #expect(exit.actor == start.actor)
      #expect(Remains.actors(of: events).isEmpty)
    }
  }
}
