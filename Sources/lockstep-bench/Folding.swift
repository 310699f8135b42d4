import Events
import Platform
import Trace

/// The rate of folding events into the state of a run, compared with reading the clock.
enum Folding {
  private static let rounds = 100_000

  static func row() -> Row {
    let events = script()
    var rates: [Double] = []
    var clocks: [Double] = []
    for _ in 0..<5 {
      var state = RunState()
      let started = MonotonicClock.now()
      for event in events { state.apply(event) }
      let between = MonotonicClock.now()
      var sum: UInt64 = 0
      for _ in events { sum &+= MonotonicClock.now() }
      let ended = MonotonicClock.now()
      precondition(sum != 0, "the clock was read")
      rates.append(Double(events.count) / Double(between - started) * 1000)
      clocks.append(Double(events.count) / Double(ended - between) * 1000)
    }
    return Row(
      name: "events folded", figure: "\(Row.number(rates.median)) million/s",
      peer: "clock_gettime, \(Row.number(clocks.median)) M/s",
      ratio: rates.median / clocks.median, aim: "5 million/s")
  }

  /// A million events of two threads that take turns with a lock and a list.
  private static func script() -> [Event] {
    var events: [Event] = []
    var seq: UInt64 = 0
    func add(_ kind: EventKind, _ actor: Int, _ object: Int, _ numbers: [Int64?] = []) {
      seq += 1
      var event = Event(
        kind, seq: seq, time: seq * 1000, pid: 1, tid: Int32(actor), actor: ActorID(actor),
        object: object == 0 ? nil : ObjectID(object))
      for (slot, number) in numbers.enumerated() { event.record[slot] = number }
      events.append(event)
    }
    for actor in 1...3 { add(.threadStart, actor, 0) }
    for round in 0..<rounds {
      add(.lockAcquire, 2, 2)
      add(.listAppend, 2, 1, [Int64(round), 1])
      add(.lockRelease, 2, 2)
      add(.waitBegin, 2, 0, [WaitReason.sleep.rawValue, Int64(seq)])
      add(.waitEnd, 2, 0, [WaitReason.sleep.rawValue, WaitOutcome.got.rawValue, 1])
      add(.lockAcquire, 3, 2)
      add(.listRemove, 3, 1, [Int64(round), 0])
      add(.lockRelease, 3, 2)
      add(.waitBegin, 3, 0, [WaitReason.sleep.rawValue, Int64(seq)])
      add(.waitEnd, 3, 0, [WaitReason.sleep.rawValue, WaitOutcome.got.rawValue, 1])
    }
    return events
  }
}
