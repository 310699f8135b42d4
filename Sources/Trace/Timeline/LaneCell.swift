/// What an actor does at a time, as a lane shows it.
public enum LaneCell: Sendable, Hashable {
  /// Before its birth and after its end.
  case blank
  /// Asked for, and not yet running.
  case starting
  case asleep
  case running
  case task(pool: ObjectID, number: Int)
  case waiting(WaitReason)
  /// Of several objects the one acquired last.
  case holding(ObjectID)
}

/// A part of an actor's life in which it did one thing.
public struct LaneSpan: Sendable, Equatable {
  /// Nanoseconds of the run.
  public let start: UInt64
  /// Nanoseconds of the run; nil while it goes on.
  public let end: UInt64?
  /// Never blank.
  public let cell: LaneCell
}
