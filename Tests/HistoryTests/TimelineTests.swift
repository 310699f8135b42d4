import Events
import TestEvents
import TestNumbers
import Testing
import Trace

@testable import History

@Suite("The timeline")
struct TimelineTests {
  /// Lanes as letters: `.` asleep, `-` running, `#` holding, `%` waiting, `+` a task, `s` starting.
  static func draw(_ cells: [LaneCell]) -> String {
    String(
      cells.map { cell -> Character in
        switch cell {
        case .blank: " "
        case .starting: "s"
        case .asleep: "."
        case .running: "-"
        case .task: "+"
        case .waiting: "%"
        case .holding: "#"
        }
      })
  }

  @Test("A worker that sleeps during a task is shown with its task")
  func sleepingTask() {
    var script = Script(threads: "worker")
    script.task(.taskSubmit, .main, 1)
    script.at(20)
    script.task(.taskStart, Script.a, 1)
    script.wait(Script.a, .sleep)
    script.at(60)
    script.goOn(Script.a, .sleep)
    script.task(.taskFinish, Script.a, 1)
    script.wait(Script.a, .sleep)
    script.at(100)
    script.finish()
    let cells = script.timeline.lane(Script.a, from: 20_000, to: 100_000, columns: 8, now: 100_000)
      .map(\.cell)
    #expect(Self.draw(cells) == "+++++...")
  }

  @Test("Two waits in a row have different starts, and a hold tells of a short wait before it")
  func waits() {
    var script = Script(threads: "a", "b")
    script.at(20)
    script.wait(Script.a, .lock, Script.lock)
    script.at(49)
    script.goOn(Script.a, .lock, Script.lock)
    script.wait(Script.a, .lock, Script.lock)
    script.at(72)
    script.goOn(Script.a, .lock, Script.lock)
    script.at(82)
    script.wait(Script.a, .lock, Script.lock)
    script.goOn(Script.a, .lock, Script.lock)
    script.acquire(Script.a)
    script.at(100)
    script.finish()
    let lane = script.timeline.lane(Script.a, from: 20_000, to: 100_000, columns: 8)
    #expect(Self.draw(lane.map(\.cell)) == "%%%%%%##")
    #expect(lane.map(\.hasWait) == [false, false, false, false, false, false, true, false])
    #expect(lane[1].start == lane[0].start && lane[3].start > lane[1].start)
    #expect(lane[5].start == lane[3].start)
  }

  @Test("The size of a semaphore is its holders, and that of a pool its waiting tasks")
  func inside() {
    var script = Script(threads: "a", "b")
    let permits = ObjectID(6)
    script.name(permits, "permits", "semaphore")
    for (actor, left) in [(Script.a, 1), (Script.b, 0)] {
      script.add(.lockAcquire, actor, permits, numbers: [nil, Int64(left)])
    }
    script.add(.lockRelease, Script.a, permits, numbers: [nil, 1])
    for task in 1...3 { script.task(.taskSubmit, .main, Int64(task)) }
    script.task(.taskStart, Script.a, 1)
    let timeline = script.timeline
    #expect(timeline.peak(of: permits) == 2 && timeline.peak(of: Script.pool) == 3)
    let now = script.time
    let last = timeline.sizes(permits, from: now, to: now + 1, columns: 1)
    #expect(last == [1])
    #expect(timeline.sizes(Script.pool, from: now, to: now + 1, columns: 1) == [2])
  }

  @Test("Measures over time are kept with their greatest value")
  func overTime() {
    var script = Script()
    for (index, value) in [5, 90, 12].enumerated() {
      script.at(UInt64(100 + index * 10))
      script.add(
        .measure, .main, texts: ["lateness over time", "ns"], numbers: [Int64(value * 1000)])
    }
    script.add(.measure, .main, texts: ["a: wall", "ns"], numbers: [1])
    let timeline = script.timeline
    #expect(timeline.measured.map(\.name) == ["lateness"])
    #expect(timeline.measured.first?.peak == 90_000)
    let values = timeline.values(ofSeries: 0, from: 90_000, to: 130_000, columns: 4)
    #expect(values == [nil, 5_000, 90_000, 12_000])
    #expect(timeline.values(ofSeries: 1, from: 0, to: 1, columns: 1) == [])
  }

  @Test("A lane is blank before the spawn and after the end")
  func lanes() {
    let timeline = Script.adderAndRemover().timeline
    func lane(_ actor: ActorID) -> String {
      Self.draw(timeline.lane(actor, from: 0, to: 100_000, columns: 20).map(\.cell))
    }
    #expect(lane(.main) == "------------------  ")
    #expect(lane(Script.a) == " ---....####----    ")
    #expect(lane(Script.b) == "  -------%%%##----  ")
  }

