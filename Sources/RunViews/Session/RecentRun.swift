internal import Catalog
public import Events
public import History

/// A kept recording of an earlier run, as an entry of the list of recent runs.
public struct RecentRun: Sendable, Equatable {
  /// The path of the recording.
  public let path: String
  /// The identifier of the demo, as `lockstep run` takes it.
  public let demo: String
  /// The arguments, as `name=value` words separated by spaces.
  public let parameters: String
  /// The start of the run, as text for the user.
  public let started: String
  /// The duration in nanoseconds of the run, or nil if it is unknown.
  public let duration: UInt64?
  /// The number of events.
  public let events: UInt64
  /// The outcome, or nil if the recording is cut short.
  public let outcome: RunOutcome?
  /// The reason why it cannot be opened, or nil.
  public let fault: String?
  /// Whether the user removed it from the list; it can still be put back.
  public package(set) var isRemoved: Bool

  /// A recording, described by its first and its last line.
  public init(
    path: String, demo: String, parameters: String, started: String, duration: UInt64?,
    outcome: RunOutcome?, events: UInt64 = 0, fault: String? = nil, isRemoved: Bool = false
  ) {
    self.path = path
    self.demo = demo
    self.parameters = parameters
    self.started = started
    self.duration = duration
    self.outcome = outcome
    self.events = events
    self.fault = fault
    self.isRemoved = isRemoved
  }
}

/// A request to write a run to a file.
public struct SavedRun: Sendable {
  /// The path of the file, as typed.
  public let path: String
  /// The events so far.
  public let log: EventLog

  package init(path: String, log: EventLog) {
    self.path = path
    self.log = log
  }
}
