package import Events
package import History

/// The totals of the timeline's lanes, for each actor: its sleep, its waits for each object, and
/// the locks that it held.
package struct LaneTotals: Sendable {
  package struct Lane: Sendable {
    /// The time that the actor slept, in nanoseconds, as all times here.
    package fileprivate(set) var asleep: Int64 = 0
    package fileprivate(set) var waits: [ObjectID: Total] = [:]
    package fileprivate(set) var holds: [ObjectID: Total] = [:]
    /// The time since which the actor holds each lock that it holds now.
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

  /// The totals of all events of a run.
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
