import Events
import Trace

/// Copies of the fold every so many events, so many that any position is near one, and few enough
/// to stay small however long the run and however much there is in it.
struct Checkpoints: Sendable {
  /// Events from one checkpoint to the next; doubled each time there are too many.
  private(set) var interval = 4096
  /// By reference: a copy of all of them is one of numbers only.
  private(set) var kept: [Checkpoint] = []
  /// What all of them take, in bytes.
  private var weight = 0

  /// At ten million events one is due every 8192.
  static let greatestCount = 2048
  /// Bytes that all together may take: so many in any case, and so many for each event.
  static let freeWeight = 16 << 20
  static let weightPerEvent = 8

  /// Takes a copy where one is due.
  mutating func offer(_ fold: RunFold, at index: Int) {
    guard index == kept.count * interval else { return }
    let checkpoint = Checkpoint(fold, at: index, after: kept.last)
    kept.append(checkpoint)
    weight += checkpoint.weight
    let most = max(Self.freeWeight, index * Self.weightPerEvent)
    guard kept.count > 2, kept.count > Self.greatestCount || weight > most else { return }
    kept = stride(from: 0, to: kept.count, by: 2).map { kept[$0] }
    weight = kept.reduce(0) { $0 + $1.weight }
    interval *= 2
  }

  /// The last checkpoint at or before a position; nil in an empty log.
  func nearest(to position: Int) -> Checkpoint? {
    kept.isEmpty ? nil : kept[Swift.min(position / interval, kept.count - 1)]
  }
}

/// What follows from the first events of a run, kept to fold on from.
final class Checkpoint: Sendable {
  /// How many events it follows from.
  let position: Int
  let fold: RunFold
  /// About how many bytes it takes for itself, shared with no other.
  let weight: Int

  /// - Parameter former: one before it that is kept too; what has not changed since is shared.
  init(_ fold: RunFold, at position: Int, after former: Checkpoint?) {
    self.position = position
    self.fold = fold
    weight = fold.ownBytes(after: former?.fold)
  }
}
