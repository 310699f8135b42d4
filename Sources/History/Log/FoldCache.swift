internal import Synchronization

/// Folds at recently requested positions, and on the way to them. Stepping and scrubbing request
/// positions near the last one.
///
/// Copies of a log share a cache until one of them appends an event and copies the cache. Its folds
/// are valid for both.
final class FoldCache: Sendable {
  private let kept: Mutex<[Checkpoint]>

  /// How many events are between two folds that are kept on the way.
  static let spacing = 512
  /// The least distance to the start of a fold worth keeping. Otherwise a few dozen single steps
  /// would replace all other folds.
  static let minDistance = 32
  /// How many folds are kept; the least recent is dropped first.
  static let maxCount = 48
  /// How many bytes the kept folds may take, if there are several.
  static let maxBytes = 16 << 20

  init() { kept = Mutex([]) }

  /// Creates a copy.
  init(copying other: FoldCache) { kept = Mutex(other.kept.withLock { $0 }) }

  /// The last kept fold at or before a position, or nil.
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
      var bytes = kept.reduce(0) { $0 + $1.bytes }
      while kept.count > Self.maxCount || kept.count > 1 && bytes > Self.maxBytes {
        bytes -= kept.removeFirst().bytes
      }
    }
  }
}
