import Events
import TestRuns
import Testing

extension RunTests {
  @Suite struct ResponsivenessTests {
    @Test("Ticks on the computing thread wait for the end of the computation")
    func lateTicks() throws {
      let events = try RecordedRun.events(of: "responsiveness period=5ms work=200ms")
      #expect(violations(in: events) == [])
      let together = lateness("one thread", in: events)
      #expect(together.count == 50)
      // The computation begins after the fifth tick and takes at least 200 ms of the thread. The
      // sixth tick comes at least 200 ms after the fifth was due.
      for (index, late) in together[5..<44].enumerated() {
        #expect(late >= 195_000_000 - Int64(index) * 5_000_000)
      }
      #expect(lateness("two threads", in: events).count == 50)
    }

    @Test(
      "A tick is on time if it is less late than one switch interval",
      arguments: ["one thread", "two threads"])
    func counts(_ arm: String) throws {
      let events = try RecordedRun.events(of: "responsiveness period=10ms work=100ms")
      let lateness = lateness(arm, in: events)
      let late = lateness.count { $0 >= 5_000_000 }
      #expect(events.measure("\(arm): ticks late") == Int64(late))
      #expect(events.measure("\(arm): ticks on time") == Int64(lateness.count - late))
      #expect(events.measure("\(arm): greatest lateness") == lateness.max())
      #expect(events.measure("\(arm): median lateness") == lateness.sorted()[lateness.count / 2])
    }

    @Test("Only the second arm computes on a thread of its own")
    func whoComputes() throws {
      let events = try RecordedRun.events(of: "responsiveness period=10ms work=100ms")
      let names = events.filter { $0.kind == .actorName }.compactMap(\.name)
      #expect(names == ["main", "ticks+computes", "ticker", "computes"])
    }

    @Test("The result says that these threads have no GIL")
    func honesty() throws {
      let shown = try RecordedRun.events(of: "responsiveness period=5ms work=100ms").shown
      #expect(shown.contains("no GIL"))
    }

    private func lateness(_ arm: String, in events: [Event]) -> [Int64] {
      events.measures("\(arm): lateness over time")
    }
  }
}
