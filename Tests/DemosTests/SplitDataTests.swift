import Events
import TestRuns
import Testing

extension RunTests {
  @Suite struct SplitDataTests {
    @Test("The numbers are added up here, by one worker and by more")
    func arms() throws {
      let events = try RecordedRun.events(of: "split-data size=1 workers=2 rounds=2")
      #expect(events.last?.runOutcome == .completed)
      #expect(violations(in: events) == [])
      for arm in ["here", "1 worker", "2 workers"] {
        let moved: Int64 = arm == "here" ? 0 : 1_000_000
        #expect(events.measures("\(arm): bytes moved") == [moved, moved])
        let walls = events.measures("\(arm): time")
        let moving = events.measures("\(arm): moving")
        #expect(walls.count == 2)
        #expect(zip(walls, moving).allSatisfy { $0 >= $1 })
        #expect(zip(walls, events.measures("\(arm): computing")).allSatisfy { $0 >= $1 })
        #expect(moving.allSatisfy { ($0 == 0) == (arm == "here") })
      }
    }

    @Test("Each number is added as often as the parameter work says", arguments: [1, 3])
    func sums(work: Int64) throws {
      let events = try RecordedRun.events(of: "split-data size=1 workers=3 work=\(work) rounds=1")
      let sum = (0..<Int64(125_000)).reduce(0) { $0 + ($1 & 0xFF) }
      #expect(events.result("sum") == "\(work * sum)")
    }

    @Test("One round does not decide which way is faster")
    func once() throws {
      let shown = try RecordedRun.events(of: "split-data size=1 rounds=1").shown
      #expect(shown.hasPrefix("No verdict: "))
      #expect(shown.contains("2 workers"))
    }
  }
}
