import Trace

/// A plain lock, as Python's `threading.Lock`: one holder at a time, waiters served in order.
final class Lock: Sendable {
  private let traced: Traced<LockState>

  init(_ name: String, in run: Run) {
    traced = Traced(id: run.newObject(name, type: "lock"), LockState())
  }

  /// Waits until the lock is free, then holds it.
  /// - Throws: `RunStopped` when the run is being stopped; the lock is not held then.
  func acquire() throws(RunStopped) {
    try ActorContext.current.perform(LockAcquire(), on: traced)
  }

  /// Lets the lock go. Whoever has waited longest holds it next.
  func release() {
    ActorContext.current.release(LockRelease(), on: traced)
  }

  /// Holds the lock while the body runs, and lets it go whatever happens, as `with` does.
  func withLock<Result>(_ body: () throws -> Result) throws -> Result {
    try acquire()
    defer { release() }
    return try body()
  }
}

/// Who holds a lock and who waits for it, in order.
struct LockState: BitwiseCopyable, Sendable, Equatable {
  var holder: ActorID?
  var waiters = WaiterQueue()

  /// Free, and nobody came before: the lock never passes over a waiter.
  func isFree(for waiter: Waiter) -> Bool {
    holder == nil && (waiters.first ?? waiter) == waiter
  }
}

struct LockAcquire: Operation {
  var reason: WaitReason { .lock }

  func isReady(_ state: LockState, for waiter: Waiter) -> Bool { state.isFree(for: waiter) }

  func enqueue(_ waiter: Waiter, in state: inout LockState) { state.waiters.append(waiter) }

  func withdraw(_ waiter: Waiter, from state: inout LockState) {
    state.waiters.remove(waiter)
  }

  func apply(to state: inout LockState, by waiter: Waiter) { state.holder = waiter.actor }

  func event(_ result: Void, object: ObjectID) -> EventRecord? {
    EventRecord(.lockAcquire, object: object)
  }

  func wakes(_ state: LockState) -> Waiter? { state.holder == nil ? state.waiters.first : nil }
}

struct LockRelease: Operation {
  func isReady(_ state: LockState, for waiter: Waiter) -> Bool { true }

  func apply(to state: inout LockState, by waiter: Waiter) {
    precondition(
      state.holder == waiter.actor,
      "actor \(waiter.actor.rawValue) releases a lock it does not hold")
    state.holder = nil
  }

  func event(_ result: Void, object: ObjectID) -> EventRecord? {
    EventRecord(.lockRelease, object: object)
  }

  func wakes(_ state: LockState) -> Waiter? { state.waiters.first }
}
