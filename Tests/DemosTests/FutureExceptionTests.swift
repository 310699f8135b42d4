import Events
import TestRuns
import Testing

extension RunTests {
  @Suite struct FutureExceptionTests {
    @Test("The exception of a worker is raised again only in main, which asks for the result")
    func asked() throws {
      for command in ["", " tasks=1 fail-at=1", " tasks=9 fail-at=9 pool=processes"] {
        let events = try RecordedRun.events(of: "future-exception" + command)
        #expect(violations(in: events) == [])
        #expect(events.last?.runOutcome == .completed)
        let raised = events.filter { $0.kind == .exceptionRaise }
        let failed = try #require(events.first { $0.kind == .taskFail })
        #expect(raised.map(\.actor) == [failed.actor, .main])
        #expect(raised.map(\.type) == ["ValueError", "ValueError"])
        #expect(Set(raised.map(\.message)).count == 1)
        #expect(raised.first?.message?.hasSuffix("in thread \(failed.tid)") == true)
        #expect(events.filter { $0.kind == .exceptionCatch }.map(\.actor) == [.main])
        let main = try #require(events.first).tid
        let again = events.compactMap(\.output).filter { $0.hasPrefix("raised again") }
        #expect(again == ["raised again in thread \(main): \(raised[0].message ?? "")"])
      }
    }

    @Test("If no caller asks, nothing is raised again and no line mentions the failure")
    func unasked() throws {
      for pool in ["threads", "processes"] { try unasked(pool) }
    }

    private func unasked(_ pool: String) throws {
      let events = try RecordedRun.events(of: "future-exception ask=off pool=\(pool)")
      #expect(violations(in: events) == [])
      #expect(events.last?.runOutcome == .completed)
      #expect(events.filter { $0.kind == .taskFail }.count == 1)
      let raised = events.filter { $0.kind == .exceptionRaise }
      #expect(raised.map(\.actor) == events.filter { $0.kind == .taskFail }.map(\.actor))
      #expect(events.compactMap(\.output) == ["the pool is left"])
    }

    @Test("exception() reports the failure without raising it")
    func reported() throws {
      let events = try RecordedRun.events(of: "future-exception tasks=3 fail-at=2")
      let printed = events.compactMap(\.output)
      #expect(printed.contains("task 1: exception() gives None"))
      let failed = try #require(events.first { $0.kind == .taskFail })
      #expect(
        printed.contains("task 2: exception() gives task 2 failed in thread \(failed.tid)"))
    }

    @Test("map gives the results before the failure, raises it, and cancels the tasks in line")
    func mapped() throws {
      for pool in ["threads", "processes"] {
        let events = try RecordedRun.events(
          of: "future-exception ask=map tasks=20 fail-at=3 pool=\(pool)")
        #expect(violations(in: events) == [])
        #expect(events.last?.runOutcome == .completed)
        let printed = events.compactMap(\.output)
        #expect(printed.prefix(2) == ["map gives 1", "map gives 4"])
        #expect(printed.count == 4)
        #expect(printed[2].hasPrefix("map ends in thread \(events[0].tid): task 3 failed"))
        #expect(printed[3] == "the pool is left")
        let started = events.count { $0.kind == .taskStart }
        #expect(events.count { $0.kind == .taskCancel } == 20 - started)
      }
    }

    @Test("Nothing is raised if no task fails")
    func calm() throws {
      let events = try RecordedRun.events(of: "future-exception tasks=2 fail-at=5")
      #expect(violations(in: events) == [])
      #expect(!events.contains { $0.kind == .exceptionRaise })
    }
  }
}
