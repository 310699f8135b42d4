public import Events

/// Some events of a log in their order, unpacked on the way: what to go through many with.
public struct LoggedEvents: Sequence, IteratorProtocol, Sendable {
  private let events: PackedEvents
  /// The indices of what is not unpacked yet.
  private var rest: Range<Int>
  private var unpacked: [Event] = []
  private var place = 0

  init(_ events: PackedEvents, in range: Range<Int>) {
    self.events = events
    rest = range.clamped(to: 0..<events.count)
  }

  /// How many are still to come.
  public var underestimatedCount: Int { rest.count + unpacked.count - place }

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
