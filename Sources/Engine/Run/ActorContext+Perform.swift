import Trace

/// What a primitive shares: its state, a pure value, behind a lock that is held for one call.
final class Traced<State>: Sendable where State: Sendable {
  let id: ObjectID
  private let state: Guarded<State>

  init(id: ObjectID, _ state: State) {
    self.id = id
    self.state = Guarded(state)
  }

  func withState<Result>(_ body: (inout sending State) -> sending Result) -> sending Result {
    state.withLock(body)
  }
}

/// An actor in a queue for something.
struct Waiter: Sendable, Equatable {
  let actor: ActorID
  let slot: ActorSlot

  static func == (left: Waiter, right: Waiter) -> Bool { left.actor == right.actor }
}

/// One kind of operation on one kind of state, as pure functions.
protocol Operation {
  associatedtype State: Sendable
  associatedtype Result: Sendable

  /// What the actor waits for when it must wait.
  var reason: WaitReason { get }
  /// The actor whose end is waited for, where it is that.
  var awaited: ActorID? { get }
  /// Whether the operation can be applied now. A waiter that is not the next in line is not ready.
  func isReady(_ state: State, for waiter: Waiter) -> Bool
  /// Puts the actor in line.
  func enqueue(_ waiter: Waiter, in state: inout State)
  /// Takes the actor out of line because its wait is over.
  func withdraw(_ waiter: Waiter, from state: inout State)
  /// Applies the operation. Called only when ready.
  func apply(to state: inout State, by waiter: Waiter) -> Result
  /// The event that says what was applied; nil where the wait says it all.
  func event(_ result: Result, object: ObjectID) -> EventRecord?
  /// The texts that go with the event, for what is no number.
  var eventTexts: [String] { get }
  /// Whom the operation's effect lets go on, after it was applied or withdrawn.
  func wakes(_ state: State) -> Waiter?
}

extension Operation {
  var reason: WaitReason {
    preconditionFailure("an operation that is always ready does not wait")
  }
  var awaited: ActorID? { nil }
  var eventTexts: [String] { [] }
  func enqueue(_ waiter: Waiter, in state: inout State) {
    preconditionFailure("an operation that is always ready does not queue")
  }
  func withdraw(_ waiter: Waiter, from state: inout State) {}
  func wakes(_ state: State) -> Waiter? { nil }
}

extension ActorContext {
  var waiter: Waiter { Waiter(actor: id, slot: slot) }

  /// THE seam: announces an operation, waits while the run is paused, applies it and records it
  /// under the object's lock (so that numbers follow the object's order), parks while it must
  /// wait.
  /// - Throws: `RunStopped` when the run is being stopped; the operation has not happened then.
  @discardableResult
  func perform<Op: Operation>(_ operation: Op, on object: Traced<Op.State>)
    throws(RunStopped) -> Op.Result
  {
    try gate()
    if let result = attempt(operation, on: object, waitingSince: nil) { return result }
    let began = memory.clock.now()
    while true {
      let stopped = park(for: operation, on: object)
      if stopped {
        abandonWait(for: operation, on: object, since: began)
        throw stopError()
      }
      try gate { self.abandonWait(for: operation, on: object, since: began) }
      if let result = attempt(operation, on: object, waitingSince: began) { return result }
    }
  }

  /// Applies an operation that gives something back and so must not fail: it waits while the run
  /// is paused, and goes on when it is stopped.
  @discardableResult
  func release<Op: Operation>(_ operation: Op, on object: Traced<Op.State>) -> Op.Result {
    pass()
    guard let result = attempt(operation, on: object, waitingSince: nil) else {
      preconditionFailure("\(Op.self) gives back and is always ready")
    }
    return result
  }

  private func attempt<Op: Operation>(
    _ operation: Op, on object: Traced<Op.State>, waitingSince began: UInt64?
  ) -> Op.Result? {
    var next: Waiter?
    let result: Op.Result? = object.withState { state in
      guard operation.isReady(state, for: waiter) else {
        if began == nil {
          operation.enqueue(waiter, in: &state)
          recordUsageIfDue()
          record(.waitBegin(operation.reason, object: object.id, awaited: operation.awaited))
        }
        return nil
      }
      if let began {
        operation.withdraw(waiter, from: &state)
        let waited = memory.clock.now() - began
        record(.waitEnd(operation.reason, object: object.id, .got, waited: waited))
      }
      let result = operation.apply(to: &state, by: waiter)
      if let event = operation.event(result, object: object.id) {
        let texts = operation.eventTexts
        if texts.isEmpty { record(event) } else { record(event, texts: texts) }
      }
      next = operation.wakes(state)
      return result
    }
    if let next, next.actor != id { next.slot.unpark() }
    return result
  }

  private func abandonWait<Op: Operation>(
    for operation: Op, on object: Traced<Op.State>, since began: UInt64
  ) {
    let next = object.withState { state in
      operation.withdraw(waiter, from: &state)
      let waited = memory.clock.now() - began
      record(.waitEnd(operation.reason, object: object.id, .stopped, waited: waited))
      return operation.wakes(state)
    }
    next?.slot.unpark()
  }

  /// Blocks until the operation may be ready. Returns whether the run is being stopped.
  private func park<Op: Operation>(for operation: Op, on object: Traced<Op.State>) -> Bool {
    slot.status = .waiting
    while true {
      let ticket = slot.ticket()
      if memory.mode == .stopping { return true }
      if object.withState({ operation.isReady($0, for: waiter) }) { return false }
      slot.park(ticket)
    }
  }
}
