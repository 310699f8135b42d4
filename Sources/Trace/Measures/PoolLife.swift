public import Events

/// The life of a pool of processes, from before its first worker until it was closed.
public struct PoolLife: Sendable, Equatable {
  /// The pool's number.
  public let pool: ObjectID
  /// The start, in nanoseconds of the run.
  public let start: UInt64
  /// The end, in nanoseconds of the run, or nil while the pool exists.
  public private(set) var end: UInt64?
  /// The workers in the order of spawning, whether they did a task or not.
  public private(set) var workers: [ActorID] = []

  /// How long the pool has existed, in nanoseconds.
  /// - Parameter now: the current time of the run, for a pool that still exists.
  public func length(now: UInt64) -> UInt64 {
    let end = end ?? now
    return end > start ? end - start : 0
  }
}

extension PoolLife {
  /// Folds the next event. A pool records its name, spawns its workers, and closes. Processes that
  /// are spawned in between are its workers.
  static func note(_ event: Event, in lives: inout [PoolLife]) {
    switch event.kind {
    case .objectName:
      guard event.type == "pool", let pool = event.object, lives.count < maxPools else { return }
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

  /// How many pools are tracked.
  private static let maxPools = 1024
}
