package import Events
package import History

/// What the lanes of the timeline show, added up for each actor: how long it slept, how often and how
/// long it waited for what, and what it held.
package struct LaneTotals: Sendable {
  package struct Lane: Sendable {
    /// Nanoseconds, as all times here.
    package fileprivate(set) var asleep: Int64 = 0
    package fileprivate(set) var waits: [ObjectID: Total] = [:]
    package fileprivate(set) var holds: [ObjectID: Total] = [:]
    /// Since when it holds what it holds now.
    fileprivate var holding: [ObjectID: UInt64] = [:]
  }

  package struct Total: Sendable {
    package var count = 0
    package var time: Int64 = 0

    fileprivate mutating func add(_ time: Int64) {
      count += 1
      self.time += max(0, time)
    }
  }

  private var lanes: [ActorID: Lane] = [:]

  /// Adds up all events of a run.
  package init(_ log: EventLog) {
    for event in log.events(in: 0..<log.count) { add(event) }
  }

  package subscript(actor: ActorID) -> Lane { lanes[actor] ?? Lane() }

  private mutating func add(_ event: Event) {
    switch event.kind {
    case .waitEnd where event.waitReason == .sleep:
      lanes[event.actor, default: Lane()].asleep += max(0, event.waited ?? 0)
    case .waitEnd:
      guard let object = event.object else { return }
      lanes[event.actor, default: Lane()].waits[object, default: Total()].add(event.waited ?? 0)
    case .lockAcquire where (event.depth ?? 1) <= 1:
      guard let object = event.object else { return }
      lanes[event.actor, default: Lane()].holding[object] = event.time
    case .lockRelease where (event.depth ?? 0) == 0:
      guard let object = event.object,
        let since = lanes[event.actor]?.holding.removeValue(forKey: object)
      else { return }
      let time = Int64(clamping: event.time - min(since, event.time))
      lanes[event.actor, default: Lane()].holds[object, default: Total()].add(time)
    default: return
    }
  }
}
