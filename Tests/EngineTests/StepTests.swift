import Events
import Glibc
import Platform
import TestNumbers
import TestRuns
import Testing

@testable import Concurrency
@testable import Engine

extension RunTests {
  @Suite struct StepTests {
    /// The events of each step of a run that is stepped from its first operation to its end.
    private func steps(of command: String) throws -> [[Event]] {
      let run = try RecordedRun(pausedBefore: command)
      var presses = 0
      let end = MonotonicClock.now() + 60_000_000_000
      while run.events.last?.kind != .runFinish, MonotonicClock.now() < end {
        if run.live.step() { presses += 1 } else { sched_yield() }
      }
      let events = try run.finish()
      #expect(violations(in: events) == [])
      #expect(events.last?.runOutcome == .completed)
      let steps = events.split(
        maxSplits: .max, omittingEmptySubsequences: false, whereSeparator: { $0.kind == .runStep })
      #expect(steps.count == presses + 1)
      return steps.dropFirst().map(Array.init)
    }

    @Test(
      "Each step performs one visible operation",
      arguments: [
        "producer-consumer items=6 producers=2 consumers=2 pause=1ms",
        "factorial last=12 workers=3",
        "pool-sizing sizes=2 tasks=6", "pool-queue tasks=4 workers=2 task=sleep short=1s long=2s",
        "process-queue items=3 delay=1s", "future-exception", "condition items=2 delay=1s",
        "process-lock workers=2 turns=2 hold=1s", "manager updates=2",
        "exception-log workers=1 tasks=2",
      ])
    func visible(_ command: String) throws {
      let steps = try steps(of: command)
      #expect(steps.count > 10)
      #expect(steps.allSatisfy { !$0.isEmpty })
      // The end of a process does not belong to a step.
      let actors = steps.map { Set($0.filter { $0.kind != .processExit }.map(\.actor)) }
      #expect(actors.allSatisfy { $0.count <= 1 })
      // The operation on one object, without the ends and beginnings of waits.
      let effects = steps.map { events in
        events.filter { ![.sample, .waitBegin, .waitEnd, .processExit].contains($0.kind) }
      }
      #expect(effects.allSatisfy { $0.count <= 3 }, "\(effects.filter { $0.count > 3 })")
    }

    @Test(
      "Before each step, the actor that goes and its operation are known",
      arguments: [
        "producer-consumer items=6 producers=2 consumers=2 pause=1ms",
        "factorial last=12 workers=3", "two-locks order=same transfers=2",
        "condition items=2 delay=1s", "semaphore workers=3 turns=2", "barrier",
        "process-lock workers=2 turns=2 hold=1s",
      ])
    func announced(_ command: String) throws {
      let run = try RecordedRun(pausedBefore: command)
      var announced: [NextOperations] = []
      let end = MonotonicClock.now() + 60_000_000_000
      while run.events.last?.kind != .runFinish, MonotonicClock.now() < end {
        guard let next = run.live.next else {
          sched_yield()
          continue
        }
        if run.live.step() { announced.append(next) }
      }
      let steps = try run.finish().split(
        maxSplits: .max, omittingEmptySubsequences: false, whereSeparator: { $0.kind == .runStep })
      #expect(steps.count == announced.count + 1)
      var kinds: Set<EventKind> = []
      for (next, events) in zip(announced, steps.dropFirst()) {
        let goes = try #require(next.goes)
        guard let operation = next.operations[goes] else { continue }
        // A wait is the beginning of an operation that is not ready.
        let expected: Set<EventKind> = [
          operation.kind, .waitBegin, .waitEnd, .taskFail, .actorName,
        ]
        let own = events.filter { $0.actor == goes && $0.kind != .sample }
        // Others may record nothing, such as taking from an empty list. Then the next actor goes.
        let recording: Set<EventKind> = [
          .lockAcquire, .lockRelease, .listAppend, .taskSubmit, .taskStart, .output, .threadSpawn,
          .threadStart, .threadExit, .conditionNotify,
        ]
        guard recording.contains(operation.kind) else { continue }
        #expect(own.contains { expected.contains($0.kind) }, "\(operation): \(events)")
        if let event = own.first(where: { $0.kind == operation.kind }), let object = event.object {
          #expect(operation.object == nil || operation.object == object)
        }
        kinds.insert(operation.kind)
      }
      #expect(kinds.count >= 3, "\(kinds)")
      #expect(run.live.next == nil)
    }

