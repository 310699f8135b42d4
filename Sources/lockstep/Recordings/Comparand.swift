import Concurrency
import Trace
import Tutor

/// A recording that is read as a whole, to be laid beside the run on the screen.
final class Comparand: Sendable {
  /// More events are not compared.
  static let mostEvents = 1_000_000

  private struct State: Sendable {
    var other: OtherRun
    var opening: RecordingOpening?
    /// What was taken before the opening was known here.
    var taken = 0
  }

  private let state: Guarded<State>

  /// Begins to read, fold and compare, on a thread of its own.
  /// - Parameter deliver: takes the whole recording, or why there is none; called on that thread.
  /// - Throws: `Failure` when the system gives no descriptor or no thread.
  init(_ run: ComparedRun, deliver: @escaping @Sendable (Message) -> Void) throws {
    let state = Guarded(State(other: OtherRun(path: run.path)))
    self.state = state
    let opening = try RecordingOpening(run.path) { news in
      switch news {
      case .began(let header): state.withLock { $0.other.begin(header) }
      case .events(let events, _, _):
        let opening = state.withLock { state in
          for event in events where state.other.log.count < Self.mostEvents {
            state.other.append(event)
          }
          if state.opening == nil { state.taken += events.count }
          return state.opening
        }
        opening?.taken(events.count)
      case .refused(let reason): deliver(.warned(reason))
      case .ended(let end):
        let other = state.withLock { state in
          let isAll = state.other.log.count < Self.mostEvents
          state.other.compare(
            with: run.log,
            complaint: end.complaint
              ?? (isAll ? nil : "only the first million events of the other run are compared"))
          return state.other
        }
        deliver(.comparand(other))
      }
    }
    let taken = state.withLock { state in
      state.opening = opening
      return state.taken
    }
    opening.taken(taken)
  }
}
