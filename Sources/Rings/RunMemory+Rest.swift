import CPlatform
public import Events
import Glibc
import Synchronization

/// When a run is at rest, and what is then to be done: a paused run's clock is stopped, and that of
/// one of unlimited speed is put forward to the earliest deadline.
///
/// Nobody watches for it. Whoever comes to rest looks, and the last one sees that all others do:
/// each of them says that it rests before it looks.
extension RunMemory {
  /// The actors that do something, or are about to, and so keep the run from its rest.
  public var computing: [ActorID] {
    (0..<Self.slotCount).compactMap { index in
      guard rest(of: index) == nil, let actor = actorSlot(index).actor else { return nil }
      return actor
    }
  }

  /// Whether nobody does anything, nobody can before something from outside lets it, and no message
  /// is on its way. Exact: all actors were at rest in one moment during the call.
  public var isAtRest: Bool { restingDeadline != nil }

  /// When the first of all waits ends by itself, had from that one moment in which all actors were
  /// at rest; `UInt64.max` where none does, nil when the run is not at rest.
  private var restingDeadline: UInt64? {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: Self.slotCount) { first in
      let events = eventCount
      var earliest = UInt64.max
      guard hands.pointee.load(ordering: .sequentiallyConsistent) == 0 else { return nil }
      for index in 0..<Self.slotCount {
        guard let rest = rest(of: index) else { return nil }
        first.initializeElement(at: index, to: rest)
        // A free slot may still have the deadline of whoever had it last.
        if rest != 0, let deadline = actorSlot(index).deadline {
          earliest = min(earliest, deadline)
        }
      }
      // Who was at rest at the first look, and is so at the second without having come back
      // meanwhile, was so in between, when the first look was over.
      for index in 0..<Self.slotCount where rest(of: index) != first[index] { return nil }
      guard hands.pointee.load(ordering: .sequentiallyConsistent) == 0, eventCount == events else {
        return nil
      }
      return earliest
    }
  }

  /// In what rest a slot's actor is, by a number that is another one at its next rest; nil when it
  /// is in none.
  private func rest(of index: Int) -> UInt64? {
    let slot = slot(index)
    switch slot.pointee.ringState.load(ordering: .sequentiallyConsistent) {
    case 1: break
    case 3: return nil
    default: return 0
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

  /// Called by whoever has come to rest, or has ended: does what is to be done if the whole run
  /// rests now.
  public func noteRest() {
    while true {
      let word = face.settled()
      switch mode {
      case .stopping: return
      case .paused:
        guard word.phase == .goingUntilRest, isAtRest else { return }
        if clock.freeze(word) { ringBell() }
        return
      case .running:
        guard word.speed == .unlimited, let earliest = restingDeadline, earliest != .max else {
          return
        }
        let advanced = word.advanced(to: earliest, at: face.elapsed)
        // Whose time has come wakes by itself.
        guard advanced != word else { return }
        if face.change(word, to: advanced) { return wakeSleepers() }
      }
    }
  }

  /// Wakes all whose waits end by themselves, so that they look at the clock again.
  private func wakeSleepers() {
    for slot in actorSlots where slot.deadline != nil {
      slot.unpark()
      // The run's own slot is nobody's place to sleep: the drainer looks after its deadline.
      if slot.actor == ActorID(rawValue: 0) { ringBell() }
    }
  }

  /// Does something that may let actors go on, on a thread that is none: until it is done the run
  /// is not at rest.
  public func whileNotAtRest(_ body: () -> Void) {
    hands.pointee.wrappingAdd(1, ordering: .sequentiallyConsistent)
    body()
    hands.pointee.wrappingSubtract(1, ordering: .sequentiallyConsistent)
    noteRest()
  }

  /// How long, in ns of the machine, one may sleep who waits for a time of the run; negative for
  /// ever. In a paused run only a step ends a sleep.
  func timeout(until deadline: UInt64?) -> Int64 {
    guard let deadline, mode != .paused else { return -1 }
    let word = face.settled()
    guard word.isGoing else { return -1 }
    return Int64(clamping: word.machineTime(until: deadline, at: face.elapsed))
  }

  /// Has the run's clock go at another speed from now on, in all its processes. Only the run's
  /// controller calls this, one call at a time.
  public func setSpeed(_ speed: RunSpeed) {
    clock.setSpeed(speed)
    // In a paused run nobody sleeps by the clock, and the last one to rest may have looked at it
    // while it was being changed.
    if mode == .paused { noteRest() } else { wakeAll() }
  }
}
