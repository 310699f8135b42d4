public import Events
import Rings

extension ActorContext {
  /// Waits while the run is paused.
  /// - Parameters:
  ///   - next: what the actor does after the pause, or nil if that is unknown.
  ///   - onStop: runs before the error is thrown.
  /// - Throws: `RunStopped` if the run is being stopped.
  public func gate(
    before next: NextOperation? = nil, onStop: () -> Void = {}
  ) throws(RunStopped) {
    if waitWhilePaused(before: next) { return }
    onStop()
    throw stopError()
  }

  /// Waits while the run is paused. Unlike `gate`, it also returns if the run is being stopped.
  /// - Parameter next: what the actor does after the pause, or nil if that is unknown.
  public func pass(before next: NextOperation? = nil) { _ = waitWhilePaused(before: next) }

  /// Waits while the run is paused; for long computations. A step runs through all checkpoints to
  /// the actor's next operation.
  /// - Throws: `RunStopped` if the run is being stopped.
  func checkpoint() throws(RunStopped) {
    guard waitWhilePaused(usingPermit: false) else { throw stopError() }
    recordUsageIfDue()
  }

  /// Waits while the run is paused.
  /// - Parameters:
  ///   - next: what the actor does after the pause, or nil if that is unknown.
  ///   - usingPermit: whether an operation follows, which uses up the permit of a step.
  /// - Returns: false if the run is being stopped.
  private func waitWhilePaused(
    before next: NextOperation? = nil, usingPermit: Bool = true
  ) -> Bool {
    while true {
      slot.status = .computing
      switch memory.mode {
      case .running: return true
      case .stopping: return false
      case .paused:
        if usingPermit ? slot.takePermit() : slot.hasPermit { return true }
        slot.next = next
        slot.status = .gated
        let ticket = slot.ticket()
        if memory.mode == .paused, !slot.hasPermit { slot.park(ticket) }
      }
    }
  }

  /// Blocks until a condition is true. Records no event and needs no step. The thread that makes the
  /// condition true must wake the actor.
  public func wait(until condition: () -> Bool) {
    _ = slot.takePermit()
    slot.status = .waiting
    while case let ticket = slot.ticket(), !condition() { slot.park(ticket) }
    slot.status = .computing
  }

  /// Sleeps by the run's clock, which stops while the run is paused.
  /// - Throws: `RunStopped` if the run is being stopped.
  func sleep(nanoseconds: Int64) throws(RunStopped) {
    try gate(before: NextOperation(.waitBegin, reason: .sleep))
    guard nanoseconds > 0 else { return }
    try wait(for: .sleep, object: nil, timeout: UInt64(nanoseconds)) { false }
  }
}
