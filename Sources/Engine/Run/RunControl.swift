import Concurrency
import Events
import Platform
import Rings

/// Pauses, steps, resumes and stops a run, sets its speed, and records that it did.
final class RunControl: Sendable {
  /// How long a child process may take to end by itself once the run is stopped, in ns.
  static let patience: UInt64 = 500_000_000

  let memory: RunMemory
  /// The run's own place, in which nobody sleeps; nil where the run has none.
  private let slot: ActorSlot?
  private let state: Guarded<State>

  private struct State: ~Copyable {
    /// The run's own ring, in which it records as actor 0.
    var writer: RingWriter
    /// The run's first event is recorded, which none of its own may precede.
    var hasBegun = false
    /// Somebody asked for a pause and not all actors rest yet.
    var isPausing = false
    /// While a step goes on, how many events there were when it began.
    var stepBegan: UInt64?
    /// The slot that was last let go on, so that next time it is another's turn.
    var lastStepped = 0
    /// The last event is recorded and none may follow.
    var isOver = false
  }

  init(memory: RunMemory) {
    self.memory = memory
    slot = memory.claimSlot(for: ActorID(rawValue: 0))
    slot?.status = .aside
    state = Guarded(
      State(writer: RingWriter(memory: memory, slot: slot?.index ?? 0, actor: ActorID(rawValue: 0)))
    )
  }

  /// Notes that the run's first event is recorded, and records the speed with which it begins.
  func begin() {
    state.withLock { state in
      state.hasBegun = true
      let speed = memory.clock.speed
      if speed != .normal { state.writer.record(.runSpeed(speed)) }
    }
  }

  func pause() {
    state.withLock { state in
      guard memory.mode == .running, !state.isOver else { return }
      state.isPausing = true
      memory.clock.thaw(untilRest: true)
      memory.mode = .paused
    }
    memory.ringBell()
  }

  func resume() {
    state.withLock { state in
      guard memory.mode == .paused, !state.isOver else { return }
      if !state.isPausing { state.writer.record(EventRecord(.runResume)) }
      state.isPausing = false
      state.stepBegan = nil
      // A permit that nobody used would let somebody through the next pause.
      for slot in memory.actorSlots { _ = slot.takePermit() }
      memory.clock.thaw()
      memory.mode = .running
    }
  }

  func setSpeed(_ speed: RunSpeed) {
    state.withLock { state in
      guard memory.mode != .stopping, !state.isOver, memory.clock.speed != speed else { return }
      if state.hasBegun {
        state.writer.record(.runSpeed(speed))
        // What a step waits for is an event of somebody else's.
        state.stepBegan? += 1
      }
      memory.setSpeed(speed)
    }
  }

  /// Records that a pause has been reached, and takes a step to its end, once all actors rest.
  /// Returns whether that is still to come. The drainer asks, which must not wait: whoever has the
  /// lock may himself be waiting for room in his ring.
  func watchRest() -> Bool {
    let isStillToCome = state.withLockIfAvailable { state in
      guard state.isPausing, !state.isOver else { return goOnStepping(&state) }
      guard memory.isAtRest else { return true }
      memory.clock.freeze()
      state.writer.record(EventRecord(.runPause))
      state.isPausing = false
      return false
    }
    return isStillToCome ?? true
  }

  /// Lets one operation of a paused run happen. Returns whether anybody could be let go.
  func step() -> Bool {
    state.withLock { state in
      guard memory.mode == .paused, !state.isPausing, !state.isOver, !goOnStepping(&state),
        memory.isAtRest, let slot = nextToStep(after: state.lastStepped)
      else { return false }
      state.writer.record(EventRecord(.runStep))
      state.stepBegan = memory.eventCount
      letGo(slot, &state)
      return true
    }
  }

  /// Lets another go on where all rest and nobody has recorded anything since the step began; else
  /// the step is over. Returns whether it still goes on.
  private func goOnStepping(_ state: inout State) -> Bool {
    guard let began = state.stepBegan, !state.isOver else { return false }
    guard memory.isAtRest else { return true }
    if memory.eventCount == began, let slot = nextToStep(after: state.lastStepped) {
      letGo(slot, &state)
      return true
    }
    memory.clock.freeze()
    state.stepBegan = nil
    return false
  }

  /// Lets an actor do one operation. The clock goes meanwhile, from the end of the actor's sleep.
  private func letGo(_ slot: ActorSlot, _ state: inout State) {
    state.lastStepped = slot.index
    if slot.status == .waiting, let deadline = slot.deadline { memory.clock.advance(to: deadline) }
    memory.clock.thaw(untilRest: true)
    slot.grantPermit()
  }

  /// Who goes on next: whoever stands at the gate or has slept long enough, in turn; else whose
  /// sleep ends first.
  private func nextToStep(after last: Int) -> ActorSlot? {
    let now = memory.clock.now()
    let slots = memory.actorSlots
    let sleeping = slots.filter { $0.status == .waiting && $0.deadline != nil }
    let ready = slots.filter { slot in
      slot.status == .gated || slot.status == .waiting && slot.deadline ?? .max <= now
    }
    return ready.first { $0.index > last } ?? ready.first
      ?? sleeping.min { ($0.deadline ?? .max) < ($1.deadline ?? .max) }
  }

  func stop() {
    state.withLock { state in
      guard memory.mode != .stopping, !state.isOver else { return }
      state.isPausing = false
      state.stepBegan = nil
      memory.clock.thaw()
      memory.mode = .stopping
    }
    memory.ringBell()
  }

  /// Has the run's last event recorded; whatever is asked for afterwards leaves no trace.
  func finish(_ record: () -> Void) {
    state.withLock { state in
      state.isOver = true
      record()
    }
  }

  var isStopping: Bool { memory.mode == .stopping }

  /// When the drainer has something to do, in ns of the run's clock, for which a run of unlimited
  /// speed that rests need not wait; nil for never. Only the drainer sets it.
  var watchDeadline: UInt64? {
    get { slot?.deadline }
    set {
      guard let slot, slot.deadline != newValue else { return }
      slot.deadline = newValue
      // Who came to rest before did not see it, or saw that of before and left the clock to it.
      memory.noteRest()
    }
  }
}

extension EventRecord {
  fileprivate static func runSpeed(_ speed: RunSpeed) -> EventRecord {
    var event = EventRecord(.runSpeed)
    event[EventField.speed.slot] = speed.rawValue
    return event
  }
}
