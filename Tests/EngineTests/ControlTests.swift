import Events
import Glibc
import Platform
import Rings
import TestRuns
import Testing

@testable import Concurrency
@testable import Engine

extension RunTests {
  @Suite struct ControlTests {
    @Test("A paused run records only control events until it is resumed")
    func pausing() throws {
      let run = try RecordedRun("producer-consumer items=40 add-delay=1ms remove-delay=1ms")
      for round in 1...5 {
        try run.wait("progress") { $0.count > 30 * round }
        let before = run.events.count
        run.live.pause()
        try run.wait(for: .runPause, after: before)
        #expect(run.live.computing.isEmpty)
        run.live.resume()
      }
      let events = try run.finish()
      #expect(events.filter { $0.kind == .runPause }.count == 5)
      #expect(events.filter { $0.kind == .runResume }.count == 5)
      #expect(violations(in: events) == [])
    }

    @Test("A step performs exactly one operation of one actor")
    func stepping() throws {
      let run = try RecordedRun { run in
        let list = SharedList("shared", in: run)
        let threads = try (0..<2).map { number in
          try run.thread("adder-\(number)") {
            try run.sleep(60_000_000_000)
            for item in 0..<5 { try list.append(Int64(item)) }
          }
        }
        for thread in threads { try thread.join() }
      }
      try run.wait("two sleepers") { events in
        events.filter { $0.waitReason == .sleep }.count == 2
          && events.contains { $0.waitReason == .join }
      }
      run.live.pause()
      try run.wait(for: .runPause)
      let events = try stepToTheEnd(run)
      #expect(violations(in: events) == [])
      let afterPause = events.drop { $0.kind != .runPause }.dropFirst()
      let steps = afterPause.split(
        maxSplits: .max, omittingEmptySubsequences: false, whereSeparator: { $0.kind == .runStep })
      // Usage samples are recorded beside the operations.
      let kinds = steps.dropFirst().map { $0.map(\.kind).filter { $0 != .sample } }
      // Two sleeps end, ten numbers are added, two threads end, one or two joins end, and main ends.
      #expect(kinds.filter { $0 == [.waitEnd] }.count >= 3)
      #expect(kinds.filter { $0 == [.listAppend] }.count == 10)
      #expect(kinds.filter { $0 == [.threadExit] }.count == 2)
      #expect(kinds.last == [.threadExit, .runFinish])
      #expect(kinds.allSatisfy { (1...2).contains($0.count) })
    }

    @Test("A step runs a computing actor through its next operation")
    func steppingComputation() throws {
      let run = try RecordedRun { run in
        let list = SharedList("shared", in: run)
        try run.sleep(60_000_000_000)
        for item in 0..<3 {
          for _ in 0..<500 { try run.checkpoint() }
          try list.append(Int64(item))
        }
      }
      try run.wait("a sleeper") { $0.contains { $0.waitReason == .sleep } }
      run.live.pause()
      try run.wait(for: .runPause)
      let events = try stepToTheEnd(run)
      let steps = events.split(
        maxSplits: .max, omittingEmptySubsequences: false, whereSeparator: { $0.kind == .runStep })
      // The sleep ends, three numbers are added, and main ends.
      let kinds = steps.dropFirst().map { $0.map(\.kind).filter { $0 != .sample } }
      #expect(kinds.filter { $0 == [.listAppend] }.count == 3)
      #expect(kinds.count <= 6)
    }

    /// Steps until the run ends.
    private func stepToTheEnd(_ run: RecordedRun) throws -> [Event] {
      let end = MonotonicClock.now() + 60_000_000_000
      while run.events.last?.kind != .runFinish, MonotonicClock.now() < end {
        if !run.live.step() { sched_yield() }
      }
      return try run.finish()
    }

    @Test("A step while all actors sleep moves the clock ahead to the end of the earliest sleep")
    func steppingSleeps() throws {
      let run = try RecordedRun { run in
        for seconds in [62, 61, 63] {
          try run.thread("sleeper-\(seconds)") { try run.sleep(Int64(seconds) * 1_000_000_000) }
        }
      }
      try run.wait("three sleepers") { $0.filter { $0.waitReason == .sleep }.count == 3 }
      run.live.pause()
      try run.wait(for: .runPause)
      let events = try stepToTheEnd(run)
      let waited = events.filter { $0.kind == .waitEnd && $0.waitReason == .sleep }
        .compactMap(\.waited)
      // The sleeps are a little longer, because the clock runs during a step.
      #expect(waited.map { $0 / 1_000_000_000 } == [61, 62, 63])
    }

    @Test("A wait's deadline is in the run's time after a step has moved the clock ahead")
    func untilOnOneClock() throws {
      let run = try RecordedRun { run in
        try run.sleep(61_000_000_000)
        try run.sleep(2_000_000)
      }
      try run.wait("a sleep") { $0.contains { $0.waitReason == .sleep } }
      run.live.pause()
      try run.wait(for: .runPause)
      let begins = try stepToTheEnd(run).filter { $0.kind == .waitBegin && $0.waitReason == .sleep }
      #expect(begins.count == 2)
      let second = try #require(begins.last)
      #expect(second.time >= 61_000_000_000)
      // The deadline is computed a moment before the event's time.
      let left = try #require(second.until) - Int64(second.time)
      #expect(left <= 2_000_000 && left > -10_000_000_000)
    }

