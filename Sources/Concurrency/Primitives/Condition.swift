import Events
import Rings

/// Lets the holder of a lock wait for a notification, like Python's `threading.Condition`. The wait
/// releases the lock. A notification reaches only actors that already wait.
public final class Condition: Sendable {
  let lock: any Lockable
  private let traced: Traced<NotificationQueue>

  private init(_ traced: Traced<NotificationQueue>, over lock: any Lockable) {
    self.traced = traced
    self.lock = lock
  }

  /// Creates a condition for the threads of this process.
  public convenience init(_ name: String, over lock: any Lockable, in run: Run) {
    self.init(
      Traced(id: run.newObject(name, type: "condition"), NotificationQueue()), over: lock)
  }

  /// Creates a condition for all processes of the run, like `multiprocessing.Condition`.
  /// - Parameter lock: a shared lock.
  /// - Throws: `RaisedException` if the run has no room for another.
  public static func shared(_ name: String, over lock: Lock, in run: Run) throws -> Condition {
    Condition(
      try .shared(name, type: "shared condition", NotificationQueue(), in: run), over: lock)
  }

  /// Finds a shared condition and its lock by their handle.
  /// - Throws: `RaisedException` if the word is not a handle.
  public static func attached(_ handle: String, in run: Run) throws -> Condition {
    let parts = handle.split(separator: "/").map(String.init)
    guard parts.count == 2 else {
      throw run.raise(.invalidHandle(handle))
    }
    return Condition(
      try .attached(parts[0], in: run), over: try Lock.attached(parts[1], in: run))
  }

  /// A word by which another process finds the condition and its lock, or nil if one of them belongs
  /// to this process.
  public var handle: String? {
    guard let own = traced.handle, let other = (lock as? Lock)?.handle else { return nil }
    return "\(own)/\(other)"
  }

  /// Runs a body while the lock is held, like Python's `with`.
  public func withLock<Result>(_ body: () throws -> Result) throws -> Result {
    try lock.withLock(body)
  }

  /// Releases the lock, waits for a notification, and acquires the lock again. After a wake-up the
  /// caller must check its condition again.
  /// - Parameter timeout: the longest wait in nanoseconds of the run's clock, or nil for no limit.
  /// - Returns: false after the time-out. The lock is held in both cases.
  /// - Throws: `RaisedException` if the caller does not hold the lock; `RunStopped` if the run is
  ///   being stopped. Then the lock is not held.
  @discardableResult
  public func wait(timeout: Int64? = nil) throws -> Bool {
    let actor = ActorContext.current
    let depth = lock.depthHeld
    guard depth > 0 else { throw actor.raise(.waitWithoutLock) }
    // The caller waits in the queue before it releases the lock, so it misses no notification.
    try actor.perform(ConditionEnter(), on: traced)
    let isNotified: Bool
    do {
      // Only the last release lets another actor acquire the lock.
      for _ in 0..<depth { try lock.release() }
      isNotified = try actor.perform(ConditionWait(), on: traced, timeout: timeout) != nil
    } catch {
      actor.release(ConditionLeave(), on: traced)
      throw error
    }
    for _ in 0..<depth { try lock.acquire() }
    return isNotified
  }

  /// Wakes the first waiters.
  /// - Returns: the number of actors woken.
  /// - Throws: `RaisedException` if the caller does not hold the lock; `RunStopped`.
  @discardableResult
  public func notify(_ count: Int = 1) throws -> Int {
    let actor = ActorContext.current
    guard lock.depthHeld > 0 else { throw actor.raise(.notifyWithoutLock) }
    let notify = ConditionNotify(count: count, isGone: actor.memory.isGone)
    return try actor.perform(notify, on: traced)
  }

  /// Wakes all waiters.
  /// - Returns: the number of actors woken.
  /// - Throws: as `notify` does.
  @discardableResult
  public func notifyAll() throws -> Int { try notify(.max) }
}

extension RaisedException {
  /// Raised by a wait without the condition's lock.
  static let waitWithoutLock = RaisedException(
    type: "RuntimeError", message: "cannot wait on un-acquired lock")
  /// Raised by a notification without the condition's lock.
  static let notifyWithoutLock = RaisedException(
    type: "RuntimeError", message: "cannot notify on un-acquired lock")
}

/// Adds the caller to the waiters while it still holds the lock.
struct ConditionEnter: InstantOperation {
  func apply(to state: inout NotificationQueue, by waiter: QueuedActor) { state.append(waiter) }
  func event(_ result: Void, object: ObjectID) -> EventRecord? { nil }
}

/// Waits for a notification after `ConditionEnter`. As in Python, a notification at the moment of
/// the time-out may be lost.
struct ConditionWait: WaitingOperation {
  var reason: WaitReason { .condition }
  func isReady(_ state: NotificationQueue, for waiter: QueuedActor) -> Bool {
    state.notified.contains(waiter)
  }
  func enqueue(_ waiter: QueuedActor, in state: inout NotificationQueue) {}
  func withdraw(_ waiter: QueuedActor, from state: inout NotificationQueue) { state.remove(waiter) }
  func apply(to state: inout NotificationQueue, by waiter: QueuedActor) { state.remove(waiter) }
  func event(_ result: Void, object: ObjectID) -> EventRecord? { nil }
  func wakes(_ state: NotificationQueue) -> QueuedActor? { state.notified.first }
}

/// Removes the caller from the waiters.
struct ConditionLeave: InstantOperation {
  func apply(to state: inout NotificationQueue, by waiter: QueuedActor) { state.remove(waiter) }
  func event(_ result: Void, object: ObjectID) -> EventRecord? { nil }
  func wakes(_ state: NotificationQueue) -> QueuedActor? { state.notified.first }
}

struct ConditionNotify: InstantOperation {
  var kind: EventKind? { .conditionNotify }
  let count: Int
  /// Whether a waiter was killed. It does not count.
  let isGone: (QueuedActor) -> Bool
  func apply(to state: inout NotificationQueue, by waiter: QueuedActor) -> Int {
    state.notify(count, isGone: isGone)
  }
  func event(_ count: Int, object: ObjectID) -> EventRecord? {
    EventRecord(.conditionNotify, object: object)
  }
  func wakes(_ state: NotificationQueue) -> QueuedActor? { state.notified.first }
}
