/// All events of a run in their order, with what follows from any first part of them.
///
/// Append-only. About 64 bytes an event; texts stand beside. A position is a number of events:
/// `fold(at: 3)` is what follows from the first three.
public struct EventLog: Sendable {
  private var records = ChunkedDeque<EventRecord>(shift: 12)
  private var texts = TextTable()
  private var checkpoints = Checkpoints()
  /// What follows from all events.
  public private(set) var head = RunFold()
  /// The positions of what a person reads: indices of events, in order.
  public private(set) var outputs: [Int] = []
  /// The indices, from 0, of the events that tell a result, in order.
  public private(set) var results: [Int] = []
  /// The indices, from 0, of the events that tell a measured value, in order.
  public private(set) var measures: [Int] = []
  /// The indices, from 0, of the events in which an exception is raised or caught, in order.
  public private(set) var exceptions: [Int] = []

  /// A log of a run of which nothing has happened yet.
  public init() {}

  /// How many events the log holds, which is also its last position.
  public var count: Int { records.count }
  /// Whether nothing has happened yet.
  public var isEmpty: Bool { records.isEmpty }
  /// What is true after the last event.
  public var state: RunState { head.state }
  /// How many events could not be kept.
  public var lost: Int { state.lost }

  /// The event at an index from 0.
  public subscript(index: Int) -> Event {
    Event(record: records[index], texts: texts[index])
  }

  /// The numbers of an event without its texts: cheaper where kind, actor and time will do.
  public func record(at index: Int) -> EventRecord { records[index] }

  /// Adds the next event and folds it into the state; amortised constant time.
  public mutating func append(_ event: Event) {
    let index = records.count
    checkpoints.offer(head, at: index)
    records.append(event.record)
    if !event.texts.isEmpty { texts.append(event.texts, at: index) }
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
  /// nearest checkpoint before.
  public func fold(at position: Int) -> RunFold {
    if position >= count { return head }
    var (start, fold) = checkpoints.nearest(to: max(0, position))
    while start < position {
      fold.apply(self[start])
      start += 1
    }
    return fold
  }

  /// Those of a list of indices that are among the first `position` events. O(log n).
  public static func indices(_ indices: [Int], before position: Int) -> ArraySlice<Int> {
    var low = 0
    var high = indices.count
    while low < high {
      let middle = (low + high) / 2
      if indices[middle] < position { low = middle + 1 } else { high = middle }
    }
    return indices[..<low]
  }

  /// How many events had happened by a time, in nanoseconds of the run. O(log n).
  public func position(at time: UInt64) -> Int {
    records.partition { $0.time <= time }
  }

  /// The index of the event with a number, or of the first after it. O(log n).
  public func index(of seq: UInt64) -> Int {
    records.partition { $0.seq < seq }
  }
}
