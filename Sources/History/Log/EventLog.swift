public import Events
public import Trace

/// All events of a run in their order, with what follows from any first part of them.
///
/// Append-only. About 14 bytes an event, texts included where they are few. A position is a number
/// of events: `fold(at: 3)` is what follows from the first three.
public struct EventLog: Sendable {
  private var events = PackedEvents()
  private var checkpoints = Checkpoints()
  private var cache = FoldCache()
  /// What follows from all events.
  public private(set) var head = RunFold()
  /// The positions of what a person reads: indices of events, in order.
  public private(set) var outputs = EventIndices()
  /// The indices, from 0, of the events that tell a result, in order.
  public private(set) var results = EventIndices()
  /// The indices, from 0, of the events that tell a measured value, in order.
  public private(set) var measures = EventIndices()
  /// The indices, from 0, of the events in which an exception is raised or caught, in order.
  public private(set) var exceptions = EventIndices()

  /// A log of a run of which nothing has happened yet.
  public init() {}

  /// How many events the log holds, which is also its last position.
  public var count: Int { events.count }
  /// Whether nothing has happened yet.
  public var isEmpty: Bool { events.count == 0 }
  /// What is true after the last event.
  public var state: RunState { head.state }
  /// How many events could not be kept.
  public var lost: Int { head.state.lost }

  /// The event at an index from 0, unpacked alone: O(1), about a microsecond. To go through many,
  /// take `events(in:)`.
  public subscript(index: Int) -> Event { events[index] }

  /// The numbers of an event without its texts: cheaper where kind, actor and time will do.
  public func record(at index: Int) -> EventRecord { events.record(at: index) }

  /// The events of a range of indices, cut to what there is, in order.
  public func events(in range: Range<Int>) -> LoggedEvents { LoggedEvents(events, in: range) }

  /// Adds the next event and folds it into the state; amortised constant time.
  public mutating func append(_ event: Event) {
    let index = events.count
    checkpoints.offer(head, at: index)
    if !isKnownUniquelyReferenced(&cache) { cache = FoldCache(copying: cache) }
    events.append(event)
    switch event.kind {
    case .output: outputs.append(index)
    case .result: results.append(index)
    case .measure: measures.append(index)
    case .exceptionRaise, .exceptionCatch: exceptions.append(index)
    default: break
    }
    head.apply(event)
  }

  /// What was true after the first `position` events, cut to what there is.
  public func state(at position: Int) -> RunState { fold(at: position).state }

  /// What follows from the first `position` events, cut to what there is. Folds on from the
  /// nearest checkpoint before, or from a position near by that was asked for lately.
  public func fold(at position: Int) -> RunFold {
    if position >= count { return head }
    let position = max(0, position)
    guard let start = nearest(to: position) else { return RunFold() }
    guard start.position < position else { return start.fold }
    var fold = start.fold
    var index = start.position
    for event in events(in: index..<position) {
      fold.apply(event)
      index += 1
      let isWorthIt = index - start.position >= FoldCache.leastDistance
      if index % FoldCache.spacing == 0 || index == position && isWorthIt {
        cache.keep(Checkpoint(fold, at: index, after: start))
      }
    }
    return fold
  }

  /// Where `fold(at:)` begins to fold; nil in an empty log.
  func nearest(to position: Int) -> Checkpoint? {
    guard let checkpoint = checkpoints.nearest(to: position) else { return nil }
    guard let asked = cache.nearest(to: position), asked.position > checkpoint.position else {
      return checkpoint
    }
    return asked
  }

  /// Those of a list of indices that are among the first `position` events. O(log n).
  public static func indices<Indices: RandomAccessCollection<Int>>(
    _ indices: Indices, before position: Int
  ) -> Indices.SubSequence where Indices.Index == Int {
    var low = indices.startIndex
    var high = indices.endIndex
    while low < high {
      let middle = (low + high) / 2
      if indices[middle] < position { low = middle + 1 } else { high = middle }
    }
    return indices[..<low]
  }

  /// How many events had happened by a time, in nanoseconds of the run: those before the first
  /// later one. O(log n).
  public func position(at time: UInt64) -> Int { events.index(after: time) }

  /// The index of the event with a number, or of the first with a greater one. O(log n).
  public func index(of seq: UInt64) -> Int { events.index(of: seq) }
}
