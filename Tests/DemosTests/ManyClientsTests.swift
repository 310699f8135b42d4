import Events
import TestRuns
import Testing

extension RunTests {
  @Suite struct ManyClientsTests {
    @Test("one thread serves one client at a time, so that the last waits for all")
    func oneThread() throws {
      let events = try RecordedRun.events(of: "many-clients clients=5 service=10ms")
      #expect(events.last?.runOutcome == .completed)
      #expect(violations(in: events) == [])
      #expect(events.measure("one thread: peak in service") == 1)
      let last = try #require(events.measure("one thread: last answer"))
      #expect(last >= 50_000_000)
      #expect(events.measure("one thread: last answer, in services") == last * 100 / 10_000_000)
    }

    @Test("with a thread each all are in service together")
    func threadEach() throws {
      // In steps, so that nobody's service is over before all that can begin have begun.
      let events = try RecordedRun("many-clients clients=5 service=10ms").stepToTheEnd()
      #expect(events.measure("one thread: peak in service") == 1)
      #expect(events.measure("a thread each: peak in service") == 5)
      for number in 1...5 { #expect(events.actor(named: "handler-\(number)") != nil) }
    }

    @Test("what is in service goes up and down by one, ends at none, and its greatest is the peak")
    func gauge() throws {
      let events = try RecordedRun.events(of: "many-clients clients=6 service=3ms")
      for arm in ["one thread", "a thread each"] {
        let levels = events.measures("\(arm): in service over time")
        #expect(levels.count == 12)
        #expect(zip([0] + levels, levels).allSatisfy { abs($0 - $1) == 1 })
        #expect(levels.last == 0)
        #expect(levels.max() == events.measure("\(arm): peak in service"))
      }
    }

    @Test("every client asks once and is answered once in each way")
    func answers() throws {
      let events = try RecordedRun.events(of: "many-clients clients=4 service=2ms")
      for number in 1...4 {
        let pipe = try #require(events.object(named: "client-\(number)"))
        let kinds = events.filter { $0.object == pipe }.map(\.kind)
        #expect(kinds.count { $0 == .pipeSend } == 2)
        #expect(kinds.count { $0 == .pipeReceive } == 2)
      }
    }
  }
}
