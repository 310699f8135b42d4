import Events

/// A lock that its holder may take again, as Python's `threading.RLock`: it is free after as many
/// releases, and only its holder may release it.
public final class ReentrantLock: Lockable {
  private let traced: Traced<ReentrantLockState>

  /// A lock for the threads of this process.
  public init(_ name: String, in run: Run) {
    traced = Traced(id: run.newObject(name, type: "reentrant lock"), ReentrantLockState())
  }

  /// Waits until the lock is free or the caller's own, then holds it once more.
  /// - Throws: `RunStopped` when the run is being stopped, or the wait would last for ever; it is
  ///   not held once more then.
  public func acquire() throws(RunStopped) {
    try ActorContext.current.perform(ReentrantAcquire(), on: traced)
  }


  /// Lets the lock go once. After the last time, whoever has waited longest holds it next.
  /// - Throws: `RaisedException` where the caller does not hold it.
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
  /// What letting go of a reentrant lock raises that is not the caller's.
  static let releaseOfUnacquired = RaisedException(
    type: "RuntimeError", message: "cannot release un-acquired lock")
}

/// Who holds a reentrant lock, how many times, and who waits for it, in order.
struct ReentrantLockState: WaitingState {
  var holder: ActorID?
  /// How many times the holder has it; 0 while it is free.
  var depth = 0
  var waiters = ActorQueue()
}

/// Takes the lock once more; gives back how many times it is held now.
struct ReentrantAcquire: WaitingOperation {
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
    var event = EventRecord(.lockAcquire, object: object)
    event[EventField.depth.slot] = Int64(depth)
    return event
  }

  func wakes(_ state: ReentrantLockState) -> QueuedActor? {
    state.holder == nil ? state.waiters.first : nil
  }
}

/// Lets the lock go once; gives back how many times it is still held, nil where it was not the
/// caller's.
struct ReentrantRelease: InstantOperation {
  func apply(to state: inout ReentrantLockState, by waiter: QueuedActor) -> Int? {
    guard state.holder == waiter.actor else { return nil }
    state.depth -= 1
    if state.depth == 0 { state.holder = nil }
    return state.depth
  }

  func event(_ depth: Int?, object: ObjectID) -> EventRecord? {
    guard let depth else { return nil }
    var event = EventRecord(.lockRelease, object: object)
    event[EventField.depth.slot] = Int64(depth)
    return event
  }

  func wakes(_ state: ReentrantLockState) -> QueuedActor? {
    state.holder == nil ? state.waiters.first : nil
  }
}
