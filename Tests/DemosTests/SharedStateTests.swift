import Events
import TestRuns
import Testing

@testable import Concurrency

extension RunTests {
  @Suite struct SharedStateTests {
    @Test("A parent sees the changes of its thread, but not of its process", arguments: [1, 3])
    func changes(_ changes: Int) throws {
      let events = try RecordedRun.events(of: "shared-state changes=\(changes)")
      #expect(violations(in: events) == [])
      #expect(events.result("before") == "0")
      // Main and its thread use one address; the process has its own.
      #expect(events.result("main's counter") == events.result("the thread's counter"))
      #expect(events.result("main's counter") != events.result("the process's counter"))
      #expect(events.result("after the process") == "0")
      #expect(events.result("after the thread") == "\(changes)")
      let writes = events.filter { $0.kind == .variableWrite }
      let own = events.first { $0.kind == .runStart }?.pid
      #expect(writes.filter { $0.pid == own }.count == changes)
      #expect(writes.filter { $0.pid != own }.map(\.value) == (1...changes).map { "\($0)" })
      #expect(Set(writes.map(\.object)).count == 2)
    }

    @Test("Each question goes to the process and back, and takes longer than a read")
    func costs() throws {
      let events = try RecordedRun.events(of: "shared-state changes=7")
      let own = events.first { $0.kind == .runStart }?.pid
      let answers = events.filter { $0.kind == .pipeReceive && $0.pid == own }
      // The first answer is not measured, because it waits for the start of the process.
      #expect(answers.count == 101)
      #expect(answers.allSatisfy { $0.value == "7" })
      let question = try #require(events.measure("asking the process"))
      let read = try #require(events.measure("reading the variable"))
      #expect(read > 0 && read < question)
    }
  }
}
