import Trace

/// A result that is still to come, as Python's `Future`.
final class Future<Output: Sendable>: Sendable {
  private let traced: Traced<FutureState<Output>>

  /// - Parameter pool: the object that events name for a wait, the pool that will answer.
  init(pool: ObjectID) {
    traced = Traced(id: pool, FutureState())
  }

  /// Waits for the result.
  /// - Throws: `RunStopped` when the run is being stopped, or what the task threw.
  func result() throws -> Output {
    try ActorContext.current.perform(FutureResult<Output>(), on: traced).get()
  }

  /// Gives the result to whoever waits for it.
  func settle(_ outcome: Result<Output, any Error>) {
    let waiters = traced.withState { state in
      state.outcome = outcome
      return state.waiters
    }
    for waiter in waiters { ActorContext.current.memory.wake(waiter) }
  }
}

struct FutureState<Output: Sendable>: Sendable {
  var outcome: Result<Output, any Error>?
  var waiters: [Waiter] = []
}

private struct FutureResult<Output: Sendable>: Operation {
  typealias State = FutureState<Output>
  var reason: WaitReason { .future }
  func isReady(_ state: State, for waiter: Waiter) -> Bool { state.outcome != nil }
  func enqueue(_ waiter: Waiter, in state: inout State) { state.waiters.append(waiter) }
  func withdraw(_ waiter: Waiter, from state: inout State) {
    state.waiters.removeAll { $0 == waiter }
  }

  func apply(to state: inout State, by waiter: Waiter) -> Result<Output, any Error> {
    guard let outcome = state.outcome else {
      preconditionFailure("a future was asked before it was settled")
    }
    return outcome
  }

  func event(_ result: Result<Output, any Error>, object: ObjectID) -> EventRecord? { nil }
}
