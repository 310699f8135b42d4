import Events
import Glibc
import Platform
import TestNumbers
import TestRuns
import Testing

@testable import Concurrency
@testable import Engine

extension RunTests {
  @Suite struct PauseTests {
    /// Threads that sleep, a pool of processes, processes that sleep, a pool of threads.
    private static let commands = [
      "producer-consumer items=20 add-delay=1ms remove-delay=1200us producers=2 consumers=2 pause=1ms",
      "factorial last=80 workers=3",
      "pool-sizing sizes=2...3 tasks=40 work=200us",
      "pool-queue tasks=12 workers=3 short=1ms long=3ms",
      "process-lock workers=3 turns=4 hold=2ms",
      "timeout-cancel timeout=10ms task=100ms",
    ]

    @Test(
      "After run.pause nothing happens, and the kernel shows every thread of the run asleep",
      arguments: commands)
    func rest(_ command: String) throws {
      for seed in 1...4 {
        var numbers = Seeded(UInt64(seed))
        let run = try RecordedRun(command)
        let isOver = { (events: [Event]) in events.last?.kind == .runFinish }
        var seen = 0
        while !isOver(run.events) {
          let moment = seen + Int.random(in: 1...60, using: &numbers)
          try run.wait("event \(moment)") { $0.count >= moment || isOver($0) }
          seen = run.events.count
          run.live.pause()
          try run.wait("rest") { events in
            isOver(events) || events.dropFirst(seen).contains { $0.kind == .runPause }
          }
          guard !isOver(run.events) else { break }
          expectRest(run)
          run.live.resume()
        }
        let events = try run.finish()
        #expect(violations(in: events) == [], "seed \(seed)")
        #expect(events.last?.runOutcome == .completed)
      }
    }

    /// Expects that the kernel counts no switch of a thread and the run records no event for 4 ms.
    private func expectRest(_ run: RecordedRun) {
      #expect(run.events.last?.kind == .runPause)
      #expect(run.live.computing.isEmpty)
      let count = run.live.eventCount
      let threads = KernelRest.threads(of: run.events)
      #expect(KernelRest.sleep(threads), "\(KernelRest.awake(threads))")
      let before = KernelRest.switches(threads)
      // Longer than the rest of any delay of the run.
      let end = MonotonicClock.now() + 4_000_000
      while MonotonicClock.now() < end { sched_yield() }
      #expect(KernelRest.switches(threads) == before)
      #expect(KernelRest.awake(threads) == [])
      #expect(run.live.eventCount == count)
      #expect(run.live.computing.isEmpty)
    }

    @Test(
      "Until a pause is reached, the run names the actors that still compute, and its clock runs")
    func naming() throws {
      let gate = EventGate()
      let run = try RecordedRun { run in
        try run.thread("sleeper") { try run.sleep(3_600_000_000_000) }
        let computer = try run.thread("computer") {
          try run.output("computes")
          gate.wait()
          try run.output("has computed")
        }
        try computer.join()
      }
      let events = try run.wait("the computer") { events in
        events.contains { $0.output == "computes" }
          && events.contains { $0.waitReason == .sleep }
          && events.filter { $0.kind == .threadStart }.count == 3
      }
      let computer = try #require(events.first { $0.name == "computer" }?.actor)
      run.live.pause()
      while run.live.computing != [computer] { sched_yield() }
      #expect(!run.events.contains { $0.kind == .runPause })
      let before = run.live.time
      let end = MonotonicClock.now() + 2_000_000
      while MonotonicClock.now() < end { sched_yield() }
      #expect(run.live.time >= before + 2_000_000)
      gate.open()
      try run.wait(for: .runPause)
      #expect(run.live.time == run.events.last?.time)
      #expect(!run.events.contains { $0.output == "has computed" })
      run.live.stop()
      let problems = violations(in: try run.finish())
      #expect(problems == [])
    }

    @Test("An endless wait does not end while the run is paused")
    func stuck() throws {
      let run = try RecordedRun("rlock kind=plain")
      try run.wait("a wait") { $0.contains { $0.waitReason == .lock } }
      run.live.pause()
      try run.wait(for: .runPause)
      #expect(!run.live.step())
      let count = run.live.eventCount
      // Longer than the time between two drains.
      let end = MonotonicClock.now() + 20_000_000
      while MonotonicClock.now() < end { sched_yield() }
      #expect(run.live.eventCount == count)
      run.live.setSpeed(.unlimited)
      run.live.resume()
      let events = try run.finish()
      #expect(events.last?.runOutcome == .deadlocked)
      #expect(violations(in: events) == [])
    }
  }
}
