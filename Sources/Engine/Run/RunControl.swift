import Concurrency
import Events
import Platform
import Rings

/// Pauses, steps, resumes and stops a run, sets its speed, and records these changes.
final class RunControl: Sendable {
  /// How long a child process may take to end after a stop, in nanoseconds.
  static let patience: UInt64 = 500_000_000

  let memory: RunMemory
  /// The run's own slot, or nil if no slot is free. No thread sleeps in it.
  private let slot: ActorSlot?
  private let state: Guarded<State>

  private struct State: ~Copyable {
    /// The writer of the run's own events, as actor 0.
    var writer: RingWriter
    /// Whether the run's first event is recorded. The run's own events must follow it.
    var hasBegun = false
    /// Whether a pause was requested and not all actors are at rest yet.
    var isPausing = false
    /// During a step, the number of events at its beginning; otherwise nil.
    var stepBegan: UInt64?
    /// The slot of the last step, so that the next step chooses another actor.
    var lastStepped = 0
    /// Whether the run's last event is recorded.
    var isFinished = false
  }

  init(memory: RunMemory) {
    self.memory = memory
    slot = memory.claimSlot(for: ActorID(rawValue: 0))
    slot?.status = .aside
    state = Guarded(
      State(writer: RingWriter(memory: memory, slot: slot?.index ?? 0, actor: ActorID(rawValue: 0)))
    )
  }

  /// Marks the run as begun, after its first event, and records its initial speed.
  func begin() {
    state.withLock { state in
      state.hasBegun = true
      let speed = memory.clock.speed
      if speed != .normal { state.writer.record(.runSpeed(speed)) }
    }
  }

  func pause() {
    state.withLock { state in
      guard memory.mode == .running, !state.isFinished else { return }
      state.isPausing = true
      memory.clock.thaw(untilRest: true)
      memory.mode = .paused
    }
    memory.ringBell()
  }

  func resume() {
    state.withLock { state in
      guard memory.mode == .paused, !state.isFinished else { return }
      if !state.isPausing { state.writer.record(EventRecord(.runResume)) }
      state.isPausing = false
      state.stepBegan = nil
      // An unused permit would let an actor run during the next pause.
      for slot in memory.actorSlots { _ = slot.takePermit() }
      memory.clock.thaw()
      memory.mode = .running
    }
    // The drainer watches for what must not happen during a pause.
    memory.ringBell()
  }

  func setSpeed(_ speed: RunSpeed) {
    state.withLock { state in
      guard memory.mode != .stopping, !state.isFinished, memory.clock.speed != speed else { return }
      if state.hasBegun {
        state.writer.record(.runSpeed(speed))
        // This event is not the one that a step waits for.
        state.stepBegan? += 1
      }
      memory.setSpeed(speed)
    }
  }

  /// If all actors are at rest, completes a pause or continues a step.
  /// - Returns: whether a pause or a step is still in progress.
  func checkRest() -> Bool {
    // The drainer calls this and must not wait: the owner of the lock may wait for room in a ring.
    let isInProgress = state.withLockIfAvailable { state in
      guard state.isPausing, !state.isFinished else { return continueStep(&state) }
      guard memory.isAtRest else { return true }
      memory.clock.freeze()
      state.writer.record(EventRecord(.runPause))
      state.isPausing = false
      return false
    }
    return isInProgress ?? true
  }

  /// Lets one operation of a paused run happen.
  /// - Returns: whether an actor can go on.
  func step() -> Bool {
    state.withLock { state in
      guard memory.mode == .paused, !state.isPausing, !state.isFinished, !continueStep(&state),
        memory.isAtRest, let slot = nextToStep(after: state.lastStepped)
      else { return false }
      state.writer.record(EventRecord(.runStep))
      state.stepBegan = memory.eventCount
      release(slot, &state)
      return true
    }
  }

  /// The next operation of each actor at rest, and who a step lets go on; nil while the run is not
  /// paused and at rest.
  func next() -> NextOperations? {
    state.withLock { state in
      guard memory.mode == .paused, !state.isPausing, !state.isFinished, state.stepBegan == nil,
        memory.isAtRest
      else { return nil }
      let now = memory.clock.now()
      var operations: [ActorID: NextOperation] = [:]
      for slot in memory.actorSlots {
        guard let actor = slot.actor else { continue }
        switch slot.status {
        case .gated: operations[actor] = slot.next
        // A sleep has no operation; it ends by itself.
        case .waiting where slot.deadline ?? .max <= now:
          operations[actor] = NextOperation(.waitEnd)
        default: continue
        }
      }
      let goes = nextToStep(after: state.lastStepped)
      if let goes, let actor = goes.actor, operations[actor] == nil, goes.status == .waiting {
        operations[actor] = NextOperation(.waitEnd)
      }
      return NextOperations(operations, goes: goes?.actor)
    }
  }

  /// If all actors are at rest, ends the step, or lets the next actor go on if there is no event yet.
  /// - Returns: whether the step is still in progress.
  private func continueStep(_ state: inout State) -> Bool {
    guard let began = state.stepBegan, !state.isFinished else { return false }
    guard memory.isAtRest else { return true }
    if memory.eventCount == began, let slot = nextToStep(after: state.lastStepped) {
      release(slot, &state)
      return true
    }
    memory.clock.freeze()
    state.stepBegan = nil
    return false
  }

  /// Lets an actor do one operation. Moves the clock ahead to the end of the actor's sleep, and lets
  /// it run until all are at rest.
  private func release(_ slot: ActorSlot, _ state: inout State) {
    state.lastStepped = slot.index
    if slot.status == .waiting, let deadline = slot.deadline { memory.clock.advance(to: deadline) }
    memory.clock.thaw(untilRest: true)
    slot.grantPermit()
  }

  /// The actor for the next step: in turn, those at the gate and those whose sleep has ended;
  /// otherwise the one whose sleep ends first.
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
    state.withLock { stop(&$0) }
    memory.ringBell()
  }

  /// Stops the run, unless another thread changes the run now. The drainer calls this and must not
  /// wait.
  /// - Returns: false if it must be called again.
  func stopIfAvailable() -> Bool { state.withLockIfAvailable { stop(&$0) } != nil }

  private func stop(_ state: inout State) {
    guard memory.mode != .stopping, !state.isFinished else { return }
    state.isPausing = false
    state.stepBegan = nil
    memory.clock.thaw()
    memory.mode = .stopping
  }

  /// Records the run's last event. Later requests have no effect.
  func finish(_ record: () -> Void) {
    state.withLock { state in
      state.isFinished = true
      record()
    }
  }

  var isStopping: Bool { memory.mode == .stopping }

  /// The drainer's next deadline in the run's time, or nil. A run with unlimited speed moves its
  /// clock ahead to it. Only the drainer sets it.
  var watchDeadline: UInt64? {
    get { slot?.deadline }
    set {
      guard let slot, slot.deadline != newValue else { return }
      slot.deadline = newValue
      // An actor that came to rest before has seen the old deadline.
      memory.noteRest()
    }
  }
}

extension EventRecord {
  fileprivate static func runSpeed(_ speed: RunSpeed) -> EventRecord {
    EventRecord(.runSpeed, .speed, speed.rawValue)
  }
}
