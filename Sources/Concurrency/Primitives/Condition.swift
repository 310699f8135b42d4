import Events
import Rings

/// A place to wait, inside a lock that the wait lets go, until somebody says that something has
/// changed: Python's `threading.Condition`. A notification reaches only those who wait already.
public final class Condition: Sendable {
  /// The lock that the condition is over.
  let lock: any Lockable
  private let traced: Traced<NoticeLine>

  private init(_ traced: Traced<NoticeLine>, over lock: any Lockable) {
    self.traced = traced
    self.lock = lock
  }

  /// A condition for the threads of this process.
  public convenience init(_ name: String, over lock: any Lockable, in run: Run) {
    self.init(
      Traced(id: run.newObject(name, type: "condition"), NoticeLine()), over: lock)
  }

  /// A condition for all processes of the run, as `multiprocessing.Condition`.
  /// - Parameter lock: one that all processes see, too.
  /// - Throws: `RaisedException` when the run has no room for another.
  public static func shared(_ name: String, over lock: Lock, in run: Run) throws -> Condition {
    Condition(
      try .shared(name, type: "shared condition", NoticeLine(), in: run), over: lock)
  }

  /// The condition that another process of the run made with `shared`, its lock included.
  /// - Throws: `RaisedException` for a word that is no handle.
  public static func attached(_ handle: String, in run: Run) throws -> Condition {
    let parts = handle.split(separator: "/").map(String.init)
    guard parts.count == 2 else {
      throw run.raise(
        RaisedException(type: "ValueError", message: "no shared condition: \(handle)"))
    }
    return Condition(
      try .attached(parts[0], in: run), over: try Lock.attached(parts[1], in: run))
  }

  /// By what another process finds the condition and its lock, as one word; nil where one of the
  /// two is this process's own.
  public var handle: String? {
    guard let own = traced.handle, let other = (lock as? Lock)?.handle else { return nil }
    return "\(own)/\(other)"
  }

  /// Holds the condition's lock while the body runs, as `with` does.
  public func withLock<Result>(_ body: () throws -> Result) throws -> Result {
    try lock.withLock(body)
  }

  /// Lets the lock go, waits until notified, and takes the lock again. A wake-up promises nothing:
  /// look again at what was waited for.
  ///
  /// The caller is in line before it lets the lock go, so that nothing is missed in between.
  /// - Parameter timeout: how long at most, in ns of the run's clock; nil for ever.
  /// - Returns: false when the time was over. The lock is held then, too.
  /// - Throws: `RaisedException` where the caller does not hold the lock; `RunStopped` when the run
  ///   is being stopped, and then the lock is not held.
  @discardableResult
  public func wait(timeout: Int64? = nil) throws -> Bool {
    let actor = ActorContext.current
    let depth = lock.depthHeld
    guard depth > 0 else { throw actor.raise(.waitWithoutLock) }
    try actor.perform(ConditionEnter(), on: traced)
    let isNotified: Bool
    do {
      // Once for each time it is held; nobody else can come between.
      for _ in 0..<depth { try lock.release() }
      isNotified = try actor.perform(ConditionWait(), on: traced, timeout: timeout) != nil
    } catch {
      actor.release(ConditionLeave(), on: traced)
      throw error
    }
    for _ in 0..<depth { try lock.acquire() }
    return isNotified
  }


  /// Wakes the first in line, or the first so many; whoever waits later has missed it.
  /// - Returns: how many there were to be woken.
  /// - Throws: `RaisedException` where the caller does not hold the lock, or `RunStopped`.
  @discardableResult
  public func notify(_ count: Int = 1) throws -> Int {
    let actor = ActorContext.current
    guard lock.depthHeld > 0 else { throw actor.raise(.notifyWithoutLock) }
    let notify = ConditionNotify(count: count, isGone: actor.memory.isGone)
    return try actor.perform(notify, on: traced)
  }

  /// Wakes everyone in line.
  /// - Returns: how many there were to be woken.
  /// - Throws: as `notify` does.
  @discardableResult
  public func notifyAll() throws -> Int { try notify(.max) }
}

extension RaisedException {
  /// What waiting raises without the condition's lock.
  static let waitWithoutLock = RaisedException(
    type: "RuntimeError", message: "cannot wait on un-acquired lock")
  /// What notifying raises without the condition's lock.
  static let notifyWithoutLock = RaisedException(
    type: "RuntimeError", message: "cannot notify on un-acquired lock")
}

/// Puts the caller in line while it still holds the lock.
struct ConditionEnter: InstantOperation {
  func apply(to state: inout NoticeLine, by waiter: QueuedActor) { state.enter(waiter) }
  func event(_ result: Void, object: ObjectID) -> EventRecord? { nil }
}

/// Waits, in line already, to be told. A notification in the very moment in which the time is over
/// may be lost, as it may in Python.
struct ConditionWait: WaitingOperation {
  var reason: WaitReason { .condition }
  func isReady(_ state: NoticeLine, for waiter: QueuedActor) -> Bool { state.told.contains(waiter) }
  func enqueue(_ waiter: QueuedActor, in state: inout NoticeLine) {}
  func withdraw(_ waiter: QueuedActor, from state: inout NoticeLine) { state.leave(waiter) }
  func apply(to state: inout NoticeLine, by waiter: QueuedActor) { state.leave(waiter) }
  func event(_ result: Void, object: ObjectID) -> EventRecord? { nil }
  func wakes(_ state: NoticeLine) -> QueuedActor? { state.told.first }
}

/// Takes the caller out of line, if it still stands there.
struct ConditionLeave: InstantOperation {
  func apply(to state: inout NoticeLine, by waiter: QueuedActor) { state.leave(waiter) }
  func event(_ result: Void, object: ObjectID) -> EventRecord? { nil }
  func wakes(_ state: NoticeLine) -> QueuedActor? { state.told.first }
}

struct ConditionNotify: InstantOperation {
  let count: Int
  /// A notification is for the living.
  let isGone: (QueuedActor) -> Bool
  func apply(to state: inout NoticeLine, by waiter: QueuedActor) -> Int {
    state.tell(count, isGone: isGone)
  }
  func event(_ told: Int, object: ObjectID) -> EventRecord? {
    EventRecord(.conditionNotify, object: object)
  }
  func wakes(_ state: NoticeLine) -> QueuedActor? { state.told.first }
}
