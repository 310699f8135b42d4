import Events

/// Counts for each wait for a lock how often others have acquired the lock in the meantime.
struct StarvationWatch: Sendable {
  private struct Wait {
    let object: ObjectID
    /// When the wait began, in nanoseconds of the run.
    let since: UInt64
    var acquired = 0
  }

  private var waits: [ActorID: Wait] = [:]

  /// A wait is starvation after so many turns of others and so many nanoseconds.
  static let minTurns = 64
  static let minTime: UInt64 = 1_000_000_000
  /// How many waits are watched at a time, since each turn checks all of them. A run has fewer
  /// actors.
  static let maxWatched = 512

  mutating func begin(_ event: Event, _ state: RunState) {
    guard event.waitReason == .lock, let object = event.object,
      state[object]?.form != .semaphore, waits.count < Self.maxWatched
    else { return }
    waits[event.actor] = Wait(object: object, since: event.time)
  }

  mutating func end(_ event: Event) { waits[event.actor] = nil }

  /// Counts a turn at a lock.
  /// - Returns: the waits for which it is one turn too many. Each is returned once.
  mutating func acquired(_ event: Event) -> [Finding.Starvation] {
    guard !waits.isEmpty else { return [] }
    waits[event.actor] = nil
    var starved: [Finding.Starvation] = []
    for (actor, wait) in waits where wait.object == event.object {
      let turns = wait.acquired + 1
      let waited = event.time - min(event.time, wait.since)
      if turns >= Self.minTurns, waited >= Self.minTime {
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
