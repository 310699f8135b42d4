public import Events
import Rings

/// One kind of operation on one kind of state, as pure functions.
public protocol Operation {
  associatedtype State: Sendable
  associatedtype Result: Sendable

  /// What the actor waits for when it must wait.
  var reason: WaitReason { get }
  /// The actor whose end is waited for, where it is that.
  var awaited: ActorID? { get }
  /// Whether the operation can be applied now. A waiter that is not the next in line is not ready.
  func isReady(_ state: State, for waiter: QueuedActor) -> Bool
  /// Puts the actor in line.
  func enqueue(_ waiter: QueuedActor, in state: inout State)
  /// Takes the actor out of line because its wait is over.
  func withdraw(_ waiter: QueuedActor, from state: inout State)
  /// Applies the operation. Called only when ready.
  func apply(to state: inout State, by waiter: QueuedActor) -> Result
  /// The event that says what was applied; nil where the wait says it all.
  func event(_ result: Result, object: ObjectID) -> EventRecord?
  /// The texts that go with the event, for what is no number.
  func eventTexts(_ result: Result) -> [String]
  /// Whom the operation's effect lets go on, after it was applied or withdrawn.
  func wakes(_ state: State) -> QueuedActor?
}

extension Operation {
  public var reason: WaitReason {
    preconditionFailure("an operation that is always ready does not wait")
  }
  public var awaited: ActorID? { nil }
  public func eventTexts(_ result: Result) -> [String] { [] }
  public func enqueue(_ waiter: QueuedActor, in state: inout State) {
    preconditionFailure("an operation that is always ready does not queue")
  }
  public func withdraw(_ waiter: QueuedActor, from state: inout State) {}
  public func wakes(_ state: State) -> QueuedActor? { nil }
}

extension ActorContext {
  var waiter: QueuedActor { QueuedActor(actor: id, slot: UInt32(slot.index)) }

  /// THE seam: announces an operation, waits while the run is paused, applies it and records it
  /// under the object's lock (so that numbers follow the object's order), parks while it must
  /// wait.
  /// - Throws: `RunStopped` when the run is being stopped; the operation has not happened then.
  @discardableResult
  public func perform<Op: Operation>(_ operation: Op, on object: Traced<Op.State>)
    throws(RunStopped) -> Op.Result
  {
    guard let result = try perform(operation, on: object, timeout: nil) else {
      preconditionFailure("a wait without a limit ran out of time")
    }
    return result
  }

  /// The same with a limit to the wait.
  /// - Parameter timeout: how long the actor may wait, in ns of the run's clock; nil for ever.
  /// - Returns: nil when the time was over; the operation has not happened then.
  /// - Throws: `RunStopped` when the run is being stopped, or the actor was let go because it
  ///   would wait for ever; the operation has not happened then either.
  public func perform<Op: Operation>(
    _ operation: Op, on object: Traced<Op.State>, timeout: Int64?
  ) throws(RunStopped) -> Op.Result? {
    try gate()
    let limit = timeout.map { UInt64(max(0, $0)) }
    if let result = attempt(operation, on: object, beginsWait: true, limit: limit) { return result }
    // Only what is said of this wait counts.
    _ = slot.takeBrokenWait()
    let deadline = slot.deadline
    let began = deadline.map { $0 - (limit ?? 0) } ?? memory.clock.now()
    defer { slot.deadline = nil }
    while true {
      switch park(for: operation, on: object, until: deadline) {
      case .ready: break
      case .timeIsOver:
        try gate { self.breakOff(operation, on: object, since: began, .stopped) }
        // What became ready meanwhile is not refused for a moment's delay.
        if let result = attempt(operation, on: object, waitingSince: began) { return result }
        breakOff(operation, on: object, since: began, .timeout)
        return nil
      case .stopped:
        // Who is let go of a paused run waits for its end, or for a step.
        pass()
        breakOff(operation, on: object, since: began, .stopped)
        throw stopError()
      }
      try gate { self.breakOff(operation, on: object, since: began, .stopped) }
      if let result = attempt(operation, on: object, waitingSince: began) { return result }
    }
  }

