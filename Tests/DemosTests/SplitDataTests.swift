import Events
import TestRuns
import Testing

extension RunTests {
  @Suite struct SplitDataTests {
    private static let arms = [
      "1 MB here", "1 MB, 1 worker", "1 MB, 2 workers", "64 kB here", "64 kB, 1 worker",
      "64 kB, 2 workers",
    ]

    @Test("Both amounts are added up here, by one worker and by more")
    func arms() throws {
      let events = try RecordedRun.events(of: "split-data size=1 workers=2 rounds=2")
      #expect(events.last?.runOutcome == .completed)
      #expect(violations(in: events) == [])
      for arm in Self.arms {
        let moved: Int64 = arm.hasSuffix("here") ? 0 : arm.hasPrefix("1 MB") ? 1_000_000 : 64_000
        #expect(events.measures("\(arm): bytes moved") == [moved, moved])
        let walls = events.measures("\(arm): wall")
        let moving = events.measures("\(arm): moving")
        #expect(walls.count == 2)
        #expect(zip(walls, moving).allSatisfy { $0 >= $1 })
        #expect(zip(walls, events.measures("\(arm): computing")).allSatisfy { $0 >= $1 })
        #expect(moving.allSatisfy { ($0 == 0) == arm.hasSuffix("here") })
      }
    }

    @Test("The workers' sum is the sum of all numbers")
    func sums() throws {
      let events = try RecordedRun.events(of: "split-data size=1 workers=3 rounds=1")
      let sums = events.filter { $0.kind == .result && $0.name?.hasPrefix("sum") == true }
      #expect(sums.count == 2)
      let expected = { (count: Int64) in "\((0..<count).reduce(0) { $0 + ($1 & 0xFF) })" }
      #expect(sums.first { $0.name == "sum of 1 MB" }?.value == expected(125_000))
      #expect(sums.first { $0.name == "sum of 64 kB" }?.value == expected(8_000))
    }

    @Test("The result has the times of both amounts, and what they leave out")
    func shown() throws {
      let shown = try RecordedRun.events(of: "split-data size=1 rounds=1").shown
      #expect(shown.contains("Adding up 1 MB took"))
      #expect(shown.contains("Adding up 64 kB took"))
      #expect(shown.contains("The workers' start is not counted"))
      // One round does not decide which way is the fastest.
      #expect(!shown.contains("fastest"))
    }
  }
}
