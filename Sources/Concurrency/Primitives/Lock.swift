import Events

/// A plain lock, as Python's `threading.Lock`: one holder at a time, waiters served in order. Who
/// holds it and asks again waits for itself; anyone may let it go.
public final class Lock: Lockable, ShareableObject {
  public let traced: Traced<PlainLockState>

  public init(_ traced: Traced<PlainLockState>) { self.traced = traced }

  /// A lock for the threads of this process.
  public convenience init(_ name: String, in run: Run) {
    self.init(Traced(id: run.newObject(name, type: "lock"), PlainLockState()))
  }

  /// A lock for all processes of the run, as `multiprocessing.Lock`.
  /// - Throws: `RaisedException` when the run has no room for another.
  public static func shared(_ name: String, in run: Run) throws -> Lock {
    Lock(try .shared(name, type: "shared lock", PlainLockState(), in: run))
  }

  /// Waits until the lock is free, then holds it.
  /// - Throws: `RunStopped` when the run is being stopped, or the wait would last for ever; the
  ///   lock is not held then.
  public func acquire() throws(RunStopped) {
    try ActorContext.current.perform(LockAcquire(), on: traced)
  }


  /// Lets the lock go, whoever holds it. Whoever has waited longest holds it next.
  /// - Throws: `RaisedException` for a lock that nobody holds.
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

  /// Whether anybody holds the lock: only a look, true no longer than nobody acts.
  public func isHeld() throws(RunStopped) -> Bool {
    try ActorContext.current.perform(LockLook(), on: traced)
  }

  public var depthHeld: Int {
    let actor = ActorContext.current.id
    return traced.withState { $0.holder == actor ? 1 : 0 }
  }
}

extension RaisedException {
  /// What letting go of a plain lock raises that nobody holds.
  static let releaseOfUnlocked = RaisedException(
    type: "RuntimeError", message: "release unlocked lock")
}

/// Who holds a lock and who waits for it, in order.
public struct PlainLockState: WaitingState, BitwiseCopyable, Equatable {
  var holder: ActorID?
  public var waiters = ActorQueue()

  /// Free, and nobody came before: the lock never passes over a waiter.
  func isFree(for waiter: QueuedActor) -> Bool {
    holder == nil && (waiters.first ?? waiter) == waiter
  }
}

struct LockAcquire: WaitingOperation {
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

/// Lets a lock go; gives back whether there was anything to let go.
struct LockRelease: InstantOperation {
  /// Whether only the holder's own release counts.
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

struct LockLook: InstantOperation {
  func apply(to state: inout PlainLockState, by waiter: QueuedActor) -> Bool { state.holder != nil }

  func event(_ result: Bool, object: ObjectID) -> EventRecord? { nil }
}
