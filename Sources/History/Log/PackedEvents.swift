import Events
import Trace

/// A growing row of events that takes little memory and is cheap to copy: packed blocks, which
/// copies share, and the last events as they came.
struct PackedEvents: Sendable {
  private var blocks = ChunkedDeque<PackedBlock>(shift: 8)
  /// Fewer than a block has.
  private var rest: [Event] = []
  /// What lies before the rest.
  private var before = PackedBlock.Mark()
  private var last = PackedBlock.Mark()

  var count: Int { blocks.count * PackedBlock.count + rest.count }

  /// Amortised constant time; after a copy was made, at most a block and what points to its
  /// neighbours is copied.
  mutating func append(_ event: Event) {
    rest.append(event)
    last.pass(event.record)
    guard rest.count == PackedBlock.count else { return }
    blocks.append(PackedBlock(rest, after: before))
    rest.removeAll(keepingCapacity: true)
    before = last
  }

  subscript(index: Int) -> Event {
    let (block, place) = index.quotientAndRemainder(dividingBy: PackedBlock.count)
    return block < blocks.count ? blocks[block].event(at: place) : rest[place]
  }

  func record(at index: Int) -> EventRecord {
    let (block, place) = index.quotientAndRemainder(dividingBy: PackedBlock.count)
    return block < blocks.count ? blocks[block].record(at: place) : rest[place].record
  }

  /// Replaces the row by the events from `index` to the end of its block, but none from `end` on.
  func unpackBlock(from index: Int, to end: Int, into events: inout [Event]) {
    events.removeAll(keepingCapacity: true)
    let (block, place) = index.quotientAndRemainder(dividingBy: PackedBlock.count)
    let places = place..<min(PackedBlock.count, place + end - index)
    if block < blocks.count {
      blocks[block].unpack(places, into: &events)
    } else {
      events.append(contentsOf: rest[places])
    }
  }

  /// The index of the first event later than a time; `count` where none is. O(log n).
  func index(after time: UInt64) -> Int {
    first(in: blocks.partition { $0.before.time <= time }) { $0.time > time }
  }

  /// The index of the first event with a number of at least `seq`; `count` where none has.
  /// O(log n).
  func index(of seq: UInt64) -> Int {
    first(in: blocks.partition { $0.before.seq < seq }) { $0.seq >= seq }
  }

  /// - Parameter end: how many blocks there are before whose first event none satisfies the
  ///   condition; so the last of them has the first that does, or else what follows it.
  private func first(in end: Int, where condition: (EventRecord) -> Bool) -> Int {
    guard end > 0 else { return blocks.count == 0 ? place(where: condition) : 0 }
    let place = blocks[end - 1].firstPlace(where: condition)
    return place < PackedBlock.count
      ? (end - 1) * PackedBlock.count + place : self.place(where: condition)
  }

  /// The same among the last events, which are in no block yet.
  private func place(where condition: (EventRecord) -> Bool) -> Int {
    blocks.count * PackedBlock.count
      + (rest.firstIndex { condition($0.record) } ?? rest.count)
  }
}
