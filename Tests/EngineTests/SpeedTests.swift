import Catalog
import Events
import Glibc
import Platform
import Rings
import TestRuns
import Testing

@testable import Concurrency
@testable import Demos
@testable import Engine

extension RunTests {
  @Suite struct SpeedTests {
    private static let hour: Int64 = 3_600_000_000_000

    private func speeds(_ events: [Event]) -> [RunSpeed] { events.compactMap(\.speed) }

    @Test("A run begins at the requested speed and records it after its start")
    func startSpeed() throws {
      let events = try RecordedRun.events(
        of: "producer-consumer items=2 add-delay=10s remove-delay=10s", speed: .unlimited)
      #expect(events.prefix(4).map(\.kind) == [.runStart, .actorName, .threadStart, .runSpeed])
      #expect(speeds(events) == [.unlimited])
      #expect(violations(in: events) == [])
      let normal = try RecordedRun.events(
        of: "producer-consumer items=1 add-delay=0 remove-delay=0")
      #expect(speeds(normal) == [])
    }

    @Test("A change of speed is recorded at any time after the start")
    func anyTime() throws {
      let run = try RecordedRun { run in try run.sleep(Self.hour) }
      run.live.setSpeed(.half)
      try run.wait("a sleep") { $0.contains { $0.waitReason == .sleep } }
      run.live.setSpeed(.half)
      run.live.setSpeed(.quarter)
      run.live.pause()
      try run.wait(for: .runPause)
      run.live.setSpeed(.quadruple)
      let paused = run.live.time
      run.live.setSpeed(.unlimited)
      #expect(run.live.time == paused)
      run.live.resume()
      let events = try run.finish()
      #expect(events.first?.kind == .runStart)
      #expect(speeds(events) == [.half, .quarter, .quadruple, .unlimited])
      #expect(violations(in: events) == [])
      run.live.setSpeed(.normal)
      #expect(run.events.last?.kind == .runFinish)
    }

    @Test(
      "At a quarter of the speed, the run's clock shows at most a quarter of the real time")
    func slow() throws {
      let began = MonotonicClock.now()
      let run = try RecordedRun(speed: .quarter) { run in try run.sleep(5_000_000) }
      let events = try run.finish()
      let took = MonotonicClock.now() - began
      #expect(events.last?.time ?? .max <= took / 4)
      #expect(took >= 20_000_000)
      #expect(violations(in: events) == [])
    }

    @Test("A change of speed affects the threads and processes that sleep")
    func meanwhile() throws {
      for command in [
        "producer-consumer items=30 add-delay=10s remove-delay=10s",
        "process-event waiters=2 delay=5s", "process-lock workers=2 turns=6 hold=1s",
      ] {
        let run = try RecordedRun(command, speed: .quarter)
        try run.wait("a sleep") { $0.contains { $0.waitReason == .sleep } }
        for speed in [RunSpeed.double, .half, .quadruple, .normal, .unlimited] {
          run.live.setSpeed(speed)
        }
        let events = try run.finish()
        #expect(events.last?.runOutcome == .completed)
        #expect(events.last?.time ?? 0 >= 5_000_000_000)
        #expect(violations(in: events) == [])
      }
    }

    @Test("At unlimited speed, a hundred hours of sleep end immediately")
    func unlimited() throws {
      let run = try RecordedRun(speed: .unlimited) { run in
        for _ in 0..<100 { try run.sleep(Self.hour) }
      }
      let events = try run.finish()
      #expect(violations(in: events) == [])
      let waited = events.filter { $0.kind == .waitEnd }.compactMap(\.waited)
      #expect(waited.count == 100)
      #expect(waited.allSatisfy { $0 >= Self.hour && $0 < Self.hour + 60_000_000_000 })
    }

    @Test("At unlimited speed, no sleep ends while another actor computes")
    func computing() throws {
      for _ in 0..<50 {
        let run = try RecordedRun(speed: .unlimited) { run in
          let flag = EventFlag("flag", in: run)
          try run.thread("sleeper") {
            try flag.wait()
            try run.sleep(Self.hour)
            try run.output("slept")
          }
          try run.thread("computer") {
            try flag.set()
            let end = MonotonicClock.now() + 2_000_000
            while MonotonicClock.now() < end {}
            try run.output("computed")
          }
        }
        let events = try run.finish()
        #expect(events.compactMap(\.output) == ["computed", "slept"])
        #expect(violations(in: events) == [])
      }
    }

