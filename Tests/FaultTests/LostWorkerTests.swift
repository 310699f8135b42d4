import Catalog
import Engine
import Events
import Glibc
import Platform
import TestFaults
import TestNumbers
import TestRuns
import Testing

extension RunTests {
  @Suite("Workers that die", .faultMatrix)
  struct LostWorkerTests {
    /// How many kills each demo gets. `LOCKSTEP_KILLS=50` makes the test thorough, and long.
    private static let kills = getenv("LOCKSTEP_KILLS").flatMap { Int(String(cString: $0)) } ?? 2
    /// The longest time from the kill to the end of the run, in seconds.
    private static let patience = 10.0

    /// Parameters instead of defaults that start no process, or take seconds.
    private static let parameters = [
      "future-exception": "pool=processes", "affinity": "samples=3",
      "cpu-bound": "work=50ms rounds=1", "io-bound": "tasks=4 wait=5ms",
      "mandelbrot": "rows=8 iterations=2000", "monte-carlo-pi": "samples=200000 rounds=1",
      "memory-cost": "count=3", "ping-pong": "trips=20 rounds=1", "pipe": "messages=20 rounds=1",
      "pool-reuse": "tasks=4 rounds=1",
      "pool-sizing": "sizes=1...3", "split-data": "size=1 rounds=1",
    ]

    /// The demos that end a process themselves.
    private static let killers = ["crash-isolation", "finally", "timeout-cancel"]

    /// The demos that start processes.
    private static func commands() throws -> [(command: String, events: [Event])] {
      let demos = DemoCatalog(cores: 2).demos
      return try demos.compactMap { demo in
        let command = [demo.id, parameters[demo.id]].compactMap { $0 }.joined(separator: " ")
        let events = try RecordedRun.events(of: command, speed: speed(of: demo))
        return events.contains { $0.kind == .processStart } ? (command, events) : nil
      }
    }

    private static func speed(of demo: Demo) -> RunSpeed {
      demo.hasDelays ? .unlimited : .normal
    }

    @Test("Row 96: A worker that is killed at any moment ends its run, which names it")
    func killed() throws {
      var random = Seeded(96)
      var (tries, hits) = (0, 0)
      for (command, events) in try Self.commands() {
        let workers = Set(events.filter { $0.kind == .processStart }.map(\.actor)).sorted()
        for _ in 0..<Self.kills {
          for worker in workers.shuffled(using: &random).prefix(Self.kills) {
            // The worker dies between its first event and its last.
            let own = events.indices.filter { events[$0].actor == worker }
            let moment = Int.random(in: (own.first ?? 0)...(own.last ?? 0), using: &random)
            tries += 1
            if try kill(worker, of: command, afterEvent: moment) { hits += 1 }
          }
        }
      }
      // A worker that lives for a moment only may have ended before.
      #expect(hits > tries / 3, "\(hits) of \(tries)")
    }

    /// Returns whether the worker was still there to be killed.
    private func kill(_ worker: ActorID, of command: String, afterEvent count: Int) throws -> Bool {
      let demo = try DemoCatalog(cores: 2).demo(String(command.prefix { $0 != " " }))
      let run = try RecordedRun(command, speed: Self.speed(of: demo))
      let isOver = { (events: [Event]) in
        events.last?.kind == .runFinish
          || events.contains { $0.kind == .processExit && $0.actor == worker }
      }
      let before = try run.wait("event \(count) of \(command)") { events in
        isOver(events)
          || events.count > count
            && events.contains { $0.kind == .processStart && $0.actor == worker }
      }
      guard !isOver(before),
        let start = before.first(where: { $0.kind == .processStart && $0.actor == worker })
      else {
        _ = try run.finish()
        return false
      }
      Glibc.kill(start.pid, SIGKILL)
      let began = MonotonicClock.now()
      let events = try run.finish()
      let seconds = Double(MonotonicClock.now() - began) / 1e9
      #expect(seconds < Self.patience, "\(command): \(worker) after event \(count)")
      #expect(Remains.actors(of: events).isEmpty, "\(command)")
      let exit = events.first { $0.kind == .processExit && $0.actor == worker }
      // The kill may come too late, or the demo may be about one.
      guard exit?.signal == Int(SIGKILL) else { return false }
      guard !Self.killers.contains(demo.id) else { return true }
      #expect(events.last?.runOutcome == .failed, "\(command): \(worker) after event \(count)")
      let name = events.last { $0.kind == .actorName && $0.actor == worker }?.name ?? "?"
      let last = events.last { $0.kind == .exceptionRaise && $0.actor == .main }?.message
      #expect(
        last?.contains("\(name) was killed by SIGKILL") == true,
        "\(command): \(worker) after event \(count): \(last ?? "no exception")")
      return true
    }
  }
}
