import Events
import TestRuns
import Testing

@testable import Concurrency

extension RunTests {
  @Suite struct EventDemoTests {
    @Test(
      "All waiting threads continue after one set, and a latecomer does not wait",
      arguments: ["event delay=50ms", "event waiters=12 delay=50ms", "event waiters=16 delay=1ms"])
    func release(_ command: String) throws {
      let run = try ThreadDemoRun(command)
      let flag = try run.object("flag")
      let set = try #require(run.events(.eventSet).first)
      #expect(run.events(.eventSet).count == 1)
      let waits = run.events(.waitBegin, .waitEnd).filter { $0.object == flag }
      let ends = waits.filter { $0.kind == .waitEnd && $0.actor != .main }
      #expect(ends.allSatisfy { $0.seq > set.seq && $0.waitOutcome == .got })
      #expect(run.events.result("waited") == "\(ends.count)")
      let late = run.events(.actorName).first { $0.name == "latecomer" }?.actor
      #expect(late != nil)
      #expect(waits.filter { $0.actor == late }.isEmpty)
      #expect(run.events.result("waits of the latecomer") == "0")
      #expect(run.events.measures("latecomer: waited") == [0])
      // After the flag is cleared, threads wait again.
      let last = try #require(waits.last)
      #expect(last.actor == .main)
      #expect(last.waitOutcome == .timeout)
    }
  }
}
