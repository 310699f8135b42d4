/// Actors that wait to be told something, and those who have been told and have not yet gone on.
struct NoticeLine: BitwiseCopyable, Sendable, Equatable {
  private(set) var waiting = ActorQueue()
  private(set) var told = ActorQueue()

  /// Puts an actor at the end of the line.
  mutating func enter(_ waiter: QueuedActor) { waiting.append(waiter) }

  /// Takes an actor out, whether it was told or not.
  mutating func leave(_ waiter: QueuedActor) {
    waiting.remove(waiter)
    told.remove(waiter)
  }

  /// Tells the first so many; gives back how many there were.
  /// - Parameter isGone: whether an actor was killed in line: it is taken out and not counted.
  mutating func tell(_ count: Int, isGone: (QueuedActor) -> Bool) -> Int {
    var done = 0
    while done < count, let first = waiting.popFirst() {
      guard !isGone(first) else { continue }
      told.append(first)
      done += 1
    }
    return done
  }

  /// Tells everyone in line; gives back how many there were.
  mutating func tellAll() -> Int { tell(waiting.count) { _ in false } }
}
