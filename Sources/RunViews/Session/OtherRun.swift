public import Events
public import History
import Trace

/// A recorded run that is compared with the run on the screen.
///
/// The thread that reads it also folds, indexes and compares it before the tutor gets it, because
/// the cost grows with the events of both runs.
public struct OtherRun: Sendable {
  /// The path of the recording.
  public let path: String
  /// The header of the recording.
  public private(set) var header = RecordingHeader()
  /// The events read so far.
  @Boxed public private(set) var log = EventLog()
  @Boxed package private(set) var timeline = Timeline()
  package private(set) var comparison: RunComparison?
  /// A defect of the recording that the user should know, or nil.
  package private(set) var complaint: String?

  /// A run without events.
  public init(path: String) { self.path = path }

  /// Sets the header.
  public mutating func begin(_ header: RecordingHeader) { self.header = header }

  /// Appends the next event.
  public mutating func append(_ event: Event) {
    log.append(event)
    timeline.append(event, state: log.head.state)
  }

  /// Compares it with another run, after its last event.
  /// - Parameter complaint: a defect of the recording that the user should know, or nil.
  public mutating func compare(with first: EventLog, complaint: String?) {
    self.complaint = complaint
    comparison = RunComparison(first, log)
  }
}

/// A request to compare a recording with the run on the screen.
public struct ComparedRun: Sendable {
  /// The path of the recording.
  public let path: String
  /// The events of the run on the screen.
  public let log: EventLog

  package init(path: String, log: EventLog) {
    self.path = path
    self.log = log
  }
}
