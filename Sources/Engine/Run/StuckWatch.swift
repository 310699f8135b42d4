import Events
import Rings
import Trace

/// Finds the actors that wait forever in a run's events, and ends their waits after a while, so that
/// the run ends. Until then, the user can see them wait.
struct StuckWatch {
  let memory: RunMemory
  private var detector = FindingDetector()
  private var stuck: [StuckActor] = []

  private struct StuckActor {
    let actor: ActorID
    /// The beginning of its wait, in the run's time.
    let since: UInt64
    /// When to end its wait, in the run's time.
    let due: UInt64
  }

  /// How long such a wait lasts, in nanoseconds of the run's clock.
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

  /// When to end the next wait, in the run's time, or nil.
  var due: UInt64? { stuck.map(\.due).min() }

  /// Ends the waits that are due, unless the run is paused.
  mutating func breakOverdueWaits() {
    guard !stuck.isEmpty, memory.mode != .paused else { return }
    let now = memory.clock.now()
    let slots = stuck.filter { entry in
      entry.due <= now && detector.state[entry.actor]?.wait?.since == entry.since
    }
    .compactMap { entry in memory.actorSlots.first { $0.actor == entry.actor } }
    if !slots.isEmpty { memory.wasStuck = true }
    // No actor of a deadlock goes on because another one gave back its lock first.
    for slot in slots { slot.markWaitBroken() }
    for slot in slots { slot.unpark() }
    stuck.removeAll { $0.due <= now }
  }
}
