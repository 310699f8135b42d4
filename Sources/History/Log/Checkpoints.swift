import Events
import Trace

/// Copies of the fold at regular intervals: enough of them that every position is near one, and few
/// enough to stay small for a long run.
struct Checkpoints: Sendable {
  /// How many events are between two checkpoints; doubles each time there are too many.
  private(set) var interval = 4096
  /// The checkpoints. They are references, so a copy of the array is cheap.
  private(set) var kept: [Checkpoint] = []
  /// The size of all checkpoints, in bytes.
  private var bytes = 0

  /// The limit of checkpoints: with ten million events there is one every 8192.
  static let maxCount = 2048
  /// How many bytes all checkpoints may take, at least and per event.
  static let minBytes = 16 << 20
  static let bytesPerEvent = 8

  /// Keeps a copy of the fold if a checkpoint is due.
  mutating func offer(_ fold: RunFold, at index: Int) {
    guard index == kept.count * interval else { return }
    let checkpoint = Checkpoint(fold, at: index, after: kept.last)
    kept.append(checkpoint)
    bytes += checkpoint.bytes
    let limit = max(Self.minBytes, index * Self.bytesPerEvent)
    guard kept.count > 2, kept.count > Self.maxCount || bytes > limit else { return }
    kept = stride(from: 0, to: kept.count, by: 2).map { kept[$0] }
    bytes = kept.reduce(0) { $0 + $1.bytes }
    interval *= 2
  }

  /// The last checkpoint at or before a position, or nil in an empty log.
  func nearest(to position: Int) -> Checkpoint? {
    kept.isEmpty ? nil : kept[Swift.min(position / interval, kept.count - 1)]
  }
}

/// The fold of a run's first events, kept to continue from.
final class Checkpoint: Sendable {
  /// How many events are folded.
  let position: Int
  let fold: RunFold
  /// About how many bytes it takes that it shares with no other checkpoint.
  let bytes: Int

  /// - Parameter former: an earlier checkpoint that is kept too, and shares unchanged parts; or
  ///   nil.
  init(_ fold: RunFold, at position: Int, after former: Checkpoint?) {
    self.position = position
    self.fold = fold
    bytes = fold.ownBytes(after: former?.fold)
  }
}
