import CPlatform
public import Events
import Glibc
import Synchronization

/// Detects when a run is at rest. Then the clock of a paused run stops, and the clock of a run with
/// unlimited speed moves ahead to the earliest deadline.
///
/// No thread watches for it. Each actor that comes to rest checks, after it has marked itself as
/// resting, so the last one sees that all others rest.
extension RunMemory {
  /// The actors that are not at rest.
  public var computing: [ActorID] {
    (0..<Self.slotCount).compactMap { index in
      guard rest(of: index) == nil, let actor = actorSlot(index).actor else { return nil }
      return actor
    }
  }

  /// Whether the run is at rest: all actors are parked, only an event from outside can wake them,
  /// and no message is on its way. Exact: they all rested at one moment during the call.
  public var isAtRest: Bool { restingDeadline != nil }

  /// The earliest deadline of a run at rest, `UInt64.max` if there is none, or nil if the run is
  /// not at rest.
  private var restingDeadline: UInt64? {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: Self.slotCount) { first in
      let events = eventCount
      var earliest = UInt64.max
      guard outsideWork.pointee.load(ordering: .sequentiallyConsistent) == 0 else { return nil }
      for index in 0..<Self.slotCount {
        guard let rest = rest(of: index) else { return nil }
        first.initializeElement(at: index, to: rest)
        // A free slot may still have the deadline of its last actor.
        if rest != 0, let deadline = actorSlot(index).deadline {
          earliest = min(earliest, deadline)
        }
      }
      // An actor that rested at both looks, without waking between them, also rested at the moment
      // when the first look ended.
      for index in 0..<Self.slotCount where rest(of: index) != first[index] { return nil }
      guard outsideWork.pointee.load(ordering: .sequentiallyConsistent) == 0, eventCount == events
      else {
        return nil
      }
      return earliest
    }
  }

  /// A number for the current rest of a slot's actor, different for each rest; nil if the actor is
  /// not at rest.
  private func rest(of index: Int) -> UInt64? {
    let slot = slot(index)
    switch slot.pointee.ringState.load(ordering: .sequentiallyConsistent) {
    case 0, 2: return 0
    case 1: break
    default: return nil
    }
    switch SlotStatus(rawValue: slot.pointee.status.load(ordering: .sequentiallyConsistent)) {
    case .aside: return 1
    case .gated, .waiting: break
    default: return nil
    }
    let parked = slot.pointee.parked.load(ordering: .sequentiallyConsistent)
    guard parked >> 32 & 1 == 1,
      slot.pointee.parker.load(ordering: .sequentiallyConsistent)
        == UInt32(truncatingIfNeeded: parked),
      slot.pointee.permit.load(ordering: .sequentiallyConsistent) == 0,
      slot.pointee.ending.load(ordering: .sequentiallyConsistent) == 0,
      slot.pointee.received.load(ordering: .sequentiallyConsistent)
        == slot.pointee.sent.load(ordering: .sequentiallyConsistent)
    else { return nil }
    return parked
  }

  /// Stops the clock or moves it ahead if the whole run is now at rest. An actor calls this when it
  /// comes to rest or has ended.
  public func noteRest() {
    while true {
      let word = face.settled()
      switch mode {
      case .stopping: return
      case .paused:
        guard word.phase == .runningUntilRest, isAtRest else { return }
        if clock.freeze(word) { ringBell() }
        return
      case .running:
        guard word.speed == .unlimited, let earliest = restingDeadline, earliest != .max else {
          return
        }
        let advanced = word.advanced(to: earliest, at: face.elapsed)
        // An actor whose deadline has passed wakes without help.
        guard advanced != word else { return }
        if face.change(word, to: advanced) { return wakeSleepers() }
      }
    }
  }

  /// Wakes all actors with a deadline, so that they check the clock again.
  private func wakeSleepers() {
    for slot in actorSlots where slot.deadline != nil {
      slot.unpark()
      // No thread sleeps in the run's own slot. The drainer takes care of its deadline.
      if slot.actor == ActorID(rawValue: 0) { ringBell() }
    }
  }

  /// Runs a body that may wake actors, on a thread that is not an actor. The run is not at rest
  /// until the body returns.
  public func whileNotAtRest(_ body: () -> Void) {
    outsideWork.pointee.wrappingAdd(1, ordering: .sequentiallyConsistent)
    body()
    outsideWork.pointee.wrappingSubtract(1, ordering: .sequentiallyConsistent)
    noteRest()
  }

  /// How many real nanoseconds a sleep until a deadline of the run may last; negative for no limit.
  /// In a paused run only a step ends a sleep.
  func timeout(until deadline: UInt64?) -> Int64 {
    guard let deadline, mode != .paused else { return -1 }
    let word = face.settled()
    guard word.isRunning else { return -1 }
    return Int64(clamping: word.machineTime(until: deadline, at: face.elapsed))
  }

  /// Changes the speed of the run's clock, for all its processes. Only the run's controller calls
  /// this, one call at a time.
  public func setSpeed(_ speed: RunSpeed) {
    clock.setSpeed(speed)
    // In a paused run no actor sleeps by the clock, but the last one to rest may have checked it
    // during the change.
    if mode == .paused { noteRest() } else { wakeAll() }
  }
}
