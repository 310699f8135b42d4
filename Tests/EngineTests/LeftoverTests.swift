import Events
import Glibc
import Rings
import Synchronization
import TestFaults
import TestRuns
import Testing

@testable import Concurrency
@testable import Engine

extension RunTests {
  @Suite(.faultMatrix) struct LeftoverTests {
    /// All runs of the fault matrix, or nil for fewer in the suite. Their memory is measured, so run
    /// this suite alone then: `LOCKSTEP_SOAK=1 swift test --filter LeftoverTests`.
    private static let soak = getenv("LOCKSTEP_SOAK") == nil ? nil : 1_000

    @Test("Row 90: Short runs leave no zombie, thread, descriptor or memory behind")
    func shortRuns() throws {
      let commands = [
        "producer-consumer items=2 add-delay=0 remove-delay=0", "factorial last=5",
        "pool-sizing sizes=2 tasks=2", "factorial last=40 workers=8",
      ]
      let warmUp = Self.soak == nil ? 1 : 25
      for _ in 0..<warmUp { for command in commands { try RecordedRun.events(of: command) } }
      let before = Remains.descriptors().count
      let memory = try #require(Remains.memory())
      let count = Self.soak ?? 100
      for number in 0..<count {
        let events = try RecordedRun.events(of: commands[number % commands.count])
        #expect(events.last?.runOutcome == .completed)
        #expect(Remains.actors(of: events).isEmpty)
      }
      // Other suites open descriptors too, but far fewer than one a run.
      #expect(Remains.descriptors(atMost: before + 20) <= before + 20)
      guard Self.soak != nil else { return }
      let after = try #require(Remains.memory())
      print("\(count) runs: \(memory / 1024) KB resident before, \(after / 1024) KB after")
      #expect(after < memory + memory / 10)
    }

    @Test("A run's memory is released when the run is released")
    func memoryLifetime() throws {
      let held = WeakMemory()
      do {
        let run = try RecordedRun { run in
          held.value.withLock { $0.memory = run.memory }
          try run.thread("sleeper") { try run.sleep(60_000_000_000) }.join()
        }
        try run.wait(for: .waitBegin)
        #expect(held.value.withLock { $0.memory != nil })
        run.live.stop()
        try run.finish()
      }
      #expect(held.value.withLock { $0.memory == nil })
    }

    private final class WeakMemory: Sendable {
      struct Reference {
        weak var memory: RunMemory?
      }

      let value = Mutex(Reference())
    }

    @Test("A thread that ignores the stop is ended and recorded as a defect")
    func swallowedStops() throws {
      let run = try RecordedRun { run in
        let thread = try run.thread("stubborn") { while true { try? run.checkpoint() } }
        try thread.join()
      }
      try run.wait(for: .waitBegin)
      run.live.stop()
      let events = try run.finish()
      #expect(events.last?.runOutcome == .stopped)
      let defects = events.filter { $0.kind == .exceptionRaise }
      #expect(defects.map(\.type) == ["StopIgnored"])
      #expect(defects.first?.actor == ActorID(2))
      #expect(Remains.actors(of: events).isEmpty)
    }

    @Test("A main body that ignores the stop is ended, and the run finishes")
    func mainSwallowsStops() throws {
      let run = try RecordedRun { run in
        try run.thread("other") { try run.sleep(60_000_000_000) }
        while true { try? run.checkpoint() }
      }
      try run.wait(for: .waitBegin)
      run.live.stop()
      let events = try run.finish()
      #expect(events.last?.runOutcome == .stopped)
      #expect(events.filter { $0.kind == .exceptionRaise }.map(\.actor) == [.main])
      #expect(Remains.actors(of: events).isEmpty)
    }
  }
}
