import Events
import TestRuns
import Testing

@testable import Concurrency

extension RunTests {
  @Suite struct ConditionDemoTests {
    @Test(
      "Each item is taken once, the early notify is lost, and one wake-up finds nothing",
      arguments: [
        "condition delay=10ms", "condition consumers=4 items=3 delay=5ms",
        "condition consumers=1 items=20 delay=1ms", "condition consumers=8 items=50 delay=1ms",
      ])
    func handOver(_ command: String) throws {
      let run = try ThreadDemoRun(command)
      let items = run.events(.listAppend).map(\.value)
      #expect(run.events(.listRemove).map(\.value) == items)
      #expect(run.events.result("taken") == "\(items.count)")
      // Main did not see its own notification, so its wait timed out.
      let first = try #require(run.events(.conditionNotify, .waitBegin).first)
      #expect(first.kind == .conditionNotify)
      let early = run.events(.waitEnd).first { $0.waitReason == .condition }
      #expect(early?.actor == .main)
      #expect(early?.waitOutcome == .timeout)
      #expect(run.events.result("early notify seen") == "no")
      // Two notifications are for nothing. No thread sees the first one.
      #expect(run.events(.conditionNotify).count == items.count + 3)
      let vain = try #require(run.events.result("wake-ups for nothing").flatMap { Int($0) })
      #expect(vain >= 1)
      let wakeUps = try #require(run.events.result("wake-ups").flatMap { Int($0) })
      #expect(
        run.events.measures("found it true: wake-ups")
          + run.events.measures("found nothing: wake-ups")
          == [Int64(wakeUps - vain), Int64(vain)])
    }

    @Test("A wait releases the lock first, and takes it again before anything else")
    func order() throws {
      let run = try ThreadDemoRun("condition items=3 delay=5ms")
      let lock = try run.object("changed lock")
      for actor in Set(run.events.map(\.actor)) {
        let own = run.events.filter { $0.actor == actor && $0.kind != .sample }
        for (index, event) in own.enumerated() where event.waitReason == .condition {
          switch event.kind {
          case .waitBegin:
            #expect(own[index - 1].kind == .lockRelease)
            #expect(own[index - 1].object == lock)
          default:
            let next = own[(index + 1)...].first { $0.waitReason != .lock }
            #expect(next?.kind == .lockAcquire)
            #expect(next?.object == lock)
          }
        }
      }
    }
  }
}
