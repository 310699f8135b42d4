import Events

/// The seam: all that actors do to shared objects goes through these methods. They announce the
/// operation, wait while the run is paused, apply the operation under the object's lock, record it
/// there, so that events have the object's order, and park the actor while it must wait.
///
/// The methods here are generic and thin: they call the pure functions of one operation. The rest
/// is in `ActorContext+Wait`, once for all operations.
extension ActorContext {
  /// Performs an operation that never waits.
  /// - Throws: `RunStopped` when the run is being stopped; the operation has not happened.
  @discardableResult
  public func perform<Op: InstantOperation>(_ operation: Op, on object: Traced<Op.State>)
    throws(RunStopped) -> Op.Result
  {
    try gate()
    return apply(operation, on: object)
  }

  /// Performs an operation that gives something back and so must not fail: it waits while the run
  /// is paused, and also happens in a run that is being stopped.
  @discardableResult
  public func release<Op: InstantOperation>(_ operation: Op, on object: Traced<Op.State>)
    -> Op.Result
  {
    pass()
    return apply(operation, on: object)
  }

  /// Performs an operation, and waits until it is ready.
  /// - Throws: `RunStopped` when the run is being stopped, or when the wait was ended because it
  ///   would last for ever; the operation has not happened.
  @discardableResult
  public func perform<Op: WaitingOperation>(_ operation: Op, on object: Traced<Op.State>)
    throws(RunStopped) -> Op.Result
  {
    guard let result = try perform(operation, on: object, timeout: nil) else {
      preconditionFailure("a wait without a time-out timed out")
    }
    return result
  }

  /// Performs an operation, and waits until it is ready or the time-out expires.
  /// - Parameter timeout: in ns of the run's clock, or nil for no time-out.
  /// - Returns: nil after the time-out; the operation has not happened.
  /// - Throws: `RunStopped`, as without a time-out.
  public func perform<Op: WaitingOperation>(
    _ operation: Op, on object: Traced<Op.State>, timeout: Int64?
  ) throws(RunStopped) -> Op.Result? {
    var result: Op.Result?
    var wait = OperationWait(
      object: object.id, reason: operation.reason, awaited: operation.awaited, timeout: timeout)
    try carryOut(&wait) { visit, wait in
      object.withState { state in
        self.visit(&state, visit, operation, &wait, &result)
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

  /// One visit of a waiting operation to its state, under the object's lock.
  private func visit<Op: WaitingOperation>(
    _ state: inout Op.State, _ visit: OperationVisit, _ operation: Op,
    _ wait: inout OperationWait, _ result: inout Op.Result?
  ) -> OperationVisit.Outcome {
    switch visit {
    case .leave(let outcome):
      operation.withdraw(waiter, from: &state)
      end(wait, outcome)
      return OperationVisit.Outcome(isReady: false, next: operation.wakes(state))
    case .look:
      while !operation.isReady(state, for: waiter) {
        // An actor that was killed in line must not hold up those behind it.
        guard let next = operation.wakes(state), memory.isGone(next) else { return .notReady }
        operation.withdraw(next, from: &state)
      }
      return OperationVisit.Outcome(isReady: true, next: nil)
    case .first, .again:
      guard operation.isReady(state, for: waiter) else {
        if case .first = visit {
          operation.enqueue(waiter, in: &state)
          begin(&wait)
        }
        return .notReady
      }
      if case .again = visit {
        operation.withdraw(waiter, from: &state)
        end(wait, .got)
      }
      let value = operation.apply(to: &state, by: waiter)
      if let event = operation.event(value, object: wait.object) {
        record(event, texts: operation.eventTexts(value))
      }
      result = value
      return OperationVisit.Outcome(isReady: true, next: operation.wakes(state))
    }
  }
}
