import Events
import Glibc
import TestRuns
import Testing

@testable import Concurrency
@testable import Demos
@testable import Engine
@testable import Trace

extension RunTests {
  @Suite struct ProcessQueueTests {
    @Test("Each value is received once, and each consumer gets its values in the order of the puts")
    func between() throws {
      for consumers in [1, 2, 3] {
        let events = try RecordedRun.events(
          of: "process-queue items=40 consumers=\(consumers) delay=0")
        #expect(events.last?.runOutcome == .completed)
        #expect(violations(in: events) == [])
        #expect(stateViolations(events) == [])
        let put = events.filter { $0.kind == .queuePut }
        let got = events.filter { $0.kind == .queueGet }
        #expect(Set(put.map(\.pid)) == [getpid()])
        #expect(Set(got.map(\.pid)).contains(getpid()) == false)
        let numbers = put.compactMap { $0.number(.value) }
        #expect(numbers == (10..<50).map { Int64($0) })
        #expect(got.compactMap { $0.number(.value) }.sorted() == numbers)
        for pid in Set(got.map(\.pid)) {
          let own = got.filter { $0.pid == pid }.compactMap { $0.number(.value) }
          #expect(own == own.sorted())
        }
        #expect(got.count == put.count)
        #expect(events.contains { $0.kind == .result && $0.name == "sent" && $0.value == "40" })
        #expect(events.contains { $0.kind == .result && $0.name == "received" && $0.value == "40" })
        #expect(Remains.actors(of: events).isEmpty)
      }
    }

    @Test("Each process that puts has a feeder, and its values arrive in order")
    func manyProducers() throws {
      let events = try RecordedRun { run in
        let numbers = try ProcessQueue("numbers", in: run)
        let answers = try ProcessQueue("answers", in: run)
        // Two processes put all values that they get into one queue.
        let children = try (0..<2).map { number in
          let (here, childEnd) = try Pipe.ends("pipe", in: run)
          try here.send("42")
          return try run.process(
            "child-\(number)", body: PipeDemo.echo,
            arguments: [childEnd.handle, "30", numbers.handle, answers.handle],
            passing: [childEnd.descriptor] + numbers.descriptors + answers.descriptors)
        }
        for number in 0..<60 { try numbers.put("\(number)") }
        let got = try (0..<60).map { _ in try answers.getText() }
        #expect(Set(got).count == 60)
        for child in children { try child.signal(SIGKILL) }
        for child in children { try child.join() }
      }.finish()
      #expect(events.last?.runOutcome == .completed)
      #expect(stateViolations(events) == [])
      let feeders = events.filter { $0.kind == .actorName && $0.name == "answers feeder" }
      #expect(feeders.count <= 2 && !feeders.isEmpty)
    }

    @Test("A queue accepts long values and refuses empty ones")
    func lengths() throws {
      let events = try RecordedRun { run in
        let queue = try ProcessQueue("queue", in: run)
        #expect(throws: RaisedException.self) { try queue.put("") }
        let long = [UInt8](repeating: 9, count: 40_000)
        for _ in 0..<20 { try queue.put(long) }
        for _ in 0..<20 { #expect(try queue.get() == long) }
      }.finish()
      #expect(events.last?.runOutcome == .completed)
      #expect(events.last { $0.kind == .queueGet }?.size == 0)
      #expect(violations(in: events) == [])
    }

    @Test("A stop ends the feeder and the consumers, and leaves nothing")
    func stopped() throws {
      let before = Remains.descriptors().count
      do {
        let run = try RecordedRun("process-queue items=1000 consumers=2 delay=1ms")
        try run.wait("values") { $0.filter { $0.kind == .queueGet }.count > 5 }
        run.live.stop()
        let events = try run.finish()
        #expect(events.last?.runOutcome == .stopped)
        #expect(Remains.actors(of: events).isEmpty)
      }
      #expect(Remains.descriptors(atMost: before) <= before)
    }

    @Test("The 42 arrives, and pipe and queue are timed with equally many round trips")
    func pipeDemo() throws {
      let events = try RecordedRun.events(of: "pipe messages=10 size=100 rounds=2")
      #expect(events.last?.runOutcome == .completed)
      #expect(violations(in: events) == [])
      #expect(events.contains { $0.kind == .output && $0.output?.hasSuffix("received 42") == true })
      let first = try #require(events.first { $0.kind == .pipeReceive })
      #expect(first.value == "42" && first.pid != getpid())
      for arm in ["pipe", "queue"] {
        let trips = events.filter { $0.kind == .measure && $0.name == "\(arm): a round trip" }
        #expect(trips.count == 2)
        #expect(trips.allSatisfy { ($0.number(.value) ?? 0) > 0 && $0.unit == "ns" })
      }
      #expect(events.filter { $0.kind == .queuePut }.count == 2 * 25)
      #expect(events.filter { $0.kind == .queueGet }.count == 2 * 25)
    }

    /// The contradictions of the state about the order and the number of values.
    private func stateViolations(_ events: [Event]) -> [String] {
      var state = RunState()
      for event in events { state.apply(event) }
      return (state.violations + state.contradictions()).map(\.message)
        .filter { $0.contains(" takes ") || $0.contains(" values") }
    }
  }
}
