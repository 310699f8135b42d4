import Events
import TestRuns
import Testing

@testable import Concurrency
@testable import Demos
@testable import Engine

extension RunTests {
  @Suite struct ComparisonTests {
    private func times(_ name: String, _ wall: Int64...) -> Comparison.Times {
      Comparison.Times(name: name, wall: wall, cores: wall.map { _ in 1 })
    }

    @Test("An arm is faster only if its slowest round beats the fastest round of the other")
    func verdicts() {
      let (slow, quick) = (times("slow", 20, 24, 22), times("quick", 10, 12, 11))
      #expect(
        Comparison.Verdict(slow, quick, takenByOthers: nil) == .faster("quick", times: 2))
      #expect(
        Comparison.Verdict(quick, slow, takenByOthers: 25) == .faster("quick", times: 2))
      let near = times("near", 12, 30, 29)
      #expect(Comparison.Verdict(quick, near, takenByOthers: nil) == .overlap)
      #expect(Comparison.Verdict(times("a", 1), times("b", 9), takenByOthers: nil) == .once)
      #expect(
        Comparison.Verdict(slow, quick, takenByOthers: 26) == .disturbed(percent: 26))
    }

    @Test("A caution replaces the conclusion about speed")
    func cautions() {
      #expect(Comparison.Verdict.faster("a", times: 2).caution == nil)
      #expect(Comparison.Verdict.overlap.caution == nil)
      #expect(
        Comparison.Verdict.once.caution == "No verdict: one round proves little, so try rounds=5.")
      #expect(
        Comparison.Verdict.disturbed(percent: 40).caution
          == "No verdict: other programs used 40 % of the cores.")
    }

    @Test("After the warm-up, the arms run in turn, once in each round")
    func turns() throws {
      let run = try RecordedRun { run in
        func arm(_ name: String) -> Comparison.Arm {
          Comparison.Arm(name) { try run.result("order", name) }
        }
        _ = try Comparison([arm("a"), arm("b")], rounds: 3, in: run) {
          try run.result("order", "warm-up")
        }
      }
      let events = try run.finish()
      let order = events.filter { $0.kind == .result && $0.name == "order" }.map(\.value)
      #expect(order == ["warm-up", "a", "b", "a", "b", "a", "b"])
      #expect(events.measures("a: time").count == 3 && events.measures("b: time").count == 3)
    }

    @Test("The CPU time of a living child counts as the program's own")
    func livingChildren() throws {
      let run = try RecordedRun { run in
        let pool = try ProcessPool(
          "pool", size: 1, body: PoolSizingDemo.square, arguments: ["60000000"], in: run)
        let before = CoreUse.ownTime
        _ = try pool.map(["3"])
        try run.measure("used", Int64(CoreUse.ownTime - before), unit: "ns")
        try pool.close()
      }
      let used = try #require(try run.finish().measure("used"))
      #expect(used >= 60_000_000)
    }
  }
}