    @Test("At unlimited speed, events keep their order")
    func order() throws {
      let command = "producer-consumer items=4 add-delay=6s remove-delay=10s"
      for _ in 0..<20 {
        let events = try RecordedRun.events(of: command, speed: .unlimited)
        #expect(violations(in: events) == [])
        let kinds = events.map(\.kind).filter { [.listAppend, .listRemove].contains($0) }
        let adds = (1...4).map { (time: $0 * 6, kind: EventKind.listAppend) }
        let removes = (1...4).map { (time: $0 * 10, kind: EventKind.listRemove) }
        #expect(kinds == (adds + removes).sorted { $0.time < $1.time }.map(\.kind))
      }
    }

    @Test("At unlimited speed, a run measures the same durations")
    func durations() throws {
      for _ in 0..<5 {
        let events = try RecordedRun.events(
          of: "semaphore permits=2 workers=4 turns=2 hold=1s", speed: .unlimited)
        #expect(violations(in: events) == [])
        let took = events.first { $0.name == "all turns: took" }?.number(.value) ?? 0
        // Eight turns of a second, two at a time.
        #expect((4_000_000_000..<5_000_000_000).contains(took), "\(took)")
      }
    }

    @Test("At unlimited speed, a wait for a working process does not time out")
    func answers() throws {
      for round in 0..<20 {
        let run = try RecordedRun(speed: .unlimited) { run in
          let pool = try ProcessPool(
            "pool", size: 2, body: PoolSizingDemo.square, arguments: ["0"], in: run)
          for number in 1...10 {
            let future = try pool.submit("\(number)")
            _ = try future.result(timeout: Self.hour)
          }
          try pool.close()
        }
        let events = try run.finish()
        #expect(events.last?.runOutcome == .completed, "round \(round)")
        #expect(!events.contains { $0.waitOutcome == .timeout }, "round \(round)")
        #expect(violations(in: events) == [])
      }
    }

    @Test("At unlimited speed, a wait for a killed process does not time out")
    func killed() throws {
      for _ in 0..<10 {
        let run = try RecordedRun(
          "timeout-cancel timeout=1s task=5s", speed: .unlimited)
        let events = try run.finish()
        #expect(events.contains { $0.kind == .processExit && $0.signal == Int(SIGTERM) })
        #expect(violations(in: events) == [])
      }
      let run = try RecordedRun(speed: .unlimited) { run in
        let process = try run.process("process", body: TimeoutCancelDemo.workAlone)
        _ = try process.join(timeout: 1_000_000)
        try process.signal(SIGKILL)
        let ending = try process.join(timeout: Self.hour)
        try run.output(ending == nil ? "timeout" : "ended")
      }
      #expect(try run.finish().compactMap(\.output) == ["ended"])
    }

    @Test(
      "Each demo with delays ends at unlimited speed and keeps all invariants",
      arguments: DemoCatalog(cores: 2).demos.filter(\.hasDelays).map(\.id))
    func everyDemo(_ demo: String) throws {
      let events = try RecordedRun.events(of: demo, speed: .unlimited)
      let request = try RunRequest(words: [demo], in: DemoCatalog(cores: 2))
      let isStuck = request.demo.endsStuck(request.arguments)
      #expect(events.last?.runOutcome == (isStuck ? .deadlocked : .completed))
      #expect(violations(in: events) == [])
      #expect(Remains.actors(of: events) == [])
    }

    @Test("At unlimited speed, the clock moves ahead after the drainer's deadline is removed")
    func watchIsOver() throws {
      let memory = try RunMemory()
      memory.begin(speed: .unlimited)
      let control = RunControl(memory: memory)
      // An actor that rests for an hour, while the drainer's deadline has passed.
      let sleeper = try #require(memory.claimSlot(for: ActorID(2)))
      sleeper.deadline = UInt64(Self.hour)
      sleeper.status = .aside
      control.watchDeadline = 1
      #expect(memory.clock.now() < UInt64(Self.hour))
      control.watchDeadline = nil
      #expect(memory.clock.now() >= UInt64(Self.hour))
    }
  }
}
