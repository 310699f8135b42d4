import Events
import TestRuns
import Testing

@testable import Concurrency

extension RunTests {
  @Suite struct TwoReadersTests {
    @Test("Several readers at one end garble messages", arguments: [2, 3, 4])
    func garbled(_ readers: Int) throws {
      let run = try ThreadDemoRun("two-readers readers=\(readers) messages=8")
      #expect(run.events.last?.runOutcome == .completed)
      let whole = try #require(run.events.result("messages received whole").flatMap { Int($0) })
      #expect(whole < 8)
      let printed = run.events.compactMap(\.output)
      #expect(printed.count { $0.contains(": received ") } == whole)
      #expect(printed.contains { $0.contains("garbled") })
      #expect(run.events(.pipeReceive).count == 16)
      #expect(Remains.actors(of: run.events).isEmpty)
    }

    @Test("One reader receives every message whole")
    func whole() throws {
      let run = try ThreadDemoRun("two-readers readers=1 messages=8")
      #expect(run.events.result("messages received whole") == "8")
      #expect(run.events.shown.hasPrefix("Every message arrived whole"))
    }
  }
}
