public import Events

/// A range of a log's events, unpacked block by block during iteration.
public struct LoggedEvents: Sequence, IteratorProtocol, Sendable {
  private let events: PackedEvents
  /// The indices of the events that are not unpacked yet.
  private var rest: Range<Int>
  private var unpacked: [Event] = []
  private var place = 0

  init(_ events: PackedEvents, in range: Range<Int>) {
    self.events = events
    rest = range.clamped(to: 0..<events.count)
  }

  public mutating func next() -> Event? {
    if place == unpacked.count {
      guard !rest.isEmpty else { return nil }
      events.unpackBlock(from: rest.lowerBound, to: rest.upperBound, into: &unpacked)
      rest = rest.lowerBound + unpacked.count..<rest.upperBound
      place = 0
    }
    defer { place += 1 }
    return unpacked[place]
  }
}
