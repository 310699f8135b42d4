internal import Synchronization

/// Folds at positions that were asked for lately, and on the way there: who steps and scrubs to
/// and fro asks for the next one near by.
///
/// Only a cache: what a log answers is the same without it. Copies of a log share one until either
/// of the two goes on, whereupon that one takes a copy: what it holds is true of both.
final class FoldCache: Sendable {
  private let kept: Mutex<[Checkpoint]>

  /// Events from one fold that is kept on the way to the next.
  static let spacing = 512
  /// A position this near to another is as quickly folded as kept; else a few dozen single steps
  /// would drive out all that lies between two checkpoints.
  static let leastDistance = 32
  /// No more are kept, the last of which are those asked for last.
  static let greatestCount = 48
  /// Bytes that all together take, if there is more than one.
  static let greatestWeight = 16 << 20

  init() { kept = Mutex([]) }

  /// A cache of its own with the same in it.
  init(copying other: FoldCache) { kept = Mutex(other.kept.withLock { $0 }) }

  /// The last fold at or before a position that is kept.
  func nearest(to position: Int) -> Checkpoint? {
    kept.withLock { kept in
      var best: Checkpoint?
      for checkpoint in kept
      where checkpoint.position <= position && checkpoint.position > best?.position ?? -1 {
        best = checkpoint
      }
      return best
    }
  }

  func keep(_ checkpoint: Checkpoint) {
    kept.withLock { kept in
      kept.removeAll { $0.position == checkpoint.position }
      kept.append(checkpoint)
      var weight = kept.reduce(0) { $0 + $1.weight }
      while kept.count > Self.greatestCount || kept.count > 1 && weight > Self.greatestWeight {
        weight -= kept.removeFirst().weight
      }
    }
  }
}