    @Test("A stepped run has the same results as any other run")
    func results() throws {
      let added = try steps(of: "producer-consumer items=8 lock=on").flatMap { $0 }
        .filter { $0.kind == .listAppend }.compactMap { $0.number(.value) }
      #expect(added == Array(0..<8))
      let values = try steps(of: "factorial first=3 last=6 workers=2").flatMap { $0 }
        .filter { $0.kind == .taskFinish }.compactMap(\.value)
      #expect(Set(values) == ["6", "24", "120", "720"])
      let done = try steps(of: "pool-sizing sizes=2 tasks=4").flatMap { $0 }
        .filter { $0.kind == .taskFinish }.compactMap { $0.number(.value) }
      #expect(done.count == 4)
    }

    @Test("The clock runs only during a step")
    func clock() throws {
      let computing: UInt64 = 3_000_000
      let run = try RecordedRun { run in
        let list = SharedList("shared", in: run)
        try run.sleep(60_000_000_000)
        for item in 0..<3 {
          try list.append(Int64(item))
          let end = MonotonicClock.now() + computing
          while MonotonicClock.now() < end {}
        }
      }
      try run.wait("a sleep") { $0.contains { $0.waitReason == .sleep } }
      let events = try run.stepToTheEnd()
      let appends = events.indices.filter { events[$0].kind == .listAppend }
      #expect(appends.count == 3)
      for index in appends {
        let before = try #require(events[..<index].last { $0.kind == .runStep })
        let after = try #require(events[index...].first { $0.kind == .runStep })
        #expect(after.time >= events[index].time + computing)
        #expect(before.time <= events[index].time)
      }
      #expect(violations(in: events) == [])
    }

    @Test("An actor whose sleep ends during another actor's step waits for its own step")
    func passedSleep() throws {
      let run = try RecordedRun { run in
        try run.thread("sleeper") { try run.sleep(60_000_000_000) }
        try run.thread("late") { try run.sleep(60_000_500_000) }
        try run.thread("computer") {
          try run.sleep(60_000_000_000)
          for number in 0..<4 {
            try run.output("\(number)")
            let end = MonotonicClock.now() + 1_000_000
            while MonotonicClock.now() < end {}
          }
        }
      }
      try run.wait("three sleeps") { $0.filter { $0.waitReason == .sleep }.count == 3 }
      let events = try run.stepToTheEnd()
      #expect(violations(in: events) == [])
      #expect(events.filter { $0.kind == .waitEnd && $0.waitReason == .sleep }.count == 3)
      let steps = events.split(whereSeparator: { $0.kind == .runStep }).dropFirst()
      #expect(steps.allSatisfy { Set($0.map(\.actor)).count == 1 })
    }

    @Test("A step that is interrupted by a resume, a stop or a change of speed loses no actor")
    func cutShort() throws {
      for seed in 1...60 {
        var numbers = Seeded(UInt64(seed))
        func pick(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &numbers) }
        let command = [
          "producer-consumer items=8 add-delay=100us remove-delay=100us consumers=2",
          "factorial last=20 workers=3",
          "pool-queue tasks=4 workers=2 task=sleep short=1ms long=2ms",
        ][pick(0...2)]
        let run = try RecordedRun(command)
        var isStopped = false
        let speeds = RunSpeed.allCases
        // Random requests in quick succession.
        for _ in 0..<pick(20...300) {
          switch pick(0...9) {
          case 0...1: run.live.pause()
          case 2...6: run.live.step()
          case 7: run.live.resume()
          case 8: run.live.setSpeed(speeds[pick(0...speeds.count - 1)])
          default: sched_yield()
          }
        }
        if pick(0...3) == 0 {
          isStopped = true
          run.live.stop()
        }
        run.live.setSpeed(.unlimited)
        run.live.resume()
        let events = try run.finish()
        let problems = violations(in: events) + Remains.actors(of: events)
        #expect(problems == [], "seed \(seed)")
        if !isStopped { #expect(events.last?.runOutcome == .completed) }
      }
    }
  }
}
