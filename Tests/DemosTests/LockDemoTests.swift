import Events
import TestRuns
import Testing

@testable import Concurrency

extension RunTests {
  @Suite struct LockDemoTests {
    @Test(
      "The lock has one holder at a time, and all turns are taken",
      arguments: ["lock", "lock threads=6 turns=5 hold=1ms", "lock threads=8 turns=3 hold=1ms"])
    func turns(_ command: String) throws {
      let run = try ThreadDemoRun(command)
      let lock = try run.object("lock")
      var holder: ActorID?
      for event in run.events(.lockAcquire, .lockRelease) where event.object == lock {
        #expect(holder == (event.kind == .lockAcquire ? nil : event.actor))
        holder = event.kind == .lockAcquire ? event.actor : nil
      }
      #expect(holder == nil)
      #expect(run.events.result("most inside at a time") == "1")
      let acquires = run.events(.lockAcquire)
      // The last one is the acquire of main, which ends with an exception.
      #expect(run.events.result("turns") == "\(acquires.count - 1)")
      #expect(run.events(.exceptionRaise, .exceptionCatch).count == 2)
      let waits = run.events(.waitEnd).filter { $0.waitReason == .lock }
      #expect(run.events.result("waits") == "\(waits.count)")
      #expect(run.events.measures("a turn: waited for") == waits.compactMap(\.waited))
    }
  }
}
