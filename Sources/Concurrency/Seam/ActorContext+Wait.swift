public import Events
import Rings

/// An actor's wait for one operation.
struct OperationWait {
  let object: ObjectID
  let reason: WaitReason
  let awaited: ActorID?
  /// The time-out in nanoseconds of the run's clock, or nil.
  let timeout: UInt64?
  /// What the actor does when the wait has ended.
  let next: NextOperation?
  /// The run's time at the beginning of the wait.
  var began: UInt64 = 0

  init(
    object: ObjectID, reason: WaitReason, awaited: ActorID?, timeout: Int64?, next: NextOperation?
  ) {
    self.next = next
    self.object = object
    self.reason = reason
    self.awaited = awaited
    self.timeout = timeout.map { UInt64(max(0, $0)) }
  }
}

/// A step of a waiting operation. The actor takes each step under the object's lock.
enum OperationStep {
  /// Applies the operation if it is ready; otherwise begins a wait.
  case begin
  /// Checks whether the operation is ready.
  case check
  /// Applies the operation if it is ready, and ends the wait.
  case retry
  /// Ends the wait without the operation.
  case cancel(WaitOutcome)

  struct Outcome {
    let isReady: Bool
    /// The actor to wake when the lock is free, or nil.
    let next: QueuedActor?

    static let notReady = Outcome(isReady: false, next: nil)
  }
}

extension ActorContext {
  /// The calling actor as an entry of a queue.
  public var waiter: QueuedActor { QueuedActor(actor: id, slot: UInt32(slot.index)) }

  /// Performs a waiting operation through its steps.
  /// - Parameter takeStep: takes a step under the object's lock.
  /// - Throws: `RunStopped` if the run is being stopped, or the wait would last forever.
  func perform(
    _ wait: inout OperationWait,
    takeStep: (OperationStep, inout OperationWait) -> OperationStep.Outcome
  ) throws(RunStopped) {
    try gate(before: wait.next)
    if take(.begin, &wait, takeStep) { return }
    // A break of an earlier wait does not count.
    _ = slot.takeBrokenWait()
    let deadline = slot.deadline
    defer { slot.deadline = nil }
    while true {
      let wakeUp = park(until: deadline) { take(.check, &wait, takeStep) }
      if wakeUp == .stopped {
        // In a paused run, the actor also waits for a step or for the end of the pause.
        pass()
        _ = take(.cancel(.stopped), &wait, takeStep)
        throw stopError()
      }
      try gate(before: wait.next) { _ = self.take(.cancel(.stopped), &wait, takeStep) }
      // An operation that is ready happens even if its time-out has just expired.
      if take(.retry, &wait, takeStep) { return }
      if wakeUp == .timedOut {
        _ = take(.cancel(.timeout), &wait, takeStep)
        return
      }
    }
  }

  /// Takes a step and wakes the next actor. Returns whether the operation was ready.
  private func take(
    _ step: OperationStep, _ wait: inout OperationWait,
    _ takeStep: (OperationStep, inout OperationWait) -> OperationStep.Outcome
  ) -> Bool {
    let outcome = takeStep(step, &wait)
    wake(outcome.next)
    return outcome.isReady
  }

  /// Wakes an actor, unless it is the calling one.
  func wake(_ next: QueuedActor?) {
    if let next, next.actor != id { memory.wake(next) }
  }

  /// Begins a wait, under the object's lock.
  func begin(_ wait: inout OperationWait) {
    waits.count += 1
    recordUsageIfDue()
    let now = memory.clock.now()
    slot.deadline = wait.timeout.map { now + $0 }
    record(
      .waitBegin(wait.reason, object: wait.object, until: slot.deadline, awaited: wait.awaited))
    wait.began = wait.timeout == nil ? memory.clock.now() : now
  }

  /// Ends a wait, under the object's lock.
  func end(_ wait: OperationWait, _ outcome: WaitOutcome) {
    let waited = memory.clock.now() - wait.began
    waits.nanoseconds += Int64(waited)
    record(.waitEnd(wait.reason, object: wait.object, outcome, waited: waited))
  }

  /// Waits for something that is not the state of a shared object, and records the wait.
  /// - Parameters:
  ///   - timeout: the longest wait in nanoseconds of the run's clock, or nil for no limit.
  ///   - isReady: whether the wait can end.
  /// - Throws: `RunStopped` if the run is being stopped.
  public func wait(
    for reason: WaitReason, object: ObjectID?, timeout: UInt64? = nil, isReady: () -> Bool
  ) throws(RunStopped) {
    recordUsageIfDue()
    let began = memory.clock.now()
    let deadline = timeout.map { began + $0 }
    record(.waitBegin(reason, object: object, until: deadline))
    _ = slot.takeBrokenWait()
    slot.deadline = deadline
    let wakeUp = park(until: deadline, isReady: isReady)
    slot.deadline = nil
    let end = { (outcome: WaitOutcome) in
      let waited = self.memory.clock.now() - began
      self.record(.waitEnd(reason, object: object, outcome, waited: waited))
    }
    if wakeUp == .stopped {
      end(.stopped)
      throw stopError()
    }
    try gate(before: NextOperation(.waitEnd)) { end(.stopped) }
    end(.got)
  }

  /// Why an actor no longer blocks.
  private enum WakeUp {
    case ready, timedOut, stopped
  }

  /// Blocks until the operation is ready, its time-out expires, the run is being stopped, or the
  /// wait is ended because it would last forever.
  private func park(until deadline: UInt64?, isReady: () -> Bool) -> WakeUp {
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
