public import Events

/// Finds deadlocks, abandoned locks, waits for the ended, starvation and lost updates in a run's
/// events, live and on replay.
///
/// A pure function of the events: each finding is told once, with the event that makes it certain.
/// A wait that ends by itself at a deadline is part of no deadlock.
public struct FindingDetector: Sendable {
  private var toldCycles: Set<[ActorID]> = []
  private var toldWaits: Set<EndedWait> = []
  private var updates = UpdateWatch()
  private var starving = StarvationWatch()

  private struct EndedWait: Hashable {
    let actor: ActorID
    let object: ObjectID
    let holder: ActorID
  }

  /// A detector that has seen no event yet; give it a run's events from the first on.
  public init() {}

  /// How many writes to a variable covered another's; the first of them is a finding.
  public func lostUpdates(of object: ObjectID) -> Int { updates.lost(of: object) }

  /// Goes on by one event.
  /// - Parameter state: what is true after it.
  /// - Returns: what became certain with it and was not told before.
  public mutating func observe(_ event: Event, state: RunState) -> [Finding] {
    let kinds: [Finding.Kind]
    switch event.kind {
    case .waitBegin:
      starving.begin(event, state)
      kinds = cycle(event, state) + endedHolder(event, state)
    case .waitEnd:
      starving.end(event)
      return []
    case .lockAcquire: kinds = starving.acquired(event).map { .starvation($0) }
    case .threadExit, .processExit:
      starving.end(event)
      kinds = leftWaiting(event, state)
    case .variableRead:
      updates.read(event)
      return []
    case .variableWrite:
      guard let lost = updates.write(event) else { return [] }
      kinds = [.lostUpdate(lost)]
    default: return []
    }
    return kinds.map { kind in
      Finding(
        kind: kind, seq: event.seq, time: event.time,
        description: Finding.sentence(kind, state: state))
    }
  }

  /// A circle has no more actors than these: a run's own memory has room for fewer, and a chain in a
  /// damaged recording may have as many as it has events.
  static let longestCycle = 512

  /// Follows the waits from the actor that has just begun one; back at it, the circle is closed.
  private mutating func cycle(_ event: Event, _ state: RunState) -> [Finding.Kind] {
    guard let links = Self.cycle(through: event.actor, state),
      toldCycles.insert(links.map(\.actor).sorted()).inserted
    else { return [] }
    let since = links.compactMap { state.wait(of: $0.actor)?.since }.max() ?? event.time
    return [.deadlock(cycle: links, since: since)]
  }

  private static func cycle(through first: ActorID, _ state: RunState) -> [Finding.Link]? {
    // Most chains end somewhere: their links are made only where they do not.
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

  /// What must happen before an actor's wait can end, where it is one actor's doing and no deadline
  /// ends the wait.
  static func endlessLink(from actor: ActorID, _ state: RunState) -> Finding.Link? {
    guard let wait = state.wait(of: actor), wait.until == nil else { return nil }
    return link(from: actor, wait, state)
  }

  /// What must happen before the wait can end, where it is one actor's doing.
  static func link(
    from actor: ActorID, _ wait: Wait, _ state: RunState
  ) -> Finding.Link? {
    if let awaited = wait.awaited {
      return Finding.Link(actor: actor, object: nil, holder: awaited)
    }
    guard wait.reason == .lock, let id = wait.object,
      let place = state.place(ofObject: id.rawValue), state.objects[place].form != .semaphore,
      let holder = state.objects[place].lock.holder
    else { return nil }
    return Finding.Link(actor: actor, object: id, holder: holder)
  }

  private mutating func endedHolder(_ event: Event, _ state: RunState) -> [Finding.Kind] {
    guard let link = Self.endlessLink(from: event.actor, state), let object = link.object,
      state[link.holder]?.isEnded == true
    else { return [] }
    return tell(EndedWait(actor: event.actor, object: object, holder: link.holder))
  }

  private mutating func leftWaiting(_ event: Event, _ state: RunState) -> [Finding.Kind] {
    guard let ended = state[event.actor], !ended.holds.isEmpty else { return [] }
    var kinds: [Finding.Kind] = []
    let waiting = state.waiters(where: { $0.reason == .lock && $0.until == nil })
    for object in ended.holds where state[object]?.form != .semaphore {
      let waiters = waiting[object] ?? []
      for waiter in waiters {
        kinds += tell(EndedWait(actor: waiter.actor, object: object, holder: ended.id))
      }
      // Nobody waits yet: whoever will is told of then.
      if waiters.isEmpty { kinds.append(.abandonedLock(object: object, holder: ended.id)) }
    }
    return kinds
  }

  private mutating func tell(_ wait: EndedWait) -> [Finding.Kind] {
    guard toldWaits.insert(wait).inserted else { return [] }
    return [.waitForEnded(actor: wait.actor, object: wait.object, holder: wait.holder)]
  }
}
