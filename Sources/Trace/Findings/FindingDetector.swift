public import Events

/// Folds a run's events into its state and the findings that they prove: deadlocks, waits for
/// actors that have ended, abandoned locks, starvation and lost updates.
///
/// A pure fold, so that a live run and its replay have the same findings. Each finding is reported
/// once, with the event that makes it certain. A wait with a deadline is not part of a deadlock.
public struct FindingDetector: Sendable {
  /// The run's state after the events so far.
  public internal(set) var state = RunState()
  private var reportedCycles: Set<[ActorID]> = []
  private var reportedWaits: Set<EndedWait> = []
  private var updates = UpdateWatch()
  private var starving = StarvationWatch()

  private struct EndedWait: Hashable {
    let actor: ActorID
    let object: ObjectID
    let holder: ActorID
  }

  /// Creates a detector before the run's first event.
  public init() {}

  /// Folds the next event.
  /// - Returns: the findings that this event makes certain.
  public mutating func apply(_ event: Event) -> [Finding] {
    state.apply(event)
    let kinds: [Finding.Kind]
    switch event.kind {
    case .waitBegin:
      starving.begin(event, state)
      kinds = cycle(event) + endedHolder(event)
    case .waitEnd:
      starving.end(event)
      return []
    case .lockAcquire: kinds = starving.acquired(event).map { .starvation($0) }
    case .threadExit, .processExit:
      starving.end(event)
      kinds = leftWaiting(event)
    case .variableRead:
      updates.read(event)
      return []
    case .variableWrite:
      guard let lost = updates.write(event) else { return [] }
      kinds = [.lostUpdate(lost)]
    default: return []
    }
    return kinds.map { Finding($0, at: event, state: state) }
  }

  /// The longest cycle that is found. A run has fewer actors at a time; a damaged recording
  /// may have a chain of waits as long as the recording.
  static let longestCycle = 512

  /// Follows the waits from the actor that has just begun one. A cycle leads back to it.
  private mutating func cycle(_ event: Event) -> [Finding.Kind] {
    guard let links = Self.cycle(through: event.actor, state),
      reportedCycles.insert(links.map(\.actor).sorted()).inserted
    else { return [] }
    let since = links.compactMap { state.wait(of: $0.actor)?.since }.max() ?? event.time
    return [.deadlock(cycle: links, since: since)]
  }

  private static func cycle(through first: ActorID, _ state: RunState) -> [Finding.Link]? {
    // Most chains are not cycles, so links are only made for those that are.
    guard let length = cycleLength(through: first, state) else { return nil }
    var links: [Finding.Link] = []
    var actor = first
    while links.count < length, let link = endlessLink(from: actor, state) {
      links.append(link)
      actor = link.holder
    }
    return links
  }

  private static func cycleLength(through first: ActorID, _ state: RunState) -> Int? {
    var actor = first
    for length in 1...longestCycle {
      guard let link = endlessLink(from: actor, state) else { return nil }
      actor = link.holder
      if actor == first { return length }
    }
    return nil
  }

  /// The actor and the object that an actor waits for without a deadline, or nil.
  static func endlessLink(from actor: ActorID, _ state: RunState) -> Finding.Link? {
    guard let wait = state.wait(of: actor), wait.until == nil else { return nil }
    if let awaited = wait.awaited {
      return Finding.Link(actor: actor, object: nil, holder: awaited)
    }
    guard wait.reason == .lock, let id = wait.object,
      let place = state.place(ofObject: id.rawValue), state.objects[place].form != .semaphore,
      let holder = state.objects[place].lock.holder
    else { return nil }
    return Finding.Link(actor: actor, object: id, holder: holder)
  }

  private mutating func endedHolder(_ event: Event) -> [Finding.Kind] {
    guard let link = Self.endlessLink(from: event.actor, state), let object = link.object,
      state[link.holder]?.isEnded == true
    else { return [] }
    return report(EndedWait(actor: event.actor, object: object, holder: link.holder))
  }

  private mutating func leftWaiting(_ event: Event) -> [Finding.Kind] {
    guard let ended = state[event.actor], !ended.holds.isEmpty else { return [] }
    var kinds: [Finding.Kind] = []
    let waiting = state.waiters(where: { $0.reason == .lock && $0.until == nil })
    for object in ended.holds where state[object]?.form != .semaphore {
      let waiters = waiting[object] ?? []
      for waiter in waiters {
        kinds += report(EndedWait(actor: waiter.actor, object: object, holder: ended.id))
      }
      // A later wait for the lock is reported when it begins.
      if waiters.isEmpty { kinds.append(.abandonedLock(object: object, holder: ended.id)) }
    }
    return kinds
  }

  private mutating func report(_ wait: EndedWait) -> [Finding.Kind] {
    guard reportedWaits.insert(wait).inserted else { return [] }
    return [.waitForEnded(actor: wait.actor, object: wait.object, holder: wait.holder)]
  }
}
