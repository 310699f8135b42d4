internal import Trace

/// A pool of processes from before its first worker was spawned until it was gone.
struct PoolLife: Sendable {
  let pool: ObjectID
  /// Nanoseconds of the run.
  let start: UInt64
  /// Nanoseconds of the run; nil while the pool is there.
  private(set) var end: UInt64?
  /// In the order in which they were spawned, whether they ever did a task or not.
  private(set) var workers: [ActorID] = []

  func length(now: UInt64) -> UInt64 {
    let end = end ?? now
    return end > start ? end - start : 0
  }
}

extension PoolLife {
  /// Goes on by one event. A pool names itself, spawns its workers, and closes: what is spawned
  /// meanwhile is its own.
  static func note(_ event: Event, in lives: inout [PoolLife]) {
    switch event.kind {
    case .objectName:
      guard event.type == "pool", let pool = event.object else { return }
      lives.append(PoolLife(pool: pool, start: event.time))
    case .processSpawn:
      guard let child = event.child, let last = lives.indices.last, lives[last].end == nil else {
        return
      }
      lives[last].workers.append(child)
    case .poolClose:
      guard let place = lives.lastIndex(where: { $0.pool == event.object }) else { return }
      lives[place].end = event.time
    case .runFinish:
      for place in lives.indices where lives[place].end == nil { lives[place].end = event.time }
    default: return
    }
  }
}
