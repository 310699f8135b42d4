import Events
import Rings

/// An operation that may have to wait, as the seam and its events describe it.
struct OperationWait {
  let object: ObjectID
  let reason: WaitReason
  let awaited: ActorID?
  /// In ns of the run's clock; nil for no time-out.
  let timeout: UInt64?
  /// When the wait began, on the run's clock.
  var began: UInt64 = 0

  init(object: ObjectID, reason: WaitReason, awaited: ActorID?, timeout: Int64?) {
    self.object = object
    self.reason = reason
    self.awaited = awaited
    self.timeout = timeout.map { UInt64(max(0, $0)) }
  }
}

/// What an actor does at an object while it holds the object's lock.
enum OperationVisit {
  /// Applies the operation if it is ready, else begins a wait.
  case first
  /// Looks whether the operation is ready.
  case look
  /// Applies the operation if it is ready, and ends the wait.
  case again
  /// Ends the wait without the operation.
  case leave(WaitOutcome)

  struct Outcome {
    let isReady: Bool
    /// The actor to wake once the lock is free.
    let next: QueuedActor?

    static let notReady = Outcome(isReady: false, next: nil)
  }
}

extension ActorContext {
  /// The calling actor, as it stands in a line.
  public var waiter: QueuedActor { QueuedActor(actor: id, slot: UInt32(slot.index)) }

  /// Carries out an operation that may have to wait: the part that is the same for all of them.
  /// - Parameter visit: makes one visit to the object, under its lock.
  /// - Throws: `RunStopped` when the run is being stopped or the wait would last for ever.
  func carryOut(
    _ wait: inout OperationWait,
    visit: (OperationVisit, inout OperationWait) -> OperationVisit.Outcome
  ) throws(RunStopped) {
    try gate()
    if make(.first, &wait, visit) { return }
    // Only a release from this wait counts.
    _ = slot.takeBrokenWait()
    let deadline = slot.deadline
    defer { slot.deadline = nil }
    while true {
      let awakening = park(until: deadline) { make(.look, &wait, visit) }
      if awakening == .stopped {
        // An actor that is released in a paused run waits for the pause's end, or for a step.
        pass()
        _ = make(.leave(.stopped), &wait, visit)
        throw stopError()
      }
      try gate { _ = self.make(.leave(.stopped), &wait, visit) }
      // An operation that has become ready happens, even when its time-out has just expired.
      if make(.again, &wait, visit) { return }
      if awakening == .timedOut {
        _ = make(.leave(.timeout), &wait, visit)
        return
      }
    }
  }

  /// Makes a visit and wakes the actor that can go on. Returns whether the operation was ready.
  private func make(
    _ visit: OperationVisit, _ wait: inout OperationWait,
    _ body: (OperationVisit, inout OperationWait) -> OperationVisit.Outcome
  ) -> Bool {
    let outcome = body(visit, &wait)
    wake(outcome.next)
    return outcome.isReady
  }

  /// Wakes an actor unless it is the calling one.
  func wake(_ next: QueuedActor?) {
    if let next, next.actor != id { memory.wake(next) }
  }

  /// Begins a wait; called under the object's lock.
  func begin(_ wait: inout OperationWait) {
    waits.count += 1
    recordUsageIfDue()
    let now = memory.clock.now()
    slot.deadline = wait.timeout.map { now + $0 }
    record(
      .waitBegin(wait.reason, object: wait.object, until: slot.deadline, awaited: wait.awaited))
    wait.began = wait.timeout == nil ? memory.clock.now() : now
  }

  /// Ends a wait; called under the object's lock.
  func end(_ wait: OperationWait, _ outcome: WaitOutcome) {
    let waited = memory.clock.now() - wait.began
    waits.nanoseconds += Int64(waited)
    record(.waitEnd(wait.reason, object: wait.object, outcome, waited: waited))
  }

  /// Why an actor no longer blocks.
  private enum Awakening {
    case ready, timedOut, stopped
  }

  /// Blocks until the operation may be ready, its time-out expires, the run is being stopped or the
  /// actor is released from a wait that would last for ever.
  private func park(until deadline: UInt64?, isReady: () -> Bool) -> Awakening {
    slot.status = .waiting
    while true {
      let ticket = slot.ticket()
      if memory.mode == .stopping || slot.takeBrokenWait() { return .stopped }
      if isReady() { return .ready }
      if let deadline, memory.clock.now() >= deadline { return .timedOut }
      slot.park(ticket, until: deadline)
    }
  }
}
