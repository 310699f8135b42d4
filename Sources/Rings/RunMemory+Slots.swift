import CPlatform
public import Events
import Glibc
import Synchronization

/// One actor's place in a run's memory, as its owner and the run's controller use it.
public struct ActorSlot: Sendable {
  let memory: RunMemory
  /// The slot's place in the run's memory, from 0, by which worker processes know it too.
  public let index: Int

  private var slot: UnsafeMutablePointer<RunSlot> { memory.slot(index) }

  /// The actor that has the slot; nil for a slot in nobody's use.
  public var actor: ActorID? {
    guard slot.pointee.ringState.load(ordering: .acquiring) == 1 else { return nil }
    return ActorID(rawValue: slot.pointee.actor.load(ordering: .acquiring))
  }

  /// What the actor does. Ordered with the control word: whoever pauses sees the actor compute,
  /// or the actor sees the pause.
  public var status: SlotStatus {
    get {
      SlotStatus(rawValue: slot.pointee.status.load(ordering: .sequentiallyConsistent)) ?? .free
    }
    nonmutating set {
      slot.pointee.status.store(newValue.rawValue, ordering: .sequentiallyConsistent)
    }
  }

  /// When the actor's wait ends by itself, in the run's time; nil for never.
  public var deadline: UInt64? {
    get {
      let deadline = slot.pointee.deadline.load(ordering: .acquiring)
      return deadline == 0 ? nil : deadline
    }
    nonmutating set { slot.pointee.deadline.store(newValue ?? 0, ordering: .releasing) }
  }

  /// A ticket to be taken before looking at what one waits for, and given to `park`.
  public func ticket() -> UInt32 {
    slot.pointee.parker.load(ordering: .sequentiallyConsistent)
  }

  /// Blocks until somebody unparks the slot, or has done so since the ticket was taken, or until
  /// the run's clock has reached a time; while the run is paused it reaches none. May also return
  /// early. Who is the last to come to rest does for the run what is then to be done.
  public func park(_ ticket: UInt32, until deadline: UInt64? = nil) {
    let count = slot.pointee.parked.load(ordering: .relaxed) >> 32
    slot.pointee.parked.store(
      (count &+ 1) << 32 | UInt64(ticket), ordering: .sequentiallyConsistent)
    memory.noteRest()
    _ = lks_futex_wait(slot, ticket, memory.timeout(until: deadline))
    slot.pointee.parked.store((count &+ 2) << 32, ordering: .sequentiallyConsistent)
  }

  /// Wakes the actor, or lets its next park return at once.
  public func unpark() { memory.unpark(index) }

  /// Lets the actor do one operation although the run is paused.
  public func grantPermit() {
    slot.pointee.permit.store(1, ordering: .sequentiallyConsistent)
    unpark()
  }

  /// Whether the actor may still do one operation although the run is paused.
  public var hasPermit: Bool {
    slot.pointee.permit.load(ordering: .sequentiallyConsistent) != 0
  }

  /// Uses up a permit; false when there is none.
  public func takePermit() -> Bool {
    slot.pointee.permit.exchange(0, ordering: .sequentiallyConsistent) != 0
  }

  /// Has the actor break its wait off: it was found to wait for ever.
  public func letGo() {
    slot.pointee.letGo.store(1, ordering: .sequentiallyConsistent)
    unpark()
  }

  /// Whether the actor is to break its wait off.
  public var isLetGo: Bool { slot.pointee.letGo.load(ordering: .sequentiallyConsistent) != 0 }

  /// Takes note of having been let go; later waits of the actor are its own again.
  public func takeLetGo() -> Bool {
    slot.pointee.letGo.exchange(0, ordering: .sequentiallyConsistent) != 0
  }

  /// Notes that the actor, a worker process, is about to send its parent a message: until that has
  /// had its effect the run is not at rest.
  public func noteSent() { slot.pointee.sent.wrappingAdd(1, ordering: .sequentiallyConsistent) }

  /// Notes that a message of the actor's has had its effect.
  public func noteReceived() {
    slot.pointee.received.wrappingAdd(1, ordering: .sequentiallyConsistent)
  }

  /// Notes that a signal is being sent which ends the actor's process: until that is gone the run
  /// is not at rest.
  public func noteEnding() { slot.pointee.ending.store(1, ordering: .sequentiallyConsistent) }

  /// The process that claimed the slot: its thread's own, or the parent of a worker process.
  public var claimant: Int32 { slot.pointee.claimant.load(ordering: .acquiring) }

  /// Gives the slot back once its ring is drained. Nobody records there any more.
  public func retire() {
    status = .free
    slot.pointee.ringState.store(2, ordering: .sequentiallyConsistent)
  }

  /// Whether the slot is free as soon as its ring is drained.
  fileprivate var isRetired: Bool { slot.pointee.ringState.load(ordering: .acquiring) == 2 }

  func claim(for actor: ActorID) -> Bool {
    let (claimed, _) = slot.pointee.ringState.compareExchange(
      expected: 0, desired: 3, ordering: .acquiringAndReleasing)
    guard claimed else { return false }
    slot.pointee.actor.store(actor.rawValue, ordering: .relaxed)
    slot.pointee.claimant.store(getpid(), ordering: .relaxed)
    // What was meant for whoever had the slot before, or was killed in it, is not for this one.
    slot.pointee.deadline.store(0, ordering: .relaxed)
    slot.pointee.permit.store(0, ordering: .relaxed)
    slot.pointee.letGo.store(0, ordering: .relaxed)
    slot.pointee.sent.store(0, ordering: .relaxed)
    slot.pointee.received.store(0, ordering: .relaxed)
    slot.pointee.ending.store(0, ordering: .relaxed)
    let count = slot.pointee.parked.load(ordering: .relaxed) >> 32
    slot.pointee.parked.store(((count | 1) &+ 1) << 32, ordering: .relaxed)
    status = .computing
    slot.pointee.ringState.store(1, ordering: .sequentiallyConsistent)
    return true
  }
}

extension RunMemory {
  /// The slot of that index, as a worker process knows it from its parent.
  public func actorSlot(_ index: Int) -> ActorSlot { ActorSlot(memory: self, index: index) }

  /// A place for a new actor, which counts as computing from now on; nil when all are taken.
  /// Waits for places that only await the drainer.
  public func claimSlot(for actor: ActorID) -> ActorSlot? {
    while true {
      var isAwaitingDrain = false
      for index in 0..<Self.slotCount {
        let slot = actorSlot(index)
        if slot.claim(for: actor) { return slot }
        isAwaitingDrain = isAwaitingDrain || slot.isRetired
      }
      guard isAwaitingDrain else { return nil }
      ringBell()
      sched_yield()
    }
  }

  /// The slots of all actors there are now.
  public var actorSlots: [ActorSlot] {
    (0..<Self.slotCount).map(actorSlot).filter { $0.actor != nil }
  }
}
