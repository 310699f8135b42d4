import Engine
import Trace
import Tutor

/// A recording that is read as a whole, to be laid beside the run on the screen.
final class Comparand: Sendable {
  /// More events are not compared.
  static let mostEvents = 1_000_000

  private struct State: Sendable {
    var header: RecordingHeader?
    var log = EventLog()
    var opening: RecordingOpening?
    /// What was taken before the opening was known here.
    var taken = 0
  }

  private let state = Guarded(State())

  /// Begins to read.
  /// - Parameter deliver: takes the whole recording, or why there is none; called on the thread that
  ///   reads.
  func read(_ path: String, deliver: @escaping @Sendable (Message) -> Void) throws {
    let state = state
    let opening = try RecordingOpening(path) { news in
      switch news {
      case .began(let header): state.withLock { $0.header = header }
      case .events(let events, _, _):
        let opening = state.withLock { state in
          for event in events where state.log.count < Self.mostEvents { state.log.append(event) }
          if state.opening == nil { state.taken += events.count }
          return state.opening
        }
        opening?.taken(events.count)
      case .refused(let reason): deliver(.warned(reason))
      case .ended:
        let (header, log) = state.withLock { ($0.header, $0.log) }
        if log.count == Self.mostEvents {
          deliver(.told("the first million events of the other run are compared"))
        }
        deliver(.comparand(header ?? RecordingHeader(), log))
      }
    }
    let taken = state.withLock { state in
      state.opening = opening
      return state.taken
    }
    opening.taken(taken)
  }
}
