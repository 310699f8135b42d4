import Events
import TestEvents
import TestNumbers
import Testing

@testable import History

@Suite("Packed events")
struct PackedEventsTests {
  /// Random events of all kinds, including impossible ones.
  static func anything(_ count: Int, seed: UInt64) -> [Event] {
    var random = RandomEvents(seed: seed)
    var numbers = Seeded(seed)
    return (0..<count).map { _ in
      var event = random.event(EventKind.allCases.randomElement(using: &numbers) ?? .line)
      switch Int.random(in: 0..<20, using: &numbers) {
      case 0: event.record.presence = .random(in: 0...(.max), using: &numbers)
      case 1: event.record.numbers = (.min, .max, -1)
      case 2: event.record.kind = .random(in: 0...(.max), using: &numbers)
      case 3: event.texts = (0..<5).map { _ in random.text() }
      case 4: event.record.seq = .max
      case 5: event.record.time = 0
      case 6: event.texts = [String(repeating: "漢", count: 5000)]
      default: break
      }
      return event
    }
  }

  static func packed(_ events: [Event]) -> PackedEvents {
    var packed = PackedEvents()
    for event in events { packed.append(event) }
    return packed
  }

  @Test("Any event comes back unchanged", arguments: 1...8)
  func roundTrip(seed: UInt64) {
    let events = Self.anything(300 + Int(seed), seed: seed)
    let packed = Self.packed(events)
    #expect(packed.count == events.count)
    for (index, event) in events.enumerated() {
      #expect(packed[index] == event)
      #expect(packed[index].texts.map { Array($0.utf8) } == event.texts.map { Array($0.utf8) })
      #expect(packed.record(at: index) == event.record)
    }
  }

  @Test("Extreme numbers come back unchanged, also with 64 recorders in a block")
  func extremes() {
    var events: [Event] = []
    for presence in UInt8.min...(.max) {
      var event = Event(.waitBegin, seq: UInt64(presence), time: .max)
      event.record.presence = presence
      event.record.numbers = (.min, .max, presence % 2 == 0 ? 0 : 1)
      event.record.pid = presence % 2 == 0 ? .min : .max
      event.record.tid = presence % 2 == 0 ? .max : .min
      event.record.actor = .max - UInt32(presence)
      event.record.object = .max
      event.record.line = .max
      event.record.seq = presence % 2 == 0 ? .max : 0
      events.append(event)
    }
    let packed = Self.packed(events)
    for (index, event) in events.enumerated() { #expect(packed[index] == event) }
  }

  @Test("Any range is in order, and is cut to the existing events")
  func ranges() {
    let events = Self.anything(500, seed: 7)
    let packed = Self.packed(events)
    var random = Seeded(7)
    for _ in 0..<200 {
      let low = Int.random(in: 0...500, using: &random)
      let high = Int.random(in: low...500, using: &random)
      #expect(Array(LoggedEvents(packed, in: low..<high)) == Array(events[low..<high]))
    }
    #expect(Array(LoggedEvents(packed, in: 490..<900)) == Array(events[490...]))
    #expect(Array(LoggedEvents(packed, in: 700..<900)).isEmpty)
    #expect(Array(LoggedEvents(PackedEvents(), in: 0..<1)).isEmpty)
  }

  @Test("A copy and its original do not affect each other")
  func copies() {
    let events = Self.anything(200, seed: 9)
    for kept in [0, 1, 63, 64, 65, 130] {
      let row = Self.packed(Array(events[..<kept]))
      var longer = row
      var other = row
      for event in events[kept...] { longer.append(event) }
      for event in events[kept...].reversed() { other.append(event) }
      #expect(Array(LoggedEvents(row, in: 0..<300)) == Array(events[..<kept]))
      #expect(Array(LoggedEvents(longer, in: 0..<300)) == events)
      #expect(
        Array(LoggedEvents(other, in: 0..<300)) == events[..<kept] + events[kept...].reversed())
    }
  }

  @Test("Events are found by time and by number")
  func search() {
    for count in [0, 1, 63, 64, 65, 128, 1000] {
      var random = Seeded(UInt64(count))
      var time: Int = 100
      // Threads stamp events a moment after they happen, so times are not quite in order.
      let events = (0..<count).map { index in
        time += Int.random(in: 0...20, using: &random)
        let late = time - Int.random(in: 0...30, using: &random)
        return Event(.line, seq: UInt64(index * 2 + 3), time: UInt64(late))
      }
      let packed = Self.packed(events)
      for _ in 0..<100 {
        let asked = UInt64.random(in: 0...UInt64(time + 10), using: &random)
        let later = events.firstIndex { $0.time > asked } ?? count
        #expect(packed.index(after: asked) == later)
        let seq = UInt64.random(in: 0...UInt64(count * 2 + 5), using: &random)
        let found = events.firstIndex { $0.seq >= seq } ?? count
        #expect(packed.index(of: seq) == found)
      }
      #expect(packed.index(of: 0) == 0)
      #expect(packed.index(after: .max) == count)
    }
  }

  @Test("A typical event takes at most 15 bytes")
  func size() {
    let events = EventLogTests.longRun(6400)
    let bytes = stride(from: 0, to: 6400, by: PackedBlock.count).reduce(0) { sum, start in
      let before = PackedBlock.Mark(
        seq: events[start].seq - 1, time: events[start].time - 1)
      return sum
        + PackedBlock(Array(events[start..<start + PackedBlock.count]), after: before).bytes.count
    }
    #expect(bytes / events.count <= 15)
  }
}
