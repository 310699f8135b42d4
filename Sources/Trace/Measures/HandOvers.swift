public import Events

/// Who had each lock, semaphore and condition of a run how often, and who waited for it the longest:
/// what is left to see of hand-overs that took microseconds.
public struct HandOvers: Sendable {
  /// What has happened to one object so far.
  public struct Record: Sendable, Equatable {
    /// Who acquired it and how often, in the order of their first time.
    public internal(set) var takers: [Taker] = []
    /// Where each of them stands among all.
    var places: [ActorID: Int] = [:]
    /// Who acquired it last, the latest last; of many the last ones.
    public internal(set) var recent: [ActorID] = []
    /// How many had it at once at most.
    public internal(set) var mostInside = 0
    /// Of a reentrant lock how often its holder had it after each change; of many the last ones.
    public internal(set) var depths: [Int] = []
    /// Since when its last holder has had it, in nanoseconds of the run; nil while it is free.
    public internal(set) var heldSince: UInt64?
    /// How many waited for it at once at most.
    public internal(set) var mostWaiting = 0
    /// How many waits for it are over.
    public internal(set) var waits = 0
    /// The longest of them.
    public internal(set) var longest: EndedWait?
    /// Waits that were ended from outside, the latest last; of many the last ones.
    public internal(set) var letGo: [EndedWait] = []
    /// How often it was notified, and how often while nobody waited.
    public internal(set) var notified = 0
    public internal(set) var notifiedNobody = 0
    /// How many waits ended because their time was over.
    public internal(set) var timeouts = 0

    /// What is known of something to which nothing has happened.
    public init() {}
  }

  /// How often an actor acquired something.
  public struct Taker: Sendable, Equatable {
    /// Who it was.
    public let actor: ActorID
    /// How often, a holder's further times of a reentrant lock not counted.
    public internal(set) var count: Int
  }

  /// A wait that is over.
  public struct EndedWait: Sendable, Equatable {
    /// Who waited.
    public let actor: ActorID
    /// Nanoseconds, pauses excluded.
    public let waited: Int64
  }

  private var records: [Record] = []
  static let keptRecent = 64
  static let keptLetGo = 16

  /// What is known before a run's first event.
  public init() {}

  /// What has happened to an object; nil where nothing has that is counted here.
  public subscript(object: ObjectID) -> Record? {
    object.index >= 1 && object.index <= records.count ? records[object.index - 1] : nil
  }

  /// About how many bytes a copy takes for itself.
  var ownBytes: Int {
    records.indices.reduce(records.count * MemoryLayout<Record>.stride) { bytes, index in
      bytes + records[index].takers.count * 3 * MemoryLayout<Taker>.stride
    }
  }

  /// Goes on by one event.
  /// - Parameter state: what is true after it.
  public mutating func note(_ event: Event, state: RunState) {
    switch event.kind {
    case .lockAcquire, .lockRelease, .conditionNotify, .waitBegin, .waitEnd: break
    default: return
    }
    guard let index = state.place(ofObject: event.record.object) else { return }
    while records.count <= index { records.append(Record()) }
    switch event.kind {
    case .lockAcquire:
      noteDepth(event, index)
      records[index].mostInside = max(records[index].mostInside, state.objects[index].lock.inside)
      guard (event.depth ?? 1) <= 1 else { return }
      records[index].heldSince = event.time
      take(event.actor, index)
    case .lockRelease:
      noteDepth(event, index)
      if state.objects[index].lock.holder == nil { records[index].heldSince = nil }
    case .waitBegin:
      records[index].mostWaiting = max(records[index].mostWaiting, state.objects[index].waiting)
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
    if records[index].recent.count == Self.keptRecent { records[index].recent.removeFirst() }
    records[index].recent.append(actor)
  }

  private mutating func noteDepth(_ event: Event, _ index: Int) {
    guard let depth = event.depth else { return }
    if records[index].depths.count == Self.keptRecent { records[index].depths.removeFirst() }
    records[index].depths.append(depth)
  }

  private mutating func endWait(_ event: Event, _ index: Int) {
    let waited = max(0, event.waited ?? 0)
    guard event.waitOutcome != .stopped else {
      if records[index].letGo.count == Self.keptLetGo { records[index].letGo.removeFirst() }
      records[index].letGo.append(EndedWait(actor: event.actor, waited: waited))
      return
    }
    records[index].waits += 1
    if event.waitOutcome == .timeout { records[index].timeouts += 1 }
    guard waited > records[index].longest?.waited ?? -1 else { return }
    records[index].longest = EndedWait(actor: event.actor, waited: waited)
  }
}
