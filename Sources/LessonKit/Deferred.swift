internal import Synchronization

/// A value that is computed once, on first use, for a slow result that is often not needed.
///
/// The computation must give the same result at any time. Then types that contain a deferred value
/// still behave like values.
public final class Deferred<Value: Sendable>: Sendable {
  private enum State: Sendable {
    case pending(@Sendable () -> Value)
    case computed(Value)
  }

  private let state: Mutex<State>

  /// Makes a value that `compute` computes. The closure must not use this value itself.
  public init(_ compute: @escaping @Sendable () -> Value) { state = Mutex(.pending(compute)) }

  /// The value. The first caller computes it, and concurrent callers wait.
  public var value: Value {
    state.withLock { state in
      switch state {
      case .computed(let value): return value
      case .pending(let compute):
        let value = compute()
        state = .computed(value)
        return value
      }
    }
  }
}
