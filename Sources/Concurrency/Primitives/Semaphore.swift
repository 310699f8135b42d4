import Events

/// So many permits, one for each who is inside, as Python's `threading.Semaphore`. Who asks while
/// none is left waits in line; anyone may give a permit back.
public final class Semaphore: ShareableObject {
  public let traced: Traced<SemaphoreState>

  public init(_ traced: Traced<SemaphoreState>) { self.traced = traced }

  /// A semaphore for the threads of this process.
  public convenience init(_ name: String, permits: Int, in run: Run) {
    self.init(
      Traced(id: run.newObject(name, type: "semaphore"), SemaphoreState(permits: permits)))
  }

  /// A semaphore for all processes of the run, as `multiprocessing.Semaphore`.
  /// - Throws: `RaisedException` when the run has no room for another.
  public static func shared(_ name: String, permits: Int, in run: Run) throws -> Semaphore {
    Semaphore(
      try .shared(name, type: "shared semaphore", SemaphoreState(permits: permits), in: run))
  }

  /// Waits for a permit and takes it.
  /// - Throws: `RunStopped` when the run is being stopped; no permit is taken then.
  public func acquire() throws(RunStopped) {
    try ActorContext.current.perform(SemaphoreAcquire(), on: traced)
  }

  /// Gives a permit back; whoever has waited longest takes it.
  public func release() { ActorContext.current.release(SemaphoreRelease(), on: traced) }

  /// Has a permit while the body runs, and gives it back whatever happens, as `with` does.
  public func withPermit<Result>(_ body: () throws -> Result) throws -> Result {
    try acquire()
    defer { release() }
    return try body()
  }
}

/// How many permits are left, and who waits for one, in order.
public struct SemaphoreState: WaitingState, BitwiseCopyable, Equatable {
  var permits: Int
  public var waiters = ActorQueue()

  init(permits: Int) {
    precondition(permits >= 0, "a semaphore has at least no permits")
    self.permits = permits
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

/// Gives a permit back; gives back how many are left now.
struct SemaphoreRelease: InstantOperation {
  func apply(to state: inout SemaphoreState, by waiter: QueuedActor) -> Int {
    state.permits += 1
    return state.permits
  }

  func event(_ permits: Int, object: ObjectID) -> EventRecord? {
    var event = EventRecord(.lockRelease, object: object)
    event[EventField.permits.slot] = Int64(permits)
    return event
  }

  func wakes(_ state: SemaphoreState) -> QueuedActor? { state.next }
}
