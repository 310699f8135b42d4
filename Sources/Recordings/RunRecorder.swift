public import Events
import Platform
import StateFiles

/// Records the runs of a session on the shelf. Reports once if it cannot.
public final class RunRecorder: Sendable {
  private let shelf: RecordingShelf?
  private let report: @Sendable (String) -> Void
  /// Whether the failure has been reported.
  private let hasReported = Guarded(false)

  /// - Parameters:
  ///   - shelf: the shelf, or nil if there is no folder for it.
  ///   - report: takes a message for the user, on the thread of a run.
  public init(_ shelf: RecordingShelf?, report: @escaping @Sendable (String) -> Void) {
    self.shelf = shelf
    self.report = report
  }

  /// Prepares to record a run from its first event.
  public func run(_ header: RecordingHeader) -> RunRecording {
    RunRecording(header, recorder: self)
  }

  fileprivate func begin(_ header: RecordingHeader) -> RecordingWriter? {
    guard let shelf else { return nil }
    do throws(StateError) {
      return try shelf.begin(header, report: report)
    } catch {
      let hadReported = hasReported.withLock { hasReported in
        defer { hasReported = true }
        return hasReported
      }
      if !hadReported { report("this run is not recorded: \(error)") }
      return nil
    }
  }
}

/// Records one run on the shelf. It creates the file with the first event, so a run that fails to
/// start leaves none. It writes on the thread that has the events, so a slow disk never blocks the
/// screen.
public final class RunRecording: Sendable {
  private enum State: Sendable {
    case before(RecordingHeader)
    case recording(RecordingWriter)
    case notRecorded
  }

  private let recorder: RunRecorder
  private let state: Guarded<State>
  private let file = Guarded<String?>(nil)

  /// The path of the recording. Nil before the first event, and if the run is not recorded.
  public var path: String? { file.withLock { $0 } }

  fileprivate init(_ header: RecordingHeader, recorder: RunRecorder) {
    self.recorder = recorder
    state = Guarded(.before(header))
  }

  /// Writes the next events. Called on one thread. The run's last event closes the file.
  public func write(_ events: [Event]) {
    var now = state.withLock { $0 }
    if case .before(let header) = now {
      now = recorder.begin(header).map { .recording($0) } ?? .notRecorded
      if case .recording(let begun) = now { file.withLock { $0 = begun.path } }
    }
    if case .recording(let file) = now { file.write(events) }
    if events.last?.kind == .runFinish { now = .notRecorded }
    state.withLock { [now] in $0 = now }
  }
}
