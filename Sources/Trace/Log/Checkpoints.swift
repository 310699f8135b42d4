/// Copies of the fold every so many events, few enough to stay small however long the run is.
struct Checkpoints: Sendable {
  /// Events from one checkpoint to the next; doubled each time there are too many.
  private(set) var interval = 4096
  private(set) var folds: [RunFold] = []
  /// Actors and objects in all copies: what they cost.
  private var weight = 0

  static let greatestCount = 1024
  /// About 60 MB.
  static let greatestWeight = 200_000

  /// Takes a copy where one is due.
  mutating func offer(_ fold: RunFold, at index: Int) {
    guard index == folds.count * interval else { return }
    folds.append(fold)
    weight += Self.weight(of: fold)
    guard folds.count > 2, folds.count > Self.greatestCount || weight > Self.greatestWeight
    else { return }
    folds = stride(from: 0, to: folds.count, by: 2).map { folds[$0] }
    weight = folds.reduce(0) { $0 + Self.weight(of: $1) }
    interval *= 2
  }

  /// The last state at or before a position, and where it stands.
  func nearest(to position: Int) -> (index: Int, fold: RunFold) {
    guard !folds.isEmpty else { return (0, RunFold()) }
    let place = min(position / interval, folds.count - 1)
    return (place * interval, folds[place])
  }

  private static func weight(of fold: RunFold) -> Int {
    fold.state.actors.count + fold.state.objects.count + 8
  }
}
