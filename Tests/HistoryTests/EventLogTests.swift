import Events
import TestEvents
import TestNumbers
import Testing
import Trace

@testable import History

@Suite("The log of a run")
struct EventLogTests {
  /// Threads that append, take, lock and print, for a long time.
  static func longRun(_ count: Int) -> [Event] {
    var script = Script(threads: "a", "b")
    var list: [Int] = []
    var random = Seeded(1)
    while script.events.count < count {
      let actor = Bool.random(using: &random) ? Script.a : Script.b
      script.acquire(actor)
      if Int.random(in: 0..<5, using: &random) < 3 || list.isEmpty {
        list.append(script.events.count)
        script.append(actor, "\(script.events.count)", size: Int64(list.count))
      } else {
        script.remove(actor, "\(list.removeFirst())", size: Int64(list.count))
      }
      if script.events.count % 50 == 0 { script.add(.output, actor, texts: ["\(list.count)\n"]) }
      if script.events.count % 70 == 0 {
        script.add(.measure, actor, texts: ["time", "ns"], value: "1")
      }
      script.release(actor)
    }
    return script.events
  }

  @Test("gives back every event as it came, with its texts")
  func events() {
    var log = EventLog()
    let events = Self.longRun(6000)
    for event in events { log.append(event) }
    #expect(log.count == events.count)
    #expect(events.indices.allSatisfy { log[$0] == events[$0] })
  }

  @Test("knows the state at any position as if it had folded all from the start")
  func checkpoints() {
    var log = EventLog()
    let events = Self.longRun(10_000)
    for event in events { log.append(event) }
    var state = RunState()
    for position in 0...events.count {
      if position % 977 == 0 || (4094...4098).contains(position) || position == events.count {
        #expect(log.state(at: position) == state)
      }
      if position < events.count { state.apply(events[position]) }
    }
    #expect(log.state(at: -1) == RunState())
    #expect(log.state(at: .max) == log.state)
    #expect(log.state.noted == [])
  }

  @Test("keeps few checkpoints, however long the run or how many take part")
  func thinning() {
    var few = Checkpoints()
    var fold = RunFold()
    for index in stride(from: 0, to: 5000 * 4096, by: 4096) { few.offer(fold, at: index) }
    #expect(few.kept.count <= Checkpoints.greatestCount)
    #expect(few.interval == 4 * 4096)
    for number in 1...2000 { fold.apply(Event(.line, actor: ActorID(number))) }
    var many = Checkpoints()
    for index in stride(from: 0, to: 300 * 4096, by: 4096) { many.offer(fold, at: index) }
    #expect(many.kept.reduce(0) { $0 + $1.weight } <= Checkpoints.freeWeight)
    let checkpoint = many.nearest(to: 5 * many.interval + 1)
    #expect(checkpoint?.position == 5 * many.interval)
    #expect(Checkpoints().nearest(to: 3) == nil)
  }

  @Test("counts of a checkpoint what it does not share with the one before")
  func weight() {
    var fold = RunFold()
    let empty = Checkpoint(fold, at: 0, after: nil)
    let start = Script(threads: "a").events
    for event in start { fold.apply(event) }
    for number in 0..<2000 {
      var event = Event(.measure, texts: ["one: wall", "ns"])
      event.record[0] = Int64(number)
      fold.apply(event)
    }
    let measured = Checkpoint(fold, at: 1, after: empty)
    #expect(measured.weight > empty.weight + 8 * 2000)
    fold.apply(Event(.line))
    let next = Checkpoint(fold, at: 2, after: measured)
    #expect(next.weight < measured.weight - 8 * 2000)
  }

  @Test("slices what is read at a position, and finds positions by time and number")
  func slices() {
    var log = EventLog()
    var script = Script(threads: "a")
    script.add(.output, Script.a, texts: ["one"])
    let first = script.events.count
    script.add(.result, Script.a, texts: ["sum"], value: "5")
    script.add(.output, Script.a, texts: ["two"])
    script.add(.exceptionRaise, Script.a, texts: ["E", "m"])
    for event in script.events { log.append(event) }
    #expect(log.outputs.count == 2)
    #expect(log.results.map { log[$0].value } == ["5"])
    #expect(log.exceptions.count == 1)
    #expect(Array(EventLog.indices(log.outputs, before: first)) == [first - 1])
    #expect(EventLog.indices(log.outputs, before: 0).isEmpty)
    #expect(log.position(at: script.events[2].time) == 3)
    #expect(log.position(at: 0) == 0)
    #expect(log.index(of: 4) == 3)
    #expect(log.index(of: 4000) == log.count)
  }
}
