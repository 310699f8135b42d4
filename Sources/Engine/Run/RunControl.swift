import Trace

/// Pauses, steps, resumes and stops a run, and records that it did.
final class RunControl: Sendable {
  /// How long a child process may take to end by itself once the run is stopped, in ns.
  static let patience: UInt64 = 500_000_000

  let memory: RunMemory
  private let state: Guarded<State>

  private struct State: ~Copyable {
    /// The run's own ring, in which it records as actor 0.
    var writer: RingWriter
    /// Somebody asked for a pause and not all actors rest yet.
    var isPausing = false
    /// The slot that was let do the last step, so that the next one goes to another.
    var lastStepped = 0
    /// The last event is recorded and none may follow.
    var isOver = false
  }

  init(memory: RunMemory) {
    self.memory = memory
    let slot = memory.claimSlot(for: ActorID(rawValue: 0))
    slot?.status = .waiting
    state = Guarded(
      State(writer: RingWriter(memory: memory, slot: slot?.index ?? 0, actor: ActorID(rawValue: 0)))
    )
  }

  func pause() {
    state.withLock { state in
      guard memory.mode == .running, !state.isOver else { return }
      memory.clock.freeze()
      memory.mode = .paused
      state.isPausing = true
    }
    memory.ringBell()
  }

  func resume() {
    state.withLock { state in
      guard memory.mode == .paused, !state.isOver else { return }
      if !state.isPausing { state.writer.record(EventRecord(.runResume)) }
      state.isPausing = false
      // A permit that nobody used would let somebody through the next pause.
      for slot in memory.actorSlots { _ = slot.takePermit() }
      memory.clock.thaw()
      memory.mode = .running
    }
  }

  /// Records that a pause has been reached, once all actors rest. Returns whether that is still
  /// to come. The drainer asks, which must not wait: whoever has the lock may himself be waiting
  /// for room in his ring.
  func watchPause() -> Bool {
    let isStillToCome = state.withLockIfAvailable { state in
      guard state.isPausing, !state.isOver else { return false }
      guard memory.computing.isEmpty else { return true }
      state.writer.record(EventRecord(.runPause))
      state.isPausing = false
      return false
    }
    return isStillToCome ?? true
  }

  /// Lets one operation of a paused run happen. Returns whether anybody could be let go.
  func step() -> Bool {
    state.withLock { state in
      guard memory.mode == .paused, !state.isPausing, !state.isOver, memory.computing.isEmpty,
        let slot = nextToStep(after: state.lastStepped)
      else { return false }
      state.lastStepped = slot.index
      state.writer.record(EventRecord(.runStep))
      if slot.status == .waiting, let deadline = slot.deadline {
        memory.clock.advance(to: deadline)
      }
      slot.grantPermit()
      return true
    }
  }

  /// Who does the next step: whoever stands at the gate, in turn; else whose sleep ends first.
  private func nextToStep(after last: Int) -> ActorSlot? {
    let slots = memory.actorSlots
    let gated = slots.filter { $0.status == .gated }
    if let next = gated.first(where: { $0.index > last }) ?? gated.first { return next }
    return slots.filter { $0.status == .waiting && $0.deadline != nil }
      .min { ($0.deadline ?? .max) < ($1.deadline ?? .max) }
  }

  func stop() {
    state.withLock { state in
      guard memory.mode != .stopping, !state.isOver else { return }
      state.isPausing = false
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
}
