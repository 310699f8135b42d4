import CPlatform
public import Events
import Glibc
import Synchronization

/// One actor's place in a run's memory, for the actor and for the run's controller.
public struct ActorSlot: Sendable {
  let memory: RunMemory
  /// The slot's index in the run's memory, from 0, the same in all processes.
  public let index: Int

  private var slot: UnsafeMutablePointer<RunSlot> { memory.slot(index) }

  /// The actor that uses the slot, or nil.
  public var actor: ActorID? {
    guard slot.pointee.ringState.load(ordering: .acquiring) == 1 else { return nil }
    return ActorID(rawValue: slot.pointee.actor.load(ordering: .acquiring))
  }

  /// The actor's status. Ordered with the control word: either the controller sees the actor
  /// compute, or the actor sees the pause.
  public var status: SlotStatus {
    get {
      SlotStatus(rawValue: slot.pointee.status.load(ordering: .sequentiallyConsistent)) ?? .free
    }
    nonmutating set {
      slot.pointee.status.store(newValue.rawValue, ordering: .sequentiallyConsistent)
    }
  }

  /// The deadline of the actor's wait, in the run's time, or nil.
  public var deadline: UInt64? {
    get {
      let deadline = slot.pointee.deadline.load(ordering: .acquiring)
      return deadline == 0 ? nil : deadline
    }
    nonmutating set { slot.pointee.deadline.store(newValue ?? 0, ordering: .releasing) }
  }

  /// What the actor does when the pause ends, or nil while that is unknown.
  public var next: NextOperation? {
    get { NextOperation(packed: slot.pointee.next.load(ordering: .acquiring)) }
    nonmutating set { slot.pointee.next.store(newValue?.packed ?? 0, ordering: .releasing) }
  }

  /// A ticket for `park`. Take it before checking the condition, so that no wake-up is missed.
  public func ticket() -> UInt32 {
    slot.pointee.parker.load(ordering: .sequentiallyConsistent)
  }

  /// Blocks until the slot has been unparked since the ticket was taken, or until the run's clock
  /// has reached a deadline. May return early. The last actor to rest also handles the rest of the
  /// whole run.
  public func park(_ ticket: UInt32, until deadline: UInt64? = nil) {
    let count = slot.pointee.parked.load(ordering: .relaxed) >> 32
    slot.pointee.parked.store(
      (count &+ 1) << 32 | UInt64(ticket), ordering: .sequentiallyConsistent)
    memory.noteRest()
    _ = lks_futex_wait(slot, ticket, memory.timeout(until: deadline))
    slot.pointee.parked.store((count &+ 2) << 32, ordering: .sequentiallyConsistent)
  }

  /// Wakes the actor, or lets its next park return immediately.
  public func unpark() { memory.unpark(index) }

  /// Lets the actor do one operation while the run is paused.
  public func grantPermit() {
    slot.pointee.permit.store(1, ordering: .sequentiallyConsistent)
    unpark()
  }

  /// Whether the actor has an unused permit.
  public var hasPermit: Bool {
    slot.pointee.permit.load(ordering: .sequentiallyConsistent) != 0
  }

  /// Uses up the permit; false if there is none.
  public func takePermit() -> Bool {
    slot.pointee.permit.exchange(0, ordering: .sequentiallyConsistent) != 0
  }

  /// Ends the actor's wait, which would last forever, as soon as the actor is unparked.
  public func markWaitBroken() {
    slot.pointee.waitBroken.store(1, ordering: .sequentiallyConsistent)
  }

  /// Whether the actor's wait has been ended; resets it for later waits.
  public func takeBrokenWait() -> Bool {
    slot.pointee.waitBroken.exchange(0, ordering: .sequentiallyConsistent) != 0
  }

  /// Notes that the actor, a worker process, is about to send a message to its parent. The run is
  /// not at rest until `noteReceived`.
  public func noteSent() { slot.pointee.sent.wrappingAdd(1, ordering: .sequentiallyConsistent) }

  /// Notes that a message of the actor has been handled.
  public func noteReceived() {
    slot.pointee.received.wrappingAdd(1, ordering: .sequentiallyConsistent)
  }

  /// Notes that a signal is being sent that ends the actor's process. The run is not at rest until
  /// the process has ended.
  public func noteEnding() { slot.pointee.ending.store(1, ordering: .sequentiallyConsistent) }

  /// The process that claimed the slot: a thread's own process, or the parent of a worker process.
  public var claimant: Int32 { slot.pointee.claimant.load(ordering: .acquiring) }

  /// Gives the slot back. It becomes free when its ring is drained; no thread may record there.
  public func retire() {
    status = .free
    slot.pointee.ringState.store(2, ordering: .sequentiallyConsistent)
  }

  /// Whether the slot becomes free when its ring is drained.
  fileprivate var isRetired: Bool { slot.pointee.ringState.load(ordering: .acquiring) == 2 }

  /// The ring's state while a process claims the slot, so that its parent can free the slot if the
  /// process is killed then.
  private static func claim(by process: pid_t) -> UInt32 { UInt32(process) << 2 | 3 }

  /// Frees the slot if a process that has ended was claiming it.
  fileprivate func unclaim(by process: pid_t) {
    _ = slot.pointee.ringState.compareExchange(
      expected: Self.claim(by: process), desired: 0, ordering: .acquiringAndReleasing)
  }

  func claim(for actor: ActorID) -> Bool {
    let (claimed, _) = slot.pointee.ringState.compareExchange(
      expected: 0, desired: Self.claim(by: getpid()), ordering: .acquiringAndReleasing)
    guard claimed else { return false }
    slot.pointee.actor.store(actor.rawValue, ordering: .relaxed)
    slot.pointee.claimant.store(getpid(), ordering: .relaxed)
    // Nothing that was meant for the slot's last actor is for this one.
    slot.pointee.deadline.store(0, ordering: .relaxed)
    slot.pointee.permit.store(0, ordering: .relaxed)
    slot.pointee.waitBroken.store(0, ordering: .relaxed)
    slot.pointee.sent.store(0, ordering: .relaxed)
    slot.pointee.received.store(0, ordering: .relaxed)
    slot.pointee.ending.store(0, ordering: .relaxed)
    slot.pointee.next.store(0, ordering: .relaxed)
    let count = slot.pointee.parked.load(ordering: .relaxed) >> 32
    slot.pointee.parked.store(((count | 1) &+ 1) << 32, ordering: .relaxed)
    status = .computing
    slot.pointee.ringState.store(1, ordering: .sequentiallyConsistent)
    return true
  }
}

extension RunMemory {
  /// The slot at an index.
  public func actorSlot(_ index: Int) -> ActorSlot { ActorSlot(memory: self, index: index) }

  /// Claims a slot for a new actor, which then counts as computing; nil if all slots are in use.
  /// Waits for slots that are still to be drained.
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

  /// Frees the slot that a process was claiming when it ended.
  public func freeClaims(of process: Int32) {
    for index in 0..<Self.slotCount { actorSlot(index).unclaim(by: process) }
  }

  /// The slots in use.
  public var actorSlots: [ActorSlot] {
    (0..<Self.slotCount).map(actorSlot).filter { $0.actor != nil }
  }
}
