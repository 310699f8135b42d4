internal import Synchronization

/// A value that is worked out when it is first asked for, and once: for what takes long and is often
/// never needed.
///
/// The work must give the same whenever it is done, so that nobody can tell whether it is done yet:
/// what holds one is a value like any other.
public final class Deferred<Value: Sendable>: Sendable {
  private enum State: Sendable {
    case waiting(@Sendable () -> Value)
    case known(Value)
  }

  private let state: Mutex<State>

  /// - Parameter work: what makes the value; it must not ask for this very value.
  public init(_ work: @escaping @Sendable () -> Value) { state = Mutex(.waiting(work)) }

  /// The value. Whoever asks first does the work; others who ask meanwhile wait for it.
  public var value: Value {
    state.withLock { state in
      switch state {
      case .known(let value): return value
      case .waiting(let work):
        let value = work()
        state = .known(value)
        return value
      }
    }
  }
}
