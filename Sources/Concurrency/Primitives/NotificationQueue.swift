/// Actors that wait for a notification, and those that were notified and have not gone on yet.
struct NotificationQueue: BitwiseCopyable, Sendable, Equatable {
  private(set) var waiting = ActorQueue()
  private(set) var notified = ActorQueue()

  mutating func append(_ waiter: QueuedActor) { waiting.append(waiter) }

  /// Removes an actor, whether it was notified or not.
  mutating func remove(_ waiter: QueuedActor) {
    waiting.remove(waiter)
    notified.remove(waiter)
  }

  /// Notifies the first waiters.
  /// - Parameter isGone: whether a waiter was killed. It is removed and does not count.
  /// - Returns: the number of waiters notified, at most `count`.
  mutating func notify(_ count: Int, isGone: (QueuedActor) -> Bool) -> Int {
    var done = 0
    while done < count, let first = waiting.popFirst() {
      guard !isGone(first) else { continue }
      notified.append(first)
      done += 1
    }
    return done
  }

  /// Notifies all waiters, and returns their number.
  mutating func notifyAll() -> Int { notify(waiting.count) { _ in false } }
}
