import Events
import Glibc
import TestRuns
import Testing

extension RunTests {
  @Suite struct TimeoutCancelTests {
    @Test("The caller gives up, the task goes on, and the pool closes after it")
    func givingUp() throws {
      let events = try RecordedRun.events(of: "timeout-cancel timeout=20ms task=600ms")
      #expect(violations(in: events) == [])
      #expect(events.last?.runOutcome == .completed)
      let raised = events.filter { $0.kind == .exceptionRaise }
      #expect(raised.map(\.type) == ["TimeoutError"])
      #expect(raised.map(\.actor) == [.main])
      let finished = try #require(events.first { $0.kind == .taskFinish })
      let closed = try #require(events.first { $0.kind == .poolClose })
      #expect(raised[0].seq < finished.seq)
      #expect(finished.seq < closed.seq)
      let over = Self.measures(events)
      #expect(over["waiting"] ?? 0 >= 20_000_000)
      #expect(over["task"] ?? 0 >= 600_000_000)
      #expect(over["waiting"] ?? .max < over["task"] ?? 0)
      #expect(over["task"] ?? .max <= over["leaving the pool"] ?? 0)
    }

    @Test("The task in line is cancelled and never starts; the running task is not cancelled")
    func cancelling() throws {
      let events = try RecordedRun.events(of: "timeout-cancel timeout=20ms task=600ms")
      #expect(events.filter { $0.kind == .taskCancel }.map(\.task) == [2])
      #expect(events.filter { $0.kind == .taskCancel }.map(\.value) == ["task in line"])
      #expect(events.filter { $0.kind == .taskStart }.map(\.task) == [1])
      let printed = events.compactMap(\.output)
      #expect(printed.contains("cancelled in line: True"))
      #expect(printed.contains("cancelled while running: False"))
    }

    @Test("The process is terminated by a signal before its work is done")
    func ended() throws {
      let events = try RecordedRun.events(of: "timeout-cancel timeout=20ms task=600ms")
      let exit = try #require(events.first { $0.kind == .processExit })
      #expect(exit.signal == Int(SIGTERM))
      #expect(events.filter { $0.output == "the task ends" }.allSatisfy { $0.pid == getpid() })
      #expect(
        events.compactMap(\.output).contains("the process has ended: exit code \(-SIGTERM)"))
      #expect(Remains.actors(of: events).isEmpty)
    }

    @Test("With a long timeout, the caller does not give up and nothing is terminated")
    func patient() throws {
      let events = try RecordedRun.events(of: "timeout-cancel timeout=2s task=100ms")
      #expect(violations(in: events) == [])
      #expect(!events.contains { $0.kind == .exceptionRaise })
      #expect(events.first { $0.kind == .processExit }?.status == 0)
    }

    /// The measures "over after" by name, in ns.
    private static func measures(_ events: [Event]) -> [String: Int64] {
      Dictionary(
        events.filter { $0.kind == .measure && $0.name?.hasSuffix(": over after") == true }
          .compactMap { event in
            guard let name = event.name, let value = event.number(.value) else { return nil }
            return (String(name.dropLast(12)), value)
          }, uniquingKeysWith: { first, _ in first })
    }
  }
}
