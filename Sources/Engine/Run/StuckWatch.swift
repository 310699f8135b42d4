import Events
import Rings
import Trace

/// Finds, in a run's own events, the actors that wait for ever, and lets them go after a while, so
/// that the run ends by itself. Until then everybody can see them wait.
struct StuckWatch {
  let memory: RunMemory
  private var detector = FindingDetector()
  private var stuck: [StuckActor] = []

  private struct StuckActor {
    let actor: ActorID
    /// When its wait began, in ns of the run's clock.
    let since: UInt64
    /// When it is let go, in ns of the run's clock.
    let due: UInt64
  }

  /// How long a wait without an end may be looked at, in ns of the run's clock.
  static let patience: UInt64 = 1_000_000_000

  init(memory: RunMemory) { self.memory = memory }

  mutating func observe(_ events: [Event]) {
    for event in events {
      for finding in detector.apply(event) {
        let due = event.time + Self.patience
        for actor in finding.stuckActors {
          guard let wait = detector.state[actor]?.wait else { continue }
          stuck.append(StuckActor(actor: actor, since: wait.since, due: due))
        }
      }
    }
  }

  /// When the first of those who are stuck is let go, in ns of the run's clock; nil while nobody
  /// is, so that it need not be asked again soon.
  var due: UInt64? { stuck.map(\.due).min() }

  /// Lets those go whose time is over and who still wait; in a paused run nobody.
  mutating func letGoIfDue() {
    guard !stuck.isEmpty, memory.mode != .paused else { return }
    let now = memory.clock.now()
    for entry in stuck where entry.due <= now {
      guard detector.state[entry.actor]?.wait?.since == entry.since else { continue }
      memory.wasStuck = true
      memory.actorSlots.first { $0.actor == entry.actor }?.letGo()
    }
    stuck.removeAll { $0.due <= now }
  }
}
