import Events
import Platform
import Rings

/// The time to record one event, compared with reading the clock once.
enum Recording {
  private static let batch = 4000
  private static let batches = 200

  static func row() -> Row {
    guard let memory = try? RunMemory(), let slot = memory.claimSlot(for: .main) else {
      return Row(
        name: "one recorded event", figure: "no memory", peer: "", ratio: nil, aim: "1.5")
    }
    memory.begin()
    var writer = RingWriter(memory: memory, slot: slot.index, actor: .main)
    var drain = RingDrain(memory: memory)
    var recorded: [Double] = []
    var read: [Double] = []
    var sum: UInt64 = 0
    var events: [Event] = []
    for _ in 0..<batches {
      let started = MonotonicClock.now()
      for number in 0..<batch {
        var event = EventRecord(.listAppend, object: ObjectID(1))
        event[0] = Int64(number)
        event[1] = 1
        writer.record(event)
      }
      let between = MonotonicClock.now()
      for _ in 0..<batch { sum &+= MonotonicClock.now() }
      let ended = MonotonicClock.now()
      recorded.append(Double(between - started) / Double(batch))
      read.append(Double(ended - between) / Double(batch))
      events.removeAll(keepingCapacity: true)
      drain.collect(into: &events)
    }
    precondition(sum != 0 && events.count == batch, "no event was lost")
    return Row(
      name: "one recorded event", figure: "\(Row.number(recorded.median)) ns",
      peer: "clock_gettime, \(Row.number(read.median)) ns", ratio: recorded.median / read.median,
      aim: "at most 1.5")
  }
}
