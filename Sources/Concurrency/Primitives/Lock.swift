import Events

/// A plain lock, like Python's `threading.Lock`. It serves waiters in order of arrival. A holder that
/// acquires it again waits for itself. Any actor may release it.
public final class Lock: Lockable, ShareableObject {
  public let traced: Traced<PlainLockState>

  public init(_ traced: Traced<PlainLockState>) { self.traced = traced }

  /// Creates a lock for the threads of this process.
  public convenience init(_ name: String, in run: Run) {
    self.init(Traced(id: run.newObject(name, type: "lock"), PlainLockState()))
  }

  /// Creates a lock for all processes of the run, like `multiprocessing.Lock`.
  /// - Throws: `RaisedException` if the run has no room for another.
  public static func shared(_ name: String, in run: Run) throws -> Lock {
    Lock(try .shared(name, type: "shared lock", PlainLockState(), in: run))
  }

  /// Waits until the lock is free, and acquires it.
  /// - Throws: `RunStopped` if the run is being stopped, or the wait would last forever. Then the
  ///   lock is not held.
  public func acquire() throws(RunStopped) {
    try ActorContext.current.perform(LockAcquire(), on: traced)
  }

  /// Waits until the lock is free, and acquires it, unless the time-out expires before.
  /// - Parameter timeout: in nanoseconds of the run's clock.
  /// - Returns: whether the lock was acquired.
  /// - Throws: as `acquire` does.
  public func acquire(timeout: Int64) throws(RunStopped) -> Bool {
    try ActorContext.current.perform(LockAcquire(), on: traced, timeout: timeout) != nil
  }

  /// Releases the lock, even if another actor holds it.
  /// - Throws: `RaisedException` if the lock is not held.
  public func release() throws(RaisedException) {
    let actor = ActorContext.current
    guard actor.release(LockRelease(), on: traced) else {
      throw actor.raise(.releaseOfUnlocked)
    }
  }

  @discardableResult
  public func releaseIfHeld() -> Bool {
    ActorContext.current.release(LockRelease(isForOwnerOnly: true), on: traced)
  }

  /// Whether the lock is held at this moment.
  public func isHeld() throws(RunStopped) -> Bool {
    try ActorContext.current.perform(LockIsHeld(), on: traced)
  }

  public var depthHeld: Int {
    let actor = ActorContext.current.id
    return traced.withState { $0.holder == actor ? 1 : 0 }
  }
}

extension RaisedException {
  /// Raised by the release of a plain lock that is not held.
  static let releaseOfUnlocked = RaisedException(
    type: "RuntimeError", message: "release unlocked lock")
}

/// The holder of a lock, and its waiters.
public struct PlainLockState: WaitingState, BitwiseCopyable, Equatable {
  var holder: ActorID?
  public var waiters = ActorQueue()

  /// Whether the actor can acquire the lock: it is free, and no other actor waited before.
  func isFree(for waiter: QueuedActor) -> Bool {
    holder == nil && (waiters.first ?? waiter) == waiter
  }
}

struct LockAcquire: WaitingOperation {
  var kind: EventKind? { .lockAcquire }
  var reason: WaitReason { .lock }

  func isReady(_ state: PlainLockState, for waiter: QueuedActor) -> Bool {
    state.isFree(for: waiter)
  }

  func apply(to state: inout PlainLockState, by waiter: QueuedActor) { state.holder = waiter.actor }

  func event(_ result: Void, object: ObjectID) -> EventRecord? {
    EventRecord(.lockAcquire, object: object)
  }

  func wakes(_ state: PlainLockState) -> QueuedActor? {
    state.holder == nil ? state.waiters.first : nil
  }
}

/// Releases a lock. The result is whether it was held.
struct LockRelease: InstantOperation {
  var kind: EventKind? { .lockRelease }
  /// Whether only the holder can release the lock.
  var isForOwnerOnly = false

  func apply(to state: inout PlainLockState, by waiter: QueuedActor) -> Bool {
    guard let holder = state.holder, holder == waiter.actor || !isForOwnerOnly else {
      return false
    }
    state.holder = nil
    return true
  }

  func event(_ isReleased: Bool, object: ObjectID) -> EventRecord? {
    isReleased ? EventRecord(.lockRelease, object: object) : nil
  }

  func wakes(_ state: PlainLockState) -> QueuedActor? {
    state.holder == nil ? state.waiters.first : nil
  }
}

struct LockIsHeld: InstantOperation {
  var kind: EventKind? { .line }
  func apply(to state: inout PlainLockState, by waiter: QueuedActor) -> Bool { state.holder != nil }

  func event(_ result: Bool, object: ObjectID) -> EventRecord? { nil }
}
