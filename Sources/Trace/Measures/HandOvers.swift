public import Events

/// Statistics of each lock, semaphore and condition of a run: which actors had it how often, and
/// who waited the longest. They show hand-overs that are too short to see.
public struct HandOvers: Sendable {
  /// The statistics of one object.
  public struct Record: Sendable, Equatable {
    /// The actors that acquired it, in the order of their first time.
    public internal(set) var takers: [Taker] = []
    /// Their indices in `takers`.
    var places: [ActorID: Int] = [:]
    /// The last actors that acquired it, the latest last.
    public internal(set) var recent: [ActorID] = []
    /// The largest number of holders at a time.
    public internal(set) var maxInside = 0
    /// The last depths of a reentrant lock, one after each change.
    public internal(set) var depths: [Int] = []
    /// When its holder acquired it, in nanoseconds of the run; nil while it is free.
    public internal(set) var heldSince: UInt64?
    /// The largest number of waiting actors at a time.
    public internal(set) var maxWaiting = 0
    /// How many waits for it have ended.
    public internal(set) var waits = 0
    /// The longest of these waits, or nil.
    public internal(set) var longest: EndedWait?
    /// The last waits that were stopped from outside, the latest last.
    public internal(set) var stoppedWaits: [EndedWait] = []
    /// How often it was notified.
    public internal(set) var notified = 0
    /// How often it was notified while no actor waited.
    public internal(set) var notifiedNobody = 0
    /// How many waits timed out.
    public internal(set) var timeouts = 0

    /// The statistics of an unused object.
    public init() {}
  }

  /// How often an actor acquired an object.
  public struct Taker: Sendable, Equatable {
    /// The actor.
    public let actor: ActorID
    /// How often, without the inner times of a reentrant lock.
    public internal(set) var count: Int
  }

  /// A wait that has ended.
  public struct EndedWait: Sendable, Equatable {
    /// The actor that waited.
    public let actor: ActorID
    /// How long it waited, in nanoseconds, pauses excluded.
    public let waited: Int64
  }

  private var records: [Record] = []
  static let maxRecent = 64
  static let maxStoppedWaits = 16

  /// The statistics of an object, or nil if it has none.
  public subscript(object: ObjectID) -> Record? {
    object.index >= 1 && object.index <= records.count ? records[object.index - 1] : nil
  }

  /// About how many bytes a copy takes.
  var ownBytes: Int {
    records.indices.reduce(records.count * MemoryLayout<Record>.stride) { bytes, index in
      bytes + records[index].takers.count * 3 * MemoryLayout<Taker>.stride
    }
  }

  /// Folds the next event.
  /// - Parameter state: the state after it.
  mutating func note(_ event: Event, state: RunState) {
    switch event.kind {
    case .lockAcquire, .lockRelease, .conditionNotify, .waitBegin, .waitEnd: break
    default: return
    }
    guard let index = state.place(ofObject: event.record.object) else { return }
    while records.count <= index { records.append(Record()) }
    switch event.kind {
    case .lockAcquire:
      noteDepth(event, index)
      records[index].maxInside = max(records[index].maxInside, state.objects[index].lock.inside)
      guard (event.depth ?? 1) <= 1 else { return }
      records[index].heldSince = event.time
      take(event.actor, index)
    case .lockRelease:
      noteDepth(event, index)
      if state.objects[index].lock.holder == nil { records[index].heldSince = nil }
    case .waitBegin:
      records[index].maxWaiting = max(records[index].maxWaiting, state.objects[index].waiting)
    case .conditionNotify:
      records[index].notified += 1
      if state.objects[index].listening == 0 { records[index].notifiedNobody += 1 }
    default: endWait(event, index)
    }
  }

  private mutating func take(_ actor: ActorID, _ index: Int) {
    if let place = records[index].places[actor] {
      records[index].takers[place].count += 1
    } else {
      records[index].places[actor] = records[index].takers.count
      records[index].takers.append(Taker(actor: actor, count: 1))
    }
    if records[index].recent.count == Self.maxRecent { records[index].recent.removeFirst() }
    records[index].recent.append(actor)
  }

  private mutating func noteDepth(_ event: Event, _ index: Int) {
    guard let depth = event.depth else { return }
    if records[index].depths.count == Self.maxRecent { records[index].depths.removeFirst() }
    records[index].depths.append(depth)
  }

  private mutating func endWait(_ event: Event, _ index: Int) {
    let waited = max(0, event.waited ?? 0)
    guard event.waitOutcome != .stopped else {
      if records[index].stoppedWaits.count == Self.maxStoppedWaits {
        records[index].stoppedWaits.removeFirst()
      }
      records[index].stoppedWaits.append(EndedWait(actor: event.actor, waited: waited))
      return
    }
    records[index].waits += 1
    if event.waitOutcome == .timeout { records[index].timeouts += 1 }
    guard waited > records[index].longest?.waited ?? -1 else { return }
    records[index].longest = EndedWait(actor: event.actor, waited: waited)
  }
}
