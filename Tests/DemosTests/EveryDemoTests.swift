import Catalog
import Events
import Glibc
import Synchronization
import TestNumbers
import TestRuns
import Testing

@testable import Concurrency
@testable import Engine
@testable import Trace

/// Short runs of all demos.
enum QuickRun {
  /// Arguments that make the run of a demo short, but complete.
  private static let arguments: [String: String] = [
    "io-bound": "tasks=3 wait=5ms", "memory-cost": "count=2", "ping-pong": "trips=20 rounds=1",
    "many-clients": "clients=3 service=2ms", "responsiveness": "period=5ms work=100ms",
    "cpu-bound": "workers=1...2 work=50ms rounds=1", "split-data": "size=1 rounds=1",
    "pool-reuse": "tasks=4 rounds=1", "pool-queue": "tasks=5 workers=2 short=2ms long=5ms",
    "monte-carlo-pi": "samples=1000 rounds=1", "mandelbrot": "rows=8 iterations=100",
    "parallel-loop": "steps=4 workers=2 length=2ms", "affinity": "samples=2",
    "producer-consumer": "items=3 add-delay=1ms remove-delay=1ms",
    "lost-update": "increments=500 runs=1", "lock": "threads=2 turns=2 hold=1ms",
    "queue": "items=3 put-delay=1ms get-delay=1ms", "condition": "items=2 delay=2ms",
    "event": "waiters=2 delay=5ms", "barrier": "parties=3 delay=2ms", "two-readers": "messages=4",
    "process-queue": "items=3 delay=1ms",
    "pipe": "messages=5 rounds=1", "shared-memory": "increments=500", "manager": "updates=3",
    "process-lock": "workers=2 turns=1 hold=2ms",
    "semaphore": "workers=3 turns=1 hold=2ms", "process-condition": "waiters=2 delay=5ms",
    "process-event": "waiters=2 delay=5ms", "leak": "limit=16 delay=0ms",
    "corruption": "transfers=3 delay=1ms", "cascade": "watchdog=200ms",
    "abandoned-lock": "hold=2ms", "two-locks": "delay=2ms", "catch-inside": "workers=2 tasks=3",
    "exception-log": "workers=2 tasks=2", "exception-queue": "workers=2 tasks=3",
    "finally": "rounds=1", "timeout-cancel": "timeout=10ms task=100ms",
    "pool-sizing": "sizes=1...2 tasks=2",
  ]

  /// The command for a short run of a demo.
  static func command(_ demo: String) -> String {
    arguments[demo].map { "\(demo) \($0)" } ?? demo
  }

  /// All demos, in the order of the catalog, without the one that `LOCKSTEP_WITHOUT_DEMO` names.
  static let demos = DemoCatalog(cores: 2).demos.map(\.id).filter {
    getenv("LOCKSTEP_WITHOUT_DEMO").map { String(cString: $0) } != $0
  }

  /// A run from its start to its end.
  struct Outcome {
    let events: [Event]
    /// The threads and processes that the run left behind.
    let remains: [String]
  }

  private static let outcomes = Mutex<[String: Outcome]>([:])

  /// The quick run of a demo. It is the same run for all tests.
  static func outcome(of demo: String) throws -> Outcome {
    if let outcome = outcomes.withLock({ $0[demo] }) { return outcome }
    let events = try RecordedRun.events(of: command(demo))
    let outcome = Outcome(events: events, remains: Remains.actors(of: events))
    outcomes.withLock { $0[demo] = outcome }
    return outcome
  }

  /// The events of a demo's quick run.
  static func events(of demo: String) throws -> [Event] { try outcome(of: demo).events }
}

extension RunTests {
  @Suite struct EveryDemoTests {
    @Test(
      "Each demo ends as intended, says what it has shown, and leaves nothing behind",
      arguments: QuickRun.demos)
    func ends(_ demo: String) throws {
      let outcome = try QuickRun.outcome(of: demo)
      let events = outcome.events
      let request = try RunRequest(
        words: QuickRun.command(demo).split(separator: " ").map(String.init),
        in: DemoCatalog(cores: 2))
      let isStuck = request.demo.endsStuck(request.arguments)
      #expect(events.last?.runOutcome == (isStuck ? .deadlocked : .completed))
      #expect(violations(in: events) == [])
      var state = RunState()
      for event in events { state.apply(event) }
      #expect(state.contradictions().isEmpty, "\(state.contradictions())")
      #expect(outcome.remains == [])
      // These demos show their results in their own views.
      guard !["producer-consumer", "factorial", "pool-sizing"].contains(demo) else { return }
      let shown = events.filter { $0.kind == .result && $0.name == "shown" }
      #expect(shown.count == 1)
      #expect((shown.first?.value?.count ?? 0) > 30)
    }

    @Test(
      "A stop in the middle of a demo ends all its threads and processes", arguments: QuickRun.demos
    )
    func stops(_ demo: String) throws {
      // A quick run may end before a late moment, so the last stop is for a full run.
      for moment in [4, 9, 40] {
        let run = try RecordedRun(moment < 40 ? QuickRun.command(demo) : demo)
        try run.wait("event \(moment)") {
          $0.count >= moment || $0.last?.kind == .runFinish
        }
        run.live.stop()
        let events = try run.finish()
        #expect(violations(in: events) == [], "\(demo), stopped at event \(moment)")
        #expect(Remains.actors(of: events) == [])
      }
    }

    @Test(
      "A paused demo rests, and continues to its end afterwards",
      arguments: QuickRun.demos)
    func pauses(_ demo: String) throws {
      let run = try RecordedRun(QuickRun.command(demo))
      let isOver = { (events: [Event]) in events.last?.kind == .runFinish }
      try run.wait("some events") { $0.count >= 12 || isOver($0) }
      run.live.pause()
      try run.wait("rest") { events in
        isOver(events) || events.contains { $0.kind == .runPause }
      }
      for _ in 0..<3 { run.live.step() }
      run.live.resume()
      let events = try run.finish()
      #expect(violations(in: events) == [])
    }
  }
}
