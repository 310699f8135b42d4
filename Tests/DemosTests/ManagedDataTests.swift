import Events
import Glibc
import Rings
import TestRuns
import Testing
import Trace

@testable import Concurrency
@testable import Demos
@testable import Engine

extension RunTests {
  @Suite struct ManagedDataTests {
    @Test("With the lock, no count of a process is lost")
    func lockedCounts() throws {
      for workers in [2, 3] {
        let events = try RecordedRun.events(
          of: "shared-memory lock=on workers=\(workers) increments=20000")
        #expect(events.last?.runOutcome == .completed)
        #expect(violations(in: events) == [])
        #expect(events.result("counted") == "\(workers * 20_000)")
        #expect(events.result("lost") == "0")
        #expect(finding(events).isEmpty)
        let row = events.compactMap(\.output).last
        #expect(row?.hasSuffix("the array is [2, 4, 6, 8]") == true)
        #expect(Set(events.filter { $0.kind == .variableWrite }.map(\.pid)).count == workers)
      }
    }

    @Test("Without the lock, counts may get lost, and one overlap is shown step by step")
    func openCounts() throws {
      for _ in 0..<3 {
        let events = try RecordedRun.events(of: "shared-memory lock=off increments=20000")
        #expect(events.last?.runOutcome == .completed)
        #expect(violations(in: events) == [])
        let counted = Int(events.result("counted") ?? "") ?? 0
        #expect((1...40_000).contains(counted))
        #expect(Int(events.result("lost") ?? "") == 40_000 - counted)
        let lost = finding(events)
        #expect(lost.map(\.read.text) == ["41"])
        #expect(lost.first?.first != lost.first?.second)
      }
    }

    @Test("A shared array rejects invalid places, and all processes see the whole array")
    func row() throws {
      try RecordedRun { run in
        let row = try SharedArray.shared("row", [1, 2, 3, 4], in: run)
        let again = try SharedArray.attached(row.handle ?? "", in: run)
        try again.write(3, 9)
        #expect(try row.contents() == [1, 2, 3, 9])
        #expect(throws: RaisedException.noSuchElement) { try row.read(4) }
        #expect(throws: RaisedException.noSuchElement) { try row.write(-1, 0) }
        let tooLong = [Int64](repeating: 0, count: SharedArray.longest + 1)
        #expect(throws: RaisedException.self) { try SharedArray.shared("long", tooLong, in: run) }
      }.finish()
    }

    @Test("A manager keeps its data in a separate process and counts each call")
    func manager() throws {
      for workers in [1, 3] {
        let events = try RecordedRun.events(of: "manager workers=\(workers) updates=10")
        #expect(events.last?.runOutcome == .completed)
        // A server ends when its clients have gone; that is no failure.
        #expect(!events.contains { $0.kind == .exceptionRaise })
        #expect(violations(in: events) == [])
        let server = try #require(
          events.first { $0.kind == .actorName && $0.name == "manager" })
        #expect(server.pid != getpid())
        let writes = events.filter { $0.kind == .variableWrite }
        #expect(Set(writes.map(\.pid)) == [server.pid])
        #expect(writes.count == 1 + workers * 10)
        #expect(events.filter { $0.kind == .listAppend }.count == workers)
        let lost = try #require(Int(events.result("updates lost") ?? ""))
        #expect((0...(workers * 10 - 1)).contains(lost))
        if workers == 1 { #expect(lost == 0) }
        #expect(events.result("the row after an append of 1") == "[]")
        let calls = try #require(Int(events.result("calls") ?? ""))
        // Two calls to set up, two for each update, one for each worker's end, and the calls of
        // main.
        #expect(calls > 2 + workers * 21)
        #expect(events.last { $0.kind == .processExit && $0.pid == server.pid }?.status == 0)
        #expect(Remains.actors(of: events).isEmpty)
      }
    }

    @Test("With a lock around both calls, no update is lost")
    func lockedUpdates() throws {
      let events = try RecordedRun.events(of: "manager workers=3 updates=10 lock=on")
      #expect(events.last?.runOutcome == .completed)
      #expect(violations(in: events) == [])
      #expect(events.result("updates lost") == "0")
      #expect(finding(events).isEmpty)
    }

    @Test("A manager raises an error for a missing key, and survives the kill of a client")
    func managerFaults() throws {
      let before = Remains.descriptors().count
      let events = try RecordedRun { run in
        let manager = try Manager("manager", clients: 1, in: run)
        let counts = DictionaryProxy(name: "counts", connection: manager.connection)
        #expect(throws: RaisedException(type: "KeyError", message: "'hits'")) {
          try counts.value(of: "hits")
        }
        try counts.set("hits", to: .number(1))
        let startLine = try Barrier.shared("never full", parties: 2, in: run)
        let lock = try Lock.shared("lock", in: run)
        let (handle, descriptor) = manager.client(0)
        let client = try run.process(
          "client", body: ManagerDemo.update,
          arguments: [handle, startLine.handle ?? "", lock.handle ?? ""],
          passing: [descriptor])
        manager.closeClientEnds()
        while run.memory.actorSlots.first(where: { $0.actor == client.actor })?.status != .waiting {
          try run.sleep(1_000_000)
        }
        try client.signal(SIGKILL)
        try client.join()
        #expect(try counts.value(of: "hits") == .number(1))
        try manager.shutdown()
      }.finish()
      #expect(events.last?.runOutcome == .completed)
      #expect(Remains.actors(of: events).isEmpty)
      #expect(Remains.descriptors(atMost: before) <= before)
    }

    @Test("Calls and answers survive a round trip through their text")
    func messages() {
      let requests: [ManagerRequest] = [
        .get(dictionary: "counts", key: "hits"), .append(list: "numbers", -3),
        .put(dictionary: "counts", key: "row", value: .list([1, 2])),
        .put(dictionary: "counts", key: "row", value: .list([])), .contents(list: "numbers"),
        .callCount,
      ]
      for request in requests { #expect(ManagerRequest(request.text) == request) }
      #expect(ManagerRequest("") == nil)
      #expect(ManagerRequest("append numbers x") == nil)
      let replies: [ManagerReply] = [
        .value(.none), .value(.number(-7)), .value(.list([])), .value(.list([4, 5])),
        .raised(RaisedException(type: "KeyError", message: "'a b'")),
      ]
      for reply in replies { #expect(ManagerReply(reply.text) == reply) }
    }

    // MARK: Helpers

    /// The lost updates that the detector finds.
    private func finding(_ events: [Event]) -> [Finding.LostUpdate] {
      var detector = FindingDetector()
      return events.flatMap { detector.apply($0) }.compactMap { finding in
        if case .lostUpdate(let update) = finding.kind { update } else { nil }
      }
    }
  }
}
