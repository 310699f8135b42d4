public import Events
public import Trace

/// All events of a run in order, and the fold of any first part of them.
///
/// Append-only, with about 14 bytes for an event and its texts. A position is a number of events:
/// `fold(at: 3)` is the fold of the first three.
public struct EventLog: Sendable {
  private var events = PackedEvents()
  private var checkpoints = Checkpoints()
  private var cache = FoldCache()
  /// The fold of all events.
  public private(set) var head = RunFold()
  /// The indices of the events with a result, in order.
  public private(set) var results = EventIndices()

  /// Creates an empty log.
  public init() {}

  /// How many events the log has, which is also its last position.
  public var count: Int { events.count }
  /// Whether the log has no events.
  public var isEmpty: Bool { events.count == 0 }
  /// The state after the last event.
  public var state: RunState { head.state }
  /// How many events were lost.
  public var lost: Int { head.state.lost }

  /// The event at an index. O(1), about a microsecond; `events(in:)` is quicker for many events.
  public subscript(index: Int) -> Event { events[index] }

  /// The record of an event, cheaper than the event with its texts.
  public func record(at index: Int) -> EventRecord { events.record(at: index) }

  /// The events of a range of indices, cut to the existing ones, in order.
  public func events(in range: Range<Int>) -> LoggedEvents { LoggedEvents(events, in: range) }

  /// Appends and folds the next event, in amortised constant time.
  public mutating func append(_ event: Event) {
    let index = events.count
    checkpoints.offer(head, at: index)
    if !isKnownUniquelyReferenced(&cache) { cache = FoldCache(copying: cache) }
    events.append(event)
    if event.kind == .result { results.append(index) }
    head.apply(event)
  }

  /// The state after the first `position` events, or after all if there are fewer.
  public func state(at position: Int) -> RunState { fold(at: position).state }

  /// The fold of the first `position` events, or of all if there are fewer. Continues from the
  /// nearest checkpoint, or from a recently requested position nearby.
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
      let isWorthKeeping = index - start.position >= FoldCache.minDistance
      if index % FoldCache.spacing == 0 || index == position && isWorthKeeping {
        cache.keep(Checkpoint(fold, at: index, after: start))
      }
    }
    return fold
  }

  /// The checkpoint from which `fold(at:)` continues, or nil in an empty log.
  func nearest(to position: Int) -> Checkpoint? {
    guard let checkpoint = checkpoints.nearest(to: position) else { return nil }
    guard let cached = cache.nearest(to: position), cached.position > checkpoint.position else {
      return checkpoint
    }
    return cached
  }

  /// The part of a list of indices that is among the first `position` events. O(log n).
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

  /// The number of events before the first one later than a time in nanoseconds of the run. O(log
  /// n).
  public func position(at time: UInt64) -> Int { events.index(after: time) }

  /// The index of the event with a number, or of the first one with a greater number. O(log n).
  public func index(of seq: UInt64) -> Int { events.index(of: seq) }
}
