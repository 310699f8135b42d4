internal import Catalog
public import Events
public import History

/// A recording that is kept of an earlier run, as the list of them shows it.
public struct RecentRun: Sendable, Equatable {
  /// Where it is kept.
  public let path: String
  /// The demo, by the word that `lockstep run` takes.
  public let demo: String
  /// Its arguments, as `name=value` words with spaces between.
  public let parameters: String
  /// When it began, for a person.
  public let started: String
  /// How long it took, in nanoseconds of the run; nil where that is not known.
  public let duration: UInt64?
  /// How many events it has.
  public let events: UInt64
  /// How it ended; nil where it was cut short.
  public let outcome: RunOutcome?
  /// Why it cannot be shown; nil where it can.
  public let fault: String?
  /// Whether it was taken off the list, and can be put back.
  public package(set) var isRemoved: Bool

  /// What is known of a recording from its first and its last line.
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

/// A run that is to be written to a file: what it is of, and its events.
public struct SavedRun: Sendable {
  /// The file's path, as it was typed.
  public let path: String
  /// The events so far.
  public let log: EventLog

  package init(path: String, log: EventLog) {
    self.path = path
    self.log = log
  }
}
