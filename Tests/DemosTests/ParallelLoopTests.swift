import Events
import TestRuns
import Testing

@testable import Demos

extension RunTests {
  @Suite struct ParallelLoopTests {
    @Test(
      "Each round is done once, by the reported worker, and the results are in loop order",
      arguments: [(12, 3, 1), (10, 2, 4), (1, 2, 1), (3, 1, 50)])
    func rounds(steps: Int, workers: Int, chunk: Int) throws {
      let report = PoolReport(
        try RecordedRun.events(
          of: "parallel-loop steps=\(steps) workers=\(workers) chunk=\(chunk) length=1ms"))
      let events = report.events
      #expect(violations(in: events) == [])
      let rounds = events.filter { $0.kind == .result && $0.name?.hasPrefix("round ") == true }
      #expect(rounds.map(\.name) == (1...steps).map { "round \($0)" })
      let squares = "[" + (1...steps).map { "\($0 * $0)" }.joined(separator: ", ") + "]"
      #expect(events.contains { $0.kind == .output && $0.output == squares })
      // The worker that printed the end of a round is the worker of its result.
      for (number, round) in zip(1...steps, rounds) {
        let printed = events.filter {
          $0.kind == .output && $0.output?.hasPrefix("round \(number) is done") == true
        }
        #expect(printed.count == 1)
        let name = events.first { $0.kind == .actorName && $0.actor == printed.first?.actor }?.name
        #expect(round.value?.hasPrefix("\(name ?? "nobody"), ") == true)
      }
      let counts = (1...workers).flatMap { report.events.measures("worker-\($0): rounds") }
      #expect(counts.count == workers)
      #expect(counts.reduce(0, +) == Int64(steps))
    }

    @Test("A round computes or sleeps", arguments: ["compute", "sleep"])
    func tasks(task: String) throws {
      let run = try RecordedRun("parallel-loop steps=4 workers=2 task=\(task) length=10ms")
      let before = CoreUse.ownTime
      let events = try run.finish()
      let sleeps = events.filter { $0.kind == .waitBegin && $0.waitReason == .sleep }
      #expect(sleeps.count == (task == "sleep" ? 4 : 0))
      if task == "compute" { #expect(CoreUse.ownTime(since: before) >= 40_000_000) }
      #expect(events.measure("cores used") != nil)
    }

    @Test("One worker does all rounds of a chunk")
    func chunks() throws {
      let events = try RecordedRun.events(
        of: "parallel-loop steps=10 workers=3 chunk=4 length=1ms")
      let submitted = events.filter { $0.kind == .taskSubmit }.map(\.value)
      #expect(submitted == ["1 to 4", "5 to 8", "9 to 10"])
      let doers = (1...10).map { number in
        events.first {
          $0.kind == .output && $0.output?.hasPrefix("round \(number) is done") == true
        }?.pid
      }
      for chunk in [0..<4, 4..<8, 8..<10] { #expect(Set(doers[chunk]).count == 1) }
    }
  }
}
