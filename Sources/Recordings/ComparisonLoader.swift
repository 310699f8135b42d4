import History
import Platform
public import RunViews

/// Reads a whole recording to compare it with the run on the screen.
public final class ComparisonLoader: Sendable {
  /// The most events to compare.
  static let mostEvents = 1_000_000

  private struct State: Sendable {
    var other: OtherRun
    var loader: RecordingLoader?
    /// The events taken before the loader was stored here.
    var taken = 0
  }

  private let state: Guarded<State>

  /// What came of the comparison.
  public enum Outcome: Sendable {
    case compared(OtherRun)
    /// The reason why the recording cannot be read.
    case refused(String)
  }

  /// Starts to read, fold and compare on a new thread.
  /// - Parameter deliver: takes the outcome, on that thread.
  /// - Throws: `Failure` if the system gives no file descriptor or no thread.
  public init(_ run: ComparedRun, deliver: @escaping @Sendable (Outcome) -> Void) throws {
    let state = Guarded(State(other: OtherRun(path: run.path)))
    self.state = state
    let loader = try RecordingLoader(run.path) { news in
      switch news {
      case .waits: break
      case .began(let header): state.withLock { $0.other.begin(header) }
      case .events(let events, _, _):
        let loader = state.withLock { state in
          for event in events where state.other.log.count < Self.mostEvents {
            state.other.append(event)
          }
          if state.loader == nil { state.taken += events.count }
          return state.loader
        }
        loader?.taken(events.count)
      case .refused(let reason): deliver(.refused(reason))
      case .ended(let end):
        let other = state.withLock { state in
          let isAll = state.other.log.count < Self.mostEvents
          state.other.compare(
            with: run.log,
            complaint: end.complaint
              ?? (isAll ? nil : "only the first million events of the other run are compared"))
          return state.other
        }
        deliver(.compared(other))
      }
    }
    let taken = state.withLock { state in
      state.loader = loader
      return state.taken
    }
    loader.taken(taken)
  }
}
