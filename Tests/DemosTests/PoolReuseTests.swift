import Events
import TestRuns
import Testing

extension RunTests {
  @Suite struct PoolReuseTests {
    @Test(
      "A process for each task gives one pid per task, a pool one per worker",
      arguments: [(9, 2), (2, 3), (5, 1)])
    func pids(tasks: Int, atOnce: Int) throws {
      let report = PoolReport(
        try RecordedRun.events(of: "pool-reuse tasks=\(tasks) at-once=\(atOnce) rounds=2"))
      let events = report.events
      #expect(violations(in: events) == [])
      let single = try #require(report.events.result("pids of a process each")).split(
        separator: " ")
      let pooled = try #require(report.events.result("pids of a pool of \(atOnce)")).split(
        separator: " ")
      #expect(single.count == tasks)
      #expect(pooled.count == atOnce)
      let started = Set(events.filter { $0.kind == .processStart }.map { "\($0.pid)" })
      #expect(Set((single + pooled).map(String.init)).isSubset(of: started))
      // Two rounds of both ways, and one process as a warm-up.
      #expect(events.count { $0.kind == .processSpawn } == 2 * (tasks + atOnce) + 1)
      #expect(events.count { $0.kind == .taskFinish } == 2 * tasks)
      for arm in ["a process each", "a pool of \(atOnce)"] {
        for quantity in ["time a task", "CPU time a task"] {
          #expect(report.events.measures("\(arm): \(quantity)").count == 2)
        }
      }
    }

    @Test("The default has enough rounds for a verdict")
    func enoughRounds() throws {
      let shown = try RecordedRun.events(of: "pool-reuse tasks=2").shown
      #expect(!shown.contains("one round"))
      #expect(try RecordedRun.events(of: "pool-reuse tasks=2 rounds=1").shown.contains("one round"))
    }

    @Test("Both ways keep the limit of tasks at the same time")
    func inFlight() throws {
      let events = try RecordedRun.events(of: "pool-reuse tasks=12 at-once=3 rounds=1")
      var (living, most) = (0, 0)
      for event in events {
        if event.kind == .processSpawn { living += 1 }
        if event.kind == .processExit { living -= 1 }
        most = max(most, living)
      }
      #expect(most == 3)
      #expect(living == 0)
      #expect(PoolReport(events).busiest <= 3)
    }
  }
}
