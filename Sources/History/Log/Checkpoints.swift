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
    weight = Self.weight(of: fold, after: former?.fold)
  }

  /// Of a list or a queue only the pieces at its ends and the row of all pieces are a checkpoint's
  /// own; of what was measured and raised all of it, if there was more of it since.
  private static func weight(of fold: RunFold, after former: RunFold?) -> Int {
    var weight = MemoryLayout<RunFold>.size
    weight += fold.handOvers.ownBytes
    let (actors, objects) = (fold.state.actors, fold.state.objects)
    weight += actors.count * MemoryLayout<ActorState>.stride
    weight += objects.count * MemoryLayout<ObjectState>.stride
    for place in actors.indices {
      weight += actors[place].holds.count * MemoryLayout<ObjectID>.stride
    }
    for place in objects.indices {
      let held = objects[place].lock.holders.count + objects[place].pool.workers.count
      weight += held * MemoryLayout<ActorID>.stride
      if objects[place].sequence.count > 0 { weight += objects[place].sequence.values.ownBytes }
      if objects[place].pool.submitted > 0 { weight += objects[place].pool.tasks.ownBytes }
    }
    if !isSame(fold.arms.quantities, former?.arms.quantities) {
      for arm in fold.arms.quantities.lazy.flatMap(\.arms) { weight += 48 + 8 * arm.values.count }
    }
    if !isSame(fold.sizing.arms, former?.sizing.arms) {
      for arm in fold.sizing.arms { weight += 64 + 40 * arm.total.count }
    }
    if !isSame(fold.raises, former?.raises) {
      weight += fold.raises.count * MemoryLayout<Raise>.stride
    }
    if !isSame(fold.trail.entries, former?.trail.entries) {
      weight += fold.trail.entries.count * MemoryLayout<ExceptionTrail.Entry>.stride
      for entry in fold.trail.entries {
        weight += entry.again.count * MemoryLayout<ExceptionTrail.Point>.stride
      }
    }
    return weight
  }

  /// Whether two arrays are one in memory.
  private static func isSame<Element>(_ array: [Element], _ other: [Element]?) -> Bool {
    guard let other else { return false }
    return array.withUnsafeBufferPointer(\.baseAddress)
      == other.withUnsafeBufferPointer(\.baseAddress)
  }
}
