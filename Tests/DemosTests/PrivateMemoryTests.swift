import Events
import TestRuns
import Testing

extension RunTests {
  @Suite struct PrivateMemoryTests {
    @Test(
      "At the same address, each of two processes reads what it wrote", arguments: ["on", "off"])
    func contents(_ peek: String) throws {
      let events = try RecordedRun.events(of: "private-memory peek=\(peek)")
      #expect(events.last?.runOutcome == .completed)
      #expect(violations(in: events) == [])
      var pids: Set<Int32> = []
      for (name, number) in [("first", Int64(1)), ("second", 2)] {
        let page = try #require(events.object(named: "\(name)'s page"))
        let uses = events.filter { $0.object == page && $0.kind != .objectName }
        #expect(uses.map(\.kind) == [.variableWrite, .variableRead])
        #expect(uses.map { $0.number(.value) } == [number, number])
        pids.formUnion(uses.map(\.pid))
      }
      #expect(pids.count == 2)
      // Both have written before either reads.
      let isOfPage = { (event: Event) in
        event.object == events.object(named: "first's page")
          || event.object == events.object(named: "second's page")
      }
      let kinds = events.filter(isOfPage).map(\.kind).filter { $0 != .objectName }
      #expect(kinds == [.variableWrite, .variableWrite, .variableRead, .variableRead])
    }

    @Test("The result has the kernel's answer: the number of the first process, or the reason")
    func peek() throws {
      let events = try RecordedRun.events(of: "private-memory")
      let results = events.filter { $0.kind == .result }
      let answer = try #require(results.first { $0.name == "reading the other's memory" }?.value)
      if answer == "allowed" {
        #expect(results.first { $0.name == "found there" }?.value == "1")
        #expect(events.shown.hasPrefix("The second process was allowed to read"))
      } else {
        #expect(answer.hasPrefix("refused: "))
        #expect(events.shown.hasPrefix("The second process was not allowed to read"))
      }
    }

    @Test("With peek=off, no process reads the memory of another")
    func noPeek() throws {
      let events = try RecordedRun.events(of: "private-memory peek=off")
      #expect(!events.contains { $0.kind == .result && $0.name == "reading the other's memory" })
      #expect(events.shown.hasPrefix("At one address, each process has its own number."))
    }
  }
}
