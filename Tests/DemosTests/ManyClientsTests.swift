import Events
import TestRuns
import Testing

extension RunTests {
  @Suite struct ManyClientsTests {
    @Test("One thread serves one client at a time, and the last client waits for all others")
    func oneThread() throws {
      let events = try RecordedRun.events(of: "many-clients clients=5 service=10ms")
      #expect(events.last?.runOutcome == .completed)
      #expect(violations(in: events) == [])
      #expect(events.measure("one thread: peak in service") == 1)
      let last = try #require(events.measure("one thread: last answer"))
      #expect(last >= 50_000_000)
    }

    @Test("With a thread for each, all clients are in service at the same time")
    func threadEach() throws {
      // In steps, so that no service ends before all services that can begin have begun. The clock
      // runs during a step, so the service takes longer than all steps do on a busy machine.
      let events = try RecordedRun(pausedBefore: "many-clients clients=5 service=500ms")
        .stepToTheEnd()
      #expect(events.measure("one thread: peak in service") == 1)
      #expect(events.measure("a thread each: peak in service") == 5)
      for number in 1...5 { #expect(events.actor(named: "handler-\(number)") != nil) }
    }

    @Test("Each way measures the cores that it used")
    func cores() throws {
      let events = try RecordedRun.events(of: "many-clients clients=3 service=5ms")
      for arm in ["one thread", "a thread each"] {
        #expect(try #require(events.measure("\(arm): cores used")) >= 0)
      }
      #expect(events.shown.contains("cores used"))
    }

    @Test("The number in service changes by one, ends at zero, and its maximum is the peak")
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

    @Test("In each way, each client asks once and gets one answer")
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
