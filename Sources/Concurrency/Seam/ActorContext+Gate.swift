public import Events
import Rings

extension ActorContext {
  /// Waits while the run is paused.
  /// - Parameter onStop: what to do before the error is thrown.
  /// - Throws: `RunStopped` when the run is being stopped.
  public func gate(onStop: () -> Void = {}) throws(RunStopped) {
    if mayGoOn() { return }
    onStop()
    throw stopError()
  }

  /// Waits while the run is paused, and goes on when it is stopped.
  public func pass() { _ = mayGoOn() }

  /// What a long computation calls every now and then: waits while the run is paused. A step takes
  /// the actor past all its checkpoints, through its next operation.
  /// - Throws: `RunStopped` when the run is being stopped.
  func checkpoint() throws(RunStopped) {
    guard mayGoOn(usingPermit: false) else { throw stopError() }
    recordUsageIfDue()
  }

  /// Waits while the run is paused; false when it is being stopped.
  /// - Parameter usingPermit: whether what follows is the one operation that a permit is for.
  private func mayGoOn(usingPermit: Bool = true) -> Bool {
    while true {
      slot.status = .computing
      switch memory.mode {
      case .running: return true
      case .stopping: return false
      case .paused:
        if usingPermit ? slot.takePermit() : slot.hasPermit { return true }
        slot.status = .gated
        let ticket = slot.ticket()
        if memory.mode == .paused, !slot.hasPermit { slot.park(ticket) }
      }
    }
  }

  /// Blocks, without an event, until something is so; whoever makes it so wakes the actor. It needs
  /// no step to go on.
  public func wait(until isSo: () -> Bool) {
    _ = slot.takePermit()
    slot.status = .waiting
    while case let ticket = slot.ticket(), !isSo() { slot.park(ticket) }
    slot.status = .computing
  }

  /// Sleeps on the run's clock, which stands still while the run is paused.
  /// - Throws: `RunStopped` when the run is being stopped.
  func sleep(nanoseconds: Int64) throws(RunStopped) {
    try gate()
    guard nanoseconds > 0 else { return }
    recordUsageIfDue()
    let began = memory.clock.now()
    let until = began + UInt64(nanoseconds)
    record(.waitBegin(.sleep, object: nil, until: until))
    slot.deadline = until
    let stopped = park(until: until)
    slot.deadline = nil
    let end = { (outcome: WaitOutcome) in
      let waited = self.memory.clock.now() - began
      self.record(.waitEnd(.sleep, object: nil, outcome, waited: waited))
    }
    if stopped {
      end(.stopped)
      throw stopError()
    }
    try gate { end(.stopped) }
    end(.got)
  }

  /// Blocks until the run's clock has reached a time. Returns whether the run is being stopped.
  private func park(until deadline: UInt64) -> Bool {
    slot.status = .waiting
    while true {
      let ticket = slot.ticket()
      if memory.mode == .stopping { return true }
      if memory.clock.now() >= deadline { return false }
      slot.park(ticket, until: deadline)
    }
  }
}

extension EventRecord {
  public static func waitBegin(
    _ reason: WaitReason, object: ObjectID?, until: UInt64? = nil, awaited: ActorID? = nil
  ) -> EventRecord {
    var event = EventRecord(.waitBegin, object: object)
    event[0] = reason.rawValue
    event[1] = until.map { Int64($0) }
    event[2] = awaited.map { Int64($0.rawValue) }
    return event
  }

  public static func waitEnd(
    _ reason: WaitReason, object: ObjectID?, _ outcome: WaitOutcome, waited: UInt64
  ) -> EventRecord {
    var event = EventRecord(.waitEnd, object: object)
    event[0] = reason.rawValue
    event[1] = outcome.rawValue
    event[2] = Int64(waited)
    return event
  }
}
