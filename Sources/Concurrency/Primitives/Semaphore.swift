import Events

/// A number of permits, like Python's `threading.Semaphore`. It serves waiters in order of arrival.
/// Any actor may release a permit.
public final class Semaphore: ShareableObject {
  public let traced: Traced<SemaphoreState>

  public init(_ traced: Traced<SemaphoreState>) { self.traced = traced }

  /// Creates a semaphore for the threads of this process.
  public convenience init(_ name: String, permits: Int, in run: Run) {
    self.init(
      Traced(id: run.newObject(name, type: "semaphore"), SemaphoreState(permits: permits)))
  }

  /// Creates a semaphore for all processes of the run, like `multiprocessing.Semaphore`.
  /// - Throws: `RaisedException` if the run has no room for another.
  public static func shared(_ name: String, permits: Int, in run: Run) throws -> Semaphore {
    Semaphore(
      try .shared(name, type: "shared semaphore", SemaphoreState(permits: permits), in: run))
  }

  /// Waits for a permit and acquires it.
  /// - Throws: `RunStopped` if the run is being stopped. Then no permit is acquired.
  public func acquire() throws(RunStopped) {
    try ActorContext.current.perform(SemaphoreAcquire(), on: traced)
  }

  /// Releases a permit.
  public func release() { ActorContext.current.release(SemaphoreRelease(), on: traced) }

  /// Runs a body with a permit, like Python's `with`.
  public func withPermit<Result>(_ body: () throws -> Result) throws -> Result {
    try acquire()
    defer { release() }
    return try body()
  }
}

/// The free permits of a semaphore, and its waiters.
public struct SemaphoreState: WaitingState, BitwiseCopyable, Equatable {
  var permits: Int
  public var waiters = ActorQueue()

  init(permits: Int) {
    precondition(permits >= 0, "a semaphore cannot have \(permits) permits")
    self.permits = permits
  }

  /// The waiter to wake now, or nil.
  var next: QueuedActor? { permits > 0 ? waiters.first : nil }
}

/// Acquires a permit. The result is the number of free permits.
struct SemaphoreAcquire: WaitingOperation {
  var kind: EventKind? { .lockAcquire }
  var reason: WaitReason { .semaphore }

  func isReady(_ state: SemaphoreState, for waiter: QueuedActor) -> Bool {
    state.permits > 0 && (state.waiters.first ?? waiter) == waiter
  }

  func apply(to state: inout SemaphoreState, by waiter: QueuedActor) -> Int {
    state.permits -= 1
    return state.permits
  }

  func event(_ permits: Int, object: ObjectID) -> EventRecord? {
    EventRecord(.lockAcquire, .permits, Int64(permits), object: object)
  }

  func wakes(_ state: SemaphoreState) -> QueuedActor? { state.next }
}

/// Releases a permit. The result is the number of free permits.
struct SemaphoreRelease: InstantOperation {
  var kind: EventKind? { .lockRelease }
  func apply(to state: inout SemaphoreState, by waiter: QueuedActor) -> Int {
    state.permits += 1
    return state.permits
  }

  func event(_ permits: Int, object: ObjectID) -> EventRecord? {
    EventRecord(.lockRelease, .permits, Int64(permits), object: object)
  }

  func wakes(_ state: SemaphoreState) -> QueuedActor? { state.next }
}
