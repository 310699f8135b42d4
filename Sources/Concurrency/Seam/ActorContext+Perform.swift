import Events

/// The seam. All operations on shared objects go through these methods. They wait while the run is
/// paused, and apply and record an operation under the object's lock, so that events have the
/// object's order. An operation that is not ready parks the actor.
///
/// The generic methods only call an operation's pure functions. `ActorContext+Wait` has the part
/// that is the same for all operations.
extension ActorContext {
  /// Performs an operation that never waits.
  /// - Throws: `RunStopped` if the run is being stopped. Then the operation has not happened.
  @discardableResult
  public func perform<Op: InstantOperation>(_ operation: Op, on object: Traced<Op.State>)
    throws(RunStopped) -> Op.Result
  {
    try gate(before: operation.next(object.id))
    return apply(operation, on: object)
  }

  /// Performs an operation that must not fail, such as the release of a lock. It also happens if the
  /// run is being stopped.
  @discardableResult
  public func release<Op: InstantOperation>(_ operation: Op, on object: Traced<Op.State>)
    -> Op.Result
  {
    pass(before: operation.next(object.id))
    return apply(operation, on: object)
  }

  /// Performs an operation when it is ready.
  /// - Throws: `RunStopped` if the run is being stopped, or if the wait was ended because it would
  ///   last forever. Then the operation has not happened.
  @discardableResult
  public func perform<Op: WaitingOperation>(_ operation: Op, on object: Traced<Op.State>)
    throws(RunStopped) -> Op.Result
  {
    guard let result = try perform(operation, on: object, timeout: nil) else {
      preconditionFailure("a wait without a time-out timed out")
    }
    return result
  }

  /// Performs an operation when it is ready, unless the time-out expires before.
  /// - Parameter timeout: in nanoseconds of the run's clock, or nil for no time-out.
  /// - Returns: nil after the time-out. Then the operation has not happened.
  /// - Throws: `RunStopped`, as without a time-out.
  public func perform<Op: WaitingOperation>(
    _ operation: Op, on object: Traced<Op.State>, timeout: Int64?
  ) throws(RunStopped) -> Op.Result? {
    var result: Op.Result?
    var wait = OperationWait(
      object: object.id, reason: operation.reason, awaited: operation.awaited,
      timeout: timeout, next: operation.next(object.id))
    try perform(&wait) { step, wait in
      object.withState { state in
        self.take(step, of: operation, on: &state, &wait, &result)
      }
    }
    return result
  }

  private func apply<Op: InstantOperation>(_ operation: Op, on object: Traced<Op.State>)
    -> Op.Result
  {
    var next: QueuedActor?
    let result = object.withState { state in
      let result = operation.apply(to: &state, by: waiter)
      if let event = operation.event(result, object: object.id) {
        record(event, texts: operation.eventTexts(result))
      }
      next = operation.wakes(state)
      return result
    }
    wake(next)
    return result
  }

  /// Takes a step of a waiting operation, under the object's lock.
  private func take<Op: WaitingOperation>(
    _ step: OperationStep, of operation: Op, on state: inout Op.State,
    _ wait: inout OperationWait, _ result: inout Op.Result?
  ) -> OperationStep.Outcome {
    switch step {
    case .cancel(let outcome):
      operation.withdraw(waiter, from: &state)
      end(wait, outcome)
      return OperationStep.Outcome(isReady: false, next: operation.wakes(state))
    case .check:
      while !operation.isReady(state, for: waiter) {
        // An actor that was killed while it waited must not block those behind it.
        guard let next = operation.wakes(state), memory.isGone(next) else { return .notReady }
        operation.withdraw(next, from: &state)
      }
      return OperationStep.Outcome(isReady: true, next: nil)
    case .begin, .retry:
      guard operation.isReady(state, for: waiter) else {
        if case .begin = step {
          operation.enqueue(waiter, in: &state)
          begin(&wait)
        }
        return .notReady
      }
      if case .retry = step {
        operation.withdraw(waiter, from: &state)
        end(wait, .got)
      }
      let value = operation.apply(to: &state, by: waiter)
      if let event = operation.event(value, object: wait.object) {
        record(event, texts: operation.eventTexts(value))
      }
      result = value
      return OperationStep.Outcome(isReady: true, next: operation.wakes(state))
    }
  }
}
