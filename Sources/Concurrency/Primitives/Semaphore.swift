import Events

/// So many permits, one for each who is inside, as Python's `threading.Semaphore`. Who asks while
/// none is left waits in line; anyone may give a permit back.
public final class Semaphore: ShareableObject {
  public let traced: Traced<SemaphoreState>

  public init(_ traced: Traced<SemaphoreState>) { self.traced = traced }

  /// A semaphore for the threads of this process.
  /// - Parameter isBounded: whether it refuses more permits than it began with, as
  ///   `BoundedSemaphore` does.
  public convenience init(_ name: String, permits: Int, isBounded: Bool = false, in run: Run) {
    let state = SemaphoreState(permits: permits, isBounded: isBounded)
    self.init(Traced(id: run.newObject(name, type: "semaphore"), state))
  }

  /// A semaphore for all processes of the run, as `multiprocessing.Semaphore`.
  /// - Throws: `RaisedException` when the run has no room for another.
  public static func shared(_ name: String, permits: Int, isBounded: Bool = false, in run: Run)
    throws
    -> Semaphore
  {
    let state = SemaphoreState(permits: permits, isBounded: isBounded)
    return Semaphore(try .shared(name, type: "shared semaphore", state, in: run))
  }

  /// Waits for a permit and takes it.
  /// - Throws: `RunStopped` when the run is being stopped; no permit is taken then.
  public func acquire() throws(RunStopped) {
    try ActorContext.current.perform(SemaphoreAcquire(), on: traced)
  }

  /// The same, but it waits no longer than so many ns of the run's clock.
  /// - Returns: whether a permit was taken.
  public func acquire(timeout: Int64) throws(RunStopped) -> Bool {
    try ActorContext.current.perform(SemaphoreAcquire(), on: traced, timeout: timeout) != nil
  }

  /// Gives a permit back; whoever has waited longest takes it.
  /// - Throws: `RaisedException` where a bounded semaphore has all its permits already.
  public func release() throws(RaisedException) {
    let actor = ActorContext.current
    guard actor.release(SemaphoreRelease(), on: traced) != nil else {
      throw actor.raise(.releasedTooManyTimes)
    }
  }

  /// Has a permit while the body runs, and gives it back whatever happens, as `with` does.
  public func withPermit<Result>(_ body: () throws -> Result) throws -> Result {
    try acquire()
    let result: Result
    do {
      result = try body()
    } catch {
      ActorContext.current.release(SemaphoreRelease(), on: traced)
      throw error
    }
    try release()
    return result
  }
}

extension RaisedException {
  /// What giving a bounded semaphore one permit too many raises.
  static let releasedTooManyTimes = RaisedException(
    type: "ValueError", message: "Semaphore released too many times")
}

/// How many permits are left, and who waits for one, in order.
public struct SemaphoreState: WaitingState, BitwiseCopyable, Equatable {
  var permits: Int
  /// How many there may be at most; nil where nobody counts.
  let limit: Int?
  public var waiters = ActorQueue()

  init(permits: Int, isBounded: Bool) {
    precondition(permits >= 0, "a semaphore has at least no permits")
    self.permits = permits
    limit = isBounded ? permits : nil
  }

  /// Who may go on now.
  var next: QueuedActor? { permits > 0 ? waiters.first : nil }
}

/// Takes a permit; gives back how many are left.
struct SemaphoreAcquire: WaitingOperation {
  var reason: WaitReason { .semaphore }

  func isReady(_ state: SemaphoreState, for waiter: QueuedActor) -> Bool {
    state.permits > 0 && (state.waiters.first ?? waiter) == waiter
  }

  func apply(to state: inout SemaphoreState, by waiter: QueuedActor) -> Int {
    state.permits -= 1
    return state.permits
  }

  func event(_ permits: Int, object: ObjectID) -> EventRecord? {
    var event = EventRecord(.lockAcquire, object: object)
    event[EventField.permits.slot] = Int64(permits)
    return event
  }

  func wakes(_ state: SemaphoreState) -> QueuedActor? { state.next }
}

/// Gives a permit back; gives back how many are left now, nil where that would be too many.
struct SemaphoreRelease: InstantOperation {
  func apply(to state: inout SemaphoreState, by waiter: QueuedActor) -> Int? {
    if let limit = state.limit, state.permits >= limit { return nil }
    state.permits += 1
    return state.permits
  }

  func event(_ permits: Int?, object: ObjectID) -> EventRecord? {
    guard let permits else { return nil }
    var event = EventRecord(.lockRelease, object: object)
    event[EventField.permits.slot] = Int64(permits)
    return event
  }

  func wakes(_ state: SemaphoreState) -> QueuedActor? { state.next }
}