    @Test("A pause does not shorten a sleep")
    func remainingSleep() throws {
      for milliseconds in [200, 800, 3_200, 12_800] {
        let began = MonotonicClock.now()
        let run = try RecordedRun { run in
          try run.thread("sleeper") { try run.sleep(Int64(milliseconds) * 1_000_000) }.join()
        }
        let begin = try run.wait("a sleep") { $0.contains { $0.waitReason == .sleep } }
          .first { $0.waitReason == .sleep }
        run.live.pause()
        try run.wait("rest") { $0.contains { [.runPause, .runFinish].contains($0.kind) } }
        let pausedAt = MonotonicClock.now()
        // The pause lasts as long as another run, which sleeps for 30 ms.
        try RecordedRun.events(of: "producer-consumer items=1 add-delay=30ms remove-delay=0")
        let paused = MonotonicClock.now() - pausedAt
        run.live.resume()
        let events = try run.finish()
        let took = MonotonicClock.now() - began
        let end = try #require(events.first { $0.kind == .waitEnd && $0.waitReason == .sleep })
        // If the sleep ended before the pause, repeat with a longer sleep.
        guard let pause = events.first(where: { $0.kind == .runPause }), pause.seq < end.seq,
          let resume = events.first(where: { $0.kind == .runResume })
        else { continue }
        #expect(resume.time == pause.time)
        #expect(Int64(end.time) >= begin?.until ?? .max)
        #expect(end.waited ?? 0 >= Int64(milliseconds) * 1_000_000)
        // The run's time is at most the real time without the pause.
        #expect(paused >= 30_000_000)
        #expect(events.last?.time ?? .max <= took - paused)
        return
      }
      Issue.record("no pause happened during a sleep")
    }

    @Test("A run that is paused, stepped and resumed continuously still ends")
    func hammered() throws {
      for command in [
        "producer-consumer items=30 add-delay=50us remove-delay=50us producers=2 consumers=2",
        "factorial last=60 workers=3", "pool-sizing sizes=2 tasks=6",
      ] {
        let run = try RecordedRun(command)
        while run.events.last?.kind != .runFinish {
          run.live.pause()
          run.live.step()
          run.live.step()
          run.live.resume()
        }
        let events = try run.finish()
        #expect(violations(in: events) == [])
        #expect(events.last?.runOutcome == .completed)
      }
    }

    @Test("A pause at the end of a run is recorded before run.finish or not at all")
    func pauseAtTheEnd() throws {
      for _ in 0..<300 {
        let run = try RecordedRun { _ in }
        run.live.pause()
        try run.wait("rest or end") {
          $0.contains { [.runPause, .runFinish].contains($0.kind) }
        }
        run.live.resume()
        #expect(violations(in: try run.finish()) == [])
        #expect(!run.live.step())
      }
    }

    @Test("A pause that is requested before the end but completed after it is not recorded")
    func pauseReachedLate() throws {
      let memory = try RunMemory()
      memory.begin()
      let control = RunControl(memory: memory)
      let main = try #require(memory.claimSlot(for: .main))
      control.pause()
      #expect(control.checkRest())
      var writer = RingWriter(memory: memory, slot: main.index, actor: .main)
      control.finish { writer.record(EventRecord(.runFinish)) }
      main.retire()
      #expect(!control.checkRest())
      #expect(!control.step())
      control.resume()
      control.stop()
      var events: [Event] = []
      var drain = RingDrain(memory: memory)
      drain.collect(into: &events)
      #expect(events.map(\.kind) == [.runFinish])
    }

    @Test("A pause waits for processes that are starting, and a stop ends them")
    func bootingProcesses() throws {
      let run = try RecordedRun("pool-sizing sizes=3 tasks=3")
      try run.wait(for: .processSpawn)
      run.live.pause()
      try run.wait(for: .runPause)
      #expect(run.live.computing.isEmpty)
      run.live.stop()
      let events = try run.finish()
      #expect(events.last?.runOutcome == .stopped)
      #expect(violations(in: events) == [])
      #expect(Remains.actors(of: events).isEmpty)
    }

    @Test("All threads and processes end within a second of a stop")
    func stopping() throws {
      for command in [
        "producer-consumer", "factorial first=150000 last=150004 workers=2",
        "pool-sizing sizes=2 tasks=100 work=10s",
      ] {
        let run = try RecordedRun(command)
        try run.wait("progress") { $0.count > 12 }
        let before = MonotonicClock.now()
        run.live.stop()
        let events = try run.finish()
        #expect(events.last?.runOutcome == .stopped)
        #expect(MonotonicClock.now() - before < 1_000_000_000)
        #expect(violations(in: events) == [])
        #expect(Remains.actors(of: events).isEmpty)
      }
    }

    @Test("A body that fails stops the threads that it started")
    func failing() throws {
      let run = try RecordedRun { run in
        try run.thread("sleeper") { try run.sleep(60_000_000_000) }
        throw run.raise(RaisedException(type: "ValueError", message: "expected"))
      }
      let events = try run.finish()
      #expect(events.last?.runOutcome == .failed)
      #expect(events.filter { $0.kind == .exceptionRaise }.map(\.message) == ["expected"])
      #expect(violations(in: events) == [])
    }

    @Test("A run waits for the threads of its body, and for the threads that they started")
    func leftBehind() throws {
      let run = try RecordedRun { run in
        try run.thread("first") {
          try run.sleep(2_000_000)
          try run.thread("second") {
            try run.sleep(2_000_000)
            try run.thread("third") { try run.output("still here") }
          }
        }
      }
      let events = try run.finish()
      #expect(events.compactMap(\.output) == ["still here"])
      #expect(violations(in: events) == [])
      #expect(Remains.actors(of: events).isEmpty)
    }
  }
}
