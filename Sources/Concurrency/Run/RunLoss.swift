import Platform
import Rings

/// The first process of a run that failed unexpectedly: it was killed, could not be started, or
/// exited with an error, and the body did not say that it may.
///
/// Others may wait forever for such a process, at any shared object. So the run is stopped soon
/// after. Until then the body can notice the failure itself, for example at a join.
public final class RunLoss: Sendable {
  /// How long a run may go on, in nanoseconds of the machine's time.
  static let patience: UInt64 = 500_000_000

  private struct State {
    var exception: RaisedException?
    /// Whether the failure may be a consequence of another one, such as a broken pipe.
    var isConsequence = false
    var isOver = false
    /// When the run must stop, by the monotonic clock.
    var due: UInt64 = 0
  }

  private let state = Guarded(State())
  private let memory: RunMemory
  private let onLoss: @Sendable (RaisedException) -> Void

  init(memory: RunMemory, onLoss: @escaping @Sendable (RaisedException) -> Void) {
    self.memory = memory
    self.onLoss = onLoss
  }

  /// Notes that a process was killed or could not be started.
  public func note(_ exception: RaisedException) { note(exception, isConsequence: false) }

  /// Notes that a process has failed by itself, maybe because another one is gone.
  public func noteConsequence(_ exception: RaisedException) {
    note(exception, isConsequence: true)
  }

  private func note(_ exception: RaisedException, isConsequence: Bool) {
    let isNew = state.withLock { state in
      guard !state.isOver, state.exception == nil || state.isConsequence && !isConsequence else {
        return false
      }
      if state.exception == nil { state.due = MonotonicClock.now() + Self.patience }
      state.exception = exception
      state.isConsequence = isConsequence
      return true
    }
    guard isNew else { return }
    onLoss(exception)
    memory.ringBell()
  }

  /// Ignores what happens from now on, because the user has stopped the run.
  public func close() { state.withLock { $0.isOver = true } }

  /// The failure as an exception that names the process, or nil.
  public var exception: RaisedException? { state.withLock { $0.exception } }

  /// The nanoseconds until the run must stop, or nil if no process has failed. A pause prolongs them.
  public func timeLeft() -> UInt64? {
    state.withLock { state in
      guard state.exception != nil else { return nil }
      let now = MonotonicClock.now()
      if memory.mode == .paused { state.due = now + Self.patience }
      return state.due > now ? state.due - now : 0
    }
  }
}
