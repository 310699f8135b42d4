public import Events

/// A pool of processes from before its first worker was spawned until it was gone.
public struct PoolLife: Sendable, Equatable {
  /// The number by which the run's events name the pool.
  public let pool: ObjectID
  /// Nanoseconds of the run.
  public let start: UInt64
  /// Nanoseconds of the run; nil while the pool is there.
  public private(set) var end: UInt64?
  /// In the order in which they were spawned, whether they ever did a task or not.
  public private(set) var workers: [ActorID] = []

  /// How long it has been there, in nanoseconds.
  /// - Parameter now: nanoseconds of the run, for a pool that is still there.
  public func length(now: UInt64) -> UInt64 {
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
      guard event.type == "pool", let pool = event.object, lives.count < mostLives else { return }
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

  /// More pools are not told apart.
  private static let mostLives = 1024
}
