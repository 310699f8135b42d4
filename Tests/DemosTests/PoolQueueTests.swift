import Events
import TestRuns
import Testing

@testable import Concurrency
@testable import Demos
@testable import Engine

extension RunTests {
  @Suite struct PoolQueueTests {
    @Test(
      "Each task is done once, and never more at a time than there are workers",
      arguments: 1...4)
    func line(workers: Int) throws {
      let report = PoolReport(
        try RecordedRun.events(
          of: "pool-queue tasks=13 workers=\(workers) task=sleep short=20ms long=30ms"))
      #expect(violations(in: report.events) == [])
      #expect(report.busiest <= workers)
      #expect(report.deepest >= 13 - workers)
      #expect(report.left == 0)
      let starts = report.events.filter { $0.kind == .taskStart }.compactMap(\.task)
      #expect(starts.sorted() == Array(1...13))
      #expect(report.events.filter { $0.kind == .taskSubmit }.compactMap(\.task) == Array(1...13))
    }

    @Test("The reported numbers of each worker match the events")
    func tally() throws {
      let report = PoolReport(
        try RecordedRun.events(of: "pool-queue tasks=12 workers=3 short=2ms long=9ms"))
      let reported = (1...3).map { report.events.measures("worker-\($0): tasks") }
      #expect(reported == (1...3).map { [Int64(report.done(by: "worker-\($0)"))] })
      #expect(reported.joined().reduce(0, +) == 12)
      for worker in 1...3 {
        let idle = try #require(report.events.measures("worker-\(worker): idle").first)
        #expect((0...100).contains(idle))
      }
    }

    @Test("Each fifth task is long, and tasks compute or sleep", arguments: ["compute", "sleep"])
    func lengths(task: String) throws {
      let events = try RecordedRun.events(
        of: "pool-queue tasks=6 workers=2 task=\(task) short=1ms long=30ms")
      let spans = events.filter { $0.kind == .taskFinish }.sorted {
        ($0.task ?? 0) < ($1.task ?? 0)
      }
      .compactMap { $0.value.flatMap { TaskSpan($0) } }
      #expect(spans.count == 6)
      #expect(spans[4].length >= 30_000)
      let sleeps = events.filter { $0.kind == .waitBegin && $0.waitReason == .sleep }
      #expect(sleeps.count == (task == "sleep" ? 6 : 0))
    }

    @Test("Tasks that compute use the CPU for all their length")
    func computing() throws {
      let run = try RecordedRun("pool-queue tasks=6 workers=2 short=5ms long=30ms")
      let before = CoreUse.ownTime
      try run.finish()
      #expect(CoreUse.ownTime(since: before) >= 55_000_000)
    }

    @Test("Each task says how long it waited, and with one worker it waits for all before it")
    func waits() throws {
      let events = try RecordedRun.events(
        of: "pool-queue tasks=4 workers=1 task=sleep short=5ms long=5ms")
      let lines = events.compactMap(\.output).filter { $0.hasPrefix("task ") }
      #expect(lines.count == 4)
      for (line, number) in zip(lines, 1...4) {
        #expect(line.hasPrefix("task \(number): waited "))
        #expect(line.hasSuffix(" in worker-1"))
      }
      let longest = try #require(events.measure("longest: wait"))
      #expect(longest >= 15_000_000)
      #expect(try #require(events.measure("median: wait")) <= longest)
    }

    @Test("The workers together are under the ceiling: tasks at a time, memory and cores")
    func ceiling() throws {
      let events = try RecordedRun.events(
        of: "pool-queue tasks=12 workers=3 short=1ms long=2ms")
      let memory = (1...3).compactMap { events.measure("worker-\($0): memory") }
      #expect(memory.count == 3 && memory.allSatisfy { $0 > 0 })
      #expect(events.measure("workers together: memory") == memory.reduce(0, +))
      #expect(try #require(events.measure("most tasks at a time")) <= 3)
      #expect(events.measure("workers together: cores used") != nil)
      #expect(events.shown.hasPrefix("12 tasks ran on 3 workers, never more than "))
    }

    @Test("A closing pool finishes the tasks in line first")
    func closing() throws {
      let run = try RecordedRun { run in
        let pool = try ProcessPool(
          "pool", size: 2, body: PoolSizingDemo.square, arguments: ["0"], in: run)
        for number in 1...9 { _ = try pool.submit("\(number)") }
        try pool.close()
      }
      let events = try run.finish()
      #expect(violations(in: events) == [])
      #expect(events.count { $0.kind == .taskFinish } == 9)
    }

    @Test("Tasks from submit and map have consecutive numbers and their own results")
    func mixed() throws {
      let run = try RecordedRun { run in
        let pool = try ProcessPool(
          "pool", size: 2, body: PoolSizingDemo.square, arguments: ["0"], in: run)
        let first = try pool.submit("3")
        let row = try pool.map(["4", "5"])
        let last = try pool.submit("6")
        let values = [try last.result()] + row + [try first.result()]
        try run.result("values", values.joined(separator: " "))
        try run.result("who", "\(pool.worker(of: 3).map { (0...1).contains($0) } ?? false)")
        try pool.close()
      }
      let report = PoolReport(try run.finish())
      #expect(violations(in: report.events) == [])
      #expect(report.events.result("values") == "36 16 25 9")
      #expect(report.events.result("who") == "true")
      #expect(report.events.filter { $0.kind == .taskSubmit }.compactMap(\.task) == [1, 2, 3, 4])
    }

    @Test("A failed task throws when its result is asked for, and the others are done")
    func failing() throws {
      let run = try RecordedRun { run in
        let pool = try ProcessPool(
          "pool", size: 1, body: PoolSizingDemo.square, arguments: ["0"], in: run)
        let (bad, good) = (try pool.submit("x"), try pool.submit("7"))
        try run.result("good", try good.result())
        do {
          _ = try bad.result()
        } catch let exception as RaisedException {
          run.caught(exception)
        }
        try pool.close()
      }
      let report = PoolReport(try run.finish())
      #expect(report.events.last?.runOutcome == .completed)
      #expect(report.events.result("good") == "49")
      #expect(report.events.count { $0.kind == .taskFail } == 1)
      #expect(report.events.count { $0.kind == .exceptionCatch } == 1)
    }
  }
}

@Suite struct TaskSpanTests {
  @Test("A span is parsed from its text and from no other")
  func text() {
    let span = TaskSpan(start: 12, end: 70_345)
    #expect(TaskSpan(span.text) == span)
    for text in ["", "1 to 2", "1 to 2 ms", "1 – 2 µs", "2 to 1 µs", "a to 2 µs", "1 to 2 µs 3"] {
      #expect(TaskSpan(text) == nil)
    }
  }

  @Test("Spans that only touch do not overlap")
  func together() {
    let spans = [(0, 10), (10, 20), (5, 12), (11, 11)].map { TaskSpan(start: $0.0, end: $0.1) }
    #expect(TaskSpan.greatestOverlap(spans) == 2)
    #expect(TaskSpan.greatestOverlap([]) == 0)
    #expect(TaskSpan.greatestOverlap(spans + [TaskSpan(start: 6, end: 7)]) == 3)
  }
}
