import Concurrency
import Trace

/// Keeps the runs of a session on the shelf, and says once if it cannot.
final class RunKeeper: Sendable {
  private let shelf: RecordingShelf?
  private let tell: @Sendable (String) -> Void
  /// Whether a person knows that runs are not kept.
  private let isTold = Guarded(false)

  /// - Parameters:
  ///   - shelf: where to; nil where there is no folder for it, which others tell.
  ///   - tell: takes a sentence for a person, on the thread of a run.
  init(_ shelf: RecordingShelf?, tell: @escaping @Sendable (String) -> Void) {
    self.shelf = shelf
    self.tell = tell
  }

  /// A run that is about to begin, to be kept from its first event on.
  func run(_ header: RecordingHeader) -> KeptRun { KeptRun(header, keeper: self) }

  fileprivate func begin(_ header: RecordingHeader) -> RecordingFile? {
    guard let shelf else { return nil }
    do throws(StateError) {
      return try shelf.begin(header, tell: tell)
    } catch {
      let wasTold = isTold.withLock { isTold in
        defer { isTold = true }
        return isTold
      }
      if !wasTold { tell("this run is not kept: \(error)") }
      return nil
    }
  }
}

/// A run on its way to the shelf. Its file begins with its first event, so that a run that never
/// began leaves none, and on the thread that has the events, so that no disk holds up the screen.
final class KeptRun: Sendable {
  private enum State: Sendable {
    case before(RecordingHeader)
    case kept(RecordingFile)
    case notKept
  }

  private let keeper: RunKeeper
  private let state: Guarded<State>
  private let file = Guarded<String?>(nil)

  /// Where it is kept; nil before its first event, and where it is not kept.
  var path: String? { file.withLock { $0 } }

  fileprivate init(_ header: RecordingHeader, keeper: RunKeeper) {
    self.keeper = keeper
    state = Guarded(.before(header))
  }

  /// Adds the events that have just happened; called on one thread. With the run's last event the
  /// file is closed.
  func write(_ events: [Event]) {
    var now = state.withLock { $0 }
    if case .before(let header) = now {
      now = keeper.begin(header).map { .kept($0) } ?? .notKept
      if case .kept(let begun) = now { file.withLock { $0 = begun.path } }
    }
    if case .kept(let file) = now { file.write(events) }
    if events.last?.kind == .runFinish { now = .notKept }
    state.withLock { [now] in $0 = now }
  }
}
