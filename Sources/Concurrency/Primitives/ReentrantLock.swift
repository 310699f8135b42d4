import Events

/// A lock that its holder may acquire again, like Python's `threading.RLock`. It is free after as
/// many releases. Only its holder may release it.
public final class ReentrantLock: Lockable {
  private let traced: Traced<ReentrantLockState>

  /// Creates a lock for the threads of this process.
  public init(_ name: String, in run: Run) {
    traced = Traced(id: run.newObject(name, type: "reentrant lock"), ReentrantLockState())
  }

  /// Waits until the lock is free or held by the caller, and acquires it once more.
  /// - Throws: `RunStopped` if the run is being stopped, or the wait would last forever. Then the
  ///   lock is not acquired.
  public func acquire() throws(RunStopped) {
    try ActorContext.current.perform(ReentrantAcquire(), on: traced)
  }

  /// Releases the lock once.
  /// - Throws: `RaisedException` if the caller does not hold it.
  public func release() throws(RaisedException) {
    guard releaseIfHeld() else { throw ActorContext.current.raise(.releaseOfUnacquired) }
  }

  @discardableResult
  public func releaseIfHeld() -> Bool {
    ActorContext.current.release(ReentrantRelease(), on: traced) != nil
  }

  public var depthHeld: Int {
    let actor = ActorContext.current.id
    return traced.withState { $0.holder == actor ? $0.depth : 0 }
  }
}

extension RaisedException {
  /// Raised by the release of a reentrant lock that the caller does not hold.
  static let releaseOfUnacquired = RaisedException(
    type: "RuntimeError", message: "cannot release un-acquired lock")
}

/// The holder of a reentrant lock, and its waiters.
struct ReentrantLockState: WaitingState {
  var holder: ActorID?
  /// How many times the holder has acquired it, or 0.
  var depth = 0
  var waiters = ActorQueue()
}

/// Acquires the lock once more. The result is the new depth.
struct ReentrantAcquire: WaitingOperation {
  var kind: EventKind? { .lockAcquire }
  var reason: WaitReason { .lock }

  func isReady(_ state: ReentrantLockState, for waiter: QueuedActor) -> Bool {
    guard let holder = state.holder else { return (state.waiters.first ?? waiter) == waiter }
    return holder == waiter.actor
  }

  func apply(to state: inout ReentrantLockState, by waiter: QueuedActor) -> Int {
    state.holder = waiter.actor
    state.depth += 1
    return state.depth
  }

  func event(_ depth: Int, object: ObjectID) -> EventRecord? {
    EventRecord(.lockAcquire, .depth, Int64(depth), object: object)
  }

  func wakes(_ state: ReentrantLockState) -> QueuedActor? {
    state.holder == nil ? state.waiters.first : nil
  }
}

/// Releases the lock once. The result is the new depth, or nil if the caller does not hold it.
struct ReentrantRelease: InstantOperation {
  var kind: EventKind? { .lockRelease }
  func apply(to state: inout ReentrantLockState, by waiter: QueuedActor) -> Int? {
    guard state.holder == waiter.actor else { return nil }
    state.depth -= 1
    if state.depth == 0 { state.holder = nil }
    return state.depth
  }

  func event(_ depth: Int?, object: ObjectID) -> EventRecord? {
    depth.map { EventRecord(.lockRelease, .depth, Int64($0), object: object) }
  }

  func wakes(_ state: ReentrantLockState) -> QueuedActor? {
    state.holder == nil ? state.waiters.first : nil
  }
}
