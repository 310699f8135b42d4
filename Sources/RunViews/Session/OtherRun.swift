public import Events
public import History
import Trace

/// A recorded run that is laid beside the one on the screen.
///
/// It is folded, indexed and compared before the tutor gets it, on the thread that reads it, since
/// that takes as long as the two runs have events.
public struct OtherRun: Sendable {
  /// Where its recording is.
  public let path: String
  /// What it is of.
  public private(set) var header = RecordingHeader()
  /// What was read of it so far.
  @Boxed public private(set) var log = EventLog()
  @Boxed package private(set) var timeline = Timeline()
  package private(set) var comparison: RunComparison?
  /// What a person should know of its recording; nil where it is whole.
  package private(set) var complaint: String?

  /// A run of which nothing has been read.
  public init(path: String) { self.path = path }

  /// Takes in what it is of.
  public mutating func begin(_ header: RecordingHeader) { self.header = header }

  /// Takes in what happened next.
  public mutating func append(_ event: Event) {
    log.append(event)
    timeline.append(event, state: log.head.state)
  }

  /// Lays it beside a run, once all of it has been read.
  /// - Parameter complaint: what a person should know of the recording; nil where it is whole.
  public mutating func compare(with first: EventLog, complaint: String?) {
    self.complaint = complaint
    comparison = RunComparison(first, log)
  }
}

/// A recording that is to be laid beside the run on the screen.
public struct ComparedRun: Sendable {
  /// Where the recording is.
  public let path: String
  /// The events of the run on the screen.
  public let log: EventLog

  package init(path: String, log: EventLog) {
    self.path = path
    self.log = log
  }
}