  @Test("A picture has the holders of a lock and the greatest sizes of a list")
  func tracks() {
    let timeline = Script.adderAndRemover().timeline
    let holders = timeline.holders(Script.lock, from: 0, to: 100_000, columns: 10)
    #expect(
      holders.map { $0.map { String("·AB".dropFirst($0.index - 1).prefix(1)) } ?? " " }.joined()
        == "    AAB   ")
    let sizes = timeline.sizes(Script.list, from: 0, to: 100_000, columns: 10)
    #expect(sizes == [nil, nil, nil, nil, 1, 1, 1, 0, 0, 0])
  }

  @Test("A hold is visible however short it is and however long the slice")
  func shortHold() {
    var script = Script(threads: "a")
    script.at(500)
    script.acquire(Script.a)
    script.release(Script.a)
    script.amend { $0.record.time -= 1000 }
    let timeline = script.timeline
    #expect(
      timeline.spans(of: Script.a).contains {
        $0.end == $0.start && $0.cell == .holding(Script.lock)
      })
    #expect(
      Self.draw(timeline.lane(Script.a, from: 0, to: 1_000_000, columns: 10).map(\.cell))
        == "-----#----")
    #expect(
      Self.draw(timeline.lane(Script.a, from: 0, to: 1_000_000, columns: 1).map(\.cell)) == "#")
  }

  @Test("Holding comes before sleeping, and waiting before holding")
  func precedence() {
    var script = Script(threads: "a")
    script.acquire(Script.a)
    script.at(20)
    script.wait(Script.a, .sleep)
    script.at(30)
    script.goOn(Script.a, .sleep)
    script.wait(Script.a, .lock, Script.other)
    script.at(50)
    script.goOn(Script.a, .lock)
    script.release(Script.a)
    script.task(.taskSubmit, .main, 1)
    script.task(.taskStart, Script.a, 1)
    script.at(70)
    script.task(.taskFinish, Script.a, 1)
    let lane = script.timeline.lane(Script.a, from: 20_000, to: 80_000, columns: 6).map(\.cell)
    #expect(Self.draw(lane) == "##%#+-")
    #expect(lane[4] == .task(pool: Script.pool, number: 1))
  }

  @Test("A pause leaves no trace in the lanes, because the clock is stopped")
  func pause() {
    var script = Script(threads: "a")
    script.wait(Script.a, .sleep)
    script.at(20)
    script.add(.runPause, ActorID(rawValue: 0))
    script.add(.runResume, ActorID(rawValue: 0))
    // All events while the clock is stopped have the same time.
    script.amend { $0.record.time -= 1000 }
    script.at(80)
    script.goOn(Script.a, .sleep)
    let timeline = script.timeline
    #expect(
      Self.draw(timeline.lane(Script.a, from: 0, to: 80_000, columns: 8).map(\.cell)) == "-.......")
    #expect(
      Self.draw(timeline.lane(.main, from: 0, to: 80_000, columns: 8).map(\.cell)) == "--------")
  }

  @Test("A short task between two waits for tasks is visible")
  func shortTask() {
    var timeline = Timeline()
    var state = RunState()
    func add(_ kind: EventKind, at time: UInt64, _ change: (inout EventRecord) -> Void = { _ in }) {
      var event = Event(kind, seq: time + 1, time: time, actor: ActorID(2))
      change(&event.record)
      state.apply(event)
      timeline.append(event, state: state)
    }
    add(.threadStart, at: 0)
    add(.waitBegin, at: 10) { $0[0] = WaitReason.queueGet.rawValue }
    add(.waitEnd, at: 500) { $0[0] = WaitReason.queueGet.rawValue }
    for kind in [EventKind.taskStart, .taskFinish] {
      add(kind, at: kind == .taskStart ? 501 : 502) {
        $0[1] = 1
        $0[2] = 1
      }
    }
    add(.waitBegin, at: 503) { $0[0] = WaitReason.queueGet.rawValue }
    add(.output, at: 999)
    #expect(
      Self.draw(timeline.lane(ActorID(2), from: 0, to: 1_000, columns: 4).map(\.cell)) == "-%+%")
  }

  @Test("A picture is blank after now, and for unknown actors and objects")
  func edges() {
    let script = Script(threads: "a")
    let timeline = script.timeline
    func lane(_ from: UInt64, _ to: UInt64, _ columns: Int, now: UInt64 = .max) -> String {
      Self.draw(timeline.lane(Script.a, from: from, to: to, columns: columns, now: now).map(\.cell))
    }
    #expect(lane(0, 20_000, 10, now: 11_000).hasSuffix("    "))
    #expect(lane(0, 0, 3) == "   ")
    #expect(lane(0, 10, 0) == "")
    #expect(lane(0, .max, 3) == "---")
    #expect(lane(.max - 1, .max, 4) == "----")
    #expect(
      timeline.lane(ActorID(99), from: 0, to: 10, columns: 2).map(\.cell) == [.blank, .blank])
    #expect(timeline.holders(ObjectID(99), from: 0, to: 10, columns: 1) == [nil])
    #expect(timeline.sizes(ObjectID(0), from: 0, to: 10, columns: 1) == [nil])
  }

  @Test("The maximum of any range is found with its last index")
  func rangeMaximum() {
    var random = Seeded(3)
    var maximum = RangeMaximum()
    var array: [Int64] = []
    for _ in 0..<5000 {
      let value = Int64.random(in: 0...9, using: &random)
      maximum.append(value)
      array.append(value)
      guard array.count % 7 == 0 else { continue }
      let low = Int.random(in: 0..<array.count, using: &random)
      let high = Int.random(in: low...array.count, using: &random)
      let greatest = array[low..<high].max()
      let found = maximum.greatest(in: low..<high)
      #expect(found?.value == greatest)
      #expect(found?.index == array[low..<high].lastIndex { $0 == greatest })
    }
  }
}

extension Script {
  fileprivate var timeline: Timeline {
    var state = RunState()
    var timeline = Timeline()
    for event in events {
      state.apply(event)
      timeline.append(event, state: state)
    }
    return timeline
  }
}