  /// Applies an operation that gives something back and so must not fail: it waits while the run
  /// is paused, and goes on when it is stopped.
  @discardableResult
  func release<Op: Operation>(_ operation: Op, on object: Traced<Op.State>) -> Op.Result {
    pass()
    guard let result = attempt(operation, on: object) else {
      preconditionFailure("\(Op.self) gives back and is always ready")
    }
    return result
  }

  /// - Parameters:
  ///   - began: when the wait began that the operation may end; nil where there is none.
  ///   - beginsWait: whether an operation that is not ready puts the actor in line.
  ///   - limit: how long that wait may be.
  private func attempt<Op: Operation>(
    _ operation: Op, on object: Traced<Op.State>, waitingSince began: UInt64? = nil,
    beginsWait: Bool = false, limit: UInt64? = nil
  ) -> Op.Result? {
    var next: QueuedActor?
    let result: Op.Result? = object.withState { state in
      guard operation.isReady(state, for: waiter) else {
        if beginsWait {
          operation.enqueue(waiter, in: &state)
          waits.count += 1
          recordUsageIfDue()
          slot.deadline = limit.map { memory.clock.now() + $0 }
          record(
            .waitBegin(
              operation.reason, object: object.id, until: slot.deadline,
              awaited: operation.awaited))
        }
        return nil
      }
      if let began {
        operation.withdraw(waiter, from: &state)
        let waited = memory.clock.now() - began
        waits.nanoseconds += Int64(waited)
        record(.waitEnd(operation.reason, object: object.id, .got, waited: waited))
      }
      let result = operation.apply(to: &state, by: waiter)
      if let event = operation.event(result, object: object.id) {
        let texts = operation.eventTexts(result)
        if texts.isEmpty { record(event) } else { record(event, texts: texts) }
      }
      next = operation.wakes(state)
      return result
    }
    if let next, next.actor != id { memory.wake(next) }
    return result
  }

  /// Takes the actor out of line without what it waited for.
  private func breakOff<Op: Operation>(
    _ operation: Op, on object: Traced<Op.State>, since began: UInt64, _ outcome: WaitOutcome
  ) {
    let next = object.withState { state in
      operation.withdraw(waiter, from: &state)
      let waited = memory.clock.now() - began
      waits.nanoseconds += Int64(waited)
      record(.waitEnd(operation.reason, object: object.id, outcome, waited: waited))
      return operation.wakes(state)
    }
    if let next, next.actor != id { memory.wake(next) }
  }

  /// Whether the operation can be applied now. Whoever was killed in line is taken out of it, so
  /// that it does not hold up those behind.
  private func isReady<Op: Operation>(_ operation: Op, on object: Traced<Op.State>) -> Bool {
    object.withState { state in
      while !operation.isReady(state, for: waiter) {
        guard let next = operation.wakes(state), memory.isGone(next) else { return false }
        operation.withdraw(next, from: &state)
      }
      return true
    }
  }

  /// Why an actor no longer blocks.
  private enum Awakening {
    case ready, timeIsOver, stopped
  }

  /// Blocks until the operation may be ready, its time is over, the run is being stopped or the
  /// actor is let go.
  private func park<Op: Operation>(
    for operation: Op, on object: Traced<Op.State>, until deadline: UInt64?
  ) -> Awakening {
    slot.status = .waiting
    while true {
      let ticket = slot.ticket()
      if memory.mode == .stopping || slot.takeBrokenWait() { return .stopped }
      if isReady(operation, on: object) { return .ready }
      if let deadline, memory.clock.now() >= deadline { return .timeIsOver }
      slot.park(ticket, until: deadline)
    }
  }
}
