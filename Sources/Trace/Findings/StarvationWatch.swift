import Events

/// Who has waited for a lock since when, and how often others have acquired it meanwhile.
struct StarvationWatch: Sendable {
  private struct Wait {
    let object: ObjectID
    /// Nanoseconds of the run.
    let since: UInt64
    var acquired = 0
  }

  private var waits: [ActorID: Wait] = [:]

  /// From here on it is starvation: so many turns of others, and so long, in nanoseconds.
  static let leastTurns = 64
  static let leastTime: UInt64 = 1_000_000_000
  /// More waits at once than a run has threads are not watched: each turn looks at all of them.
  static let mostWatched = 512

  mutating func begin(_ event: Event, _ state: RunState) {
    guard event.waitReason == .lock, let object = event.object,
      state[object]?.form != .semaphore, waits.count < Self.mostWatched
    else { return }
    waits[event.actor] = Wait(object: object, since: event.time)
  }

  mutating func end(_ event: Event) { waits[event.actor] = nil }

  /// Takes in that a lock was acquired, and says for whom that is one time too many. A wait is told
  /// once: it is watched no longer.
  mutating func acquired(_ event: Event) -> [Finding.Starvation] {
    guard !waits.isEmpty else { return [] }
    waits[event.actor] = nil
    var starved: [Finding.Starvation] = []
    for (actor, wait) in waits where wait.object == event.object {
      let turns = wait.acquired + 1
      let waited = event.time - min(event.time, wait.since)
      if turns >= Self.leastTurns, waited >= Self.leastTime {
        starved.append(
          Finding.Starvation(
            actor: actor, object: wait.object, acquired: turns, waited: waited))
        waits[actor] = nil
      } else {
        waits[actor]?.acquired = turns
      }
    }
    return starved.sorted { $0.actor < $1.actor }
  }
}
