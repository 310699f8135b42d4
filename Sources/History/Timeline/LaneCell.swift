public import Events
import Trace

/// The activity of an actor at a time, as a lane shows it.
public enum LaneCell: Sendable, Hashable {
  /// Before its spawn and after its end.
  case blank
  /// Spawned, but not started.
  case starting
  /// Sleeping without a lock or a task.
  case asleep
  case running
  /// Working on a pool's task, also while it sleeps.
  case task(pool: ObjectID, number: Int)
  /// Waiting for anything except the end of a sleep, whether it holds locks or not.
  case waiting(WaitReason)
  /// Holding an object, the last one acquired, also while it sleeps.
  case holding(ObjectID)

  /// The current activity of an actor. Borrows the actor, since nearly every event needs this.
  init(_ actor: borrowing ActorState) {
    switch actor.phase {
    case .unknown, .ended: self = .blank
    case .spawned: self = .starting
    case .waiting(let wait) where wait.reason != .sleep: self = .waiting(wait.reason)
    case .waiting: self = Self.occupied(actor) ?? .asleep
    case .running: self = Self.occupied(actor) ?? .running
    }
  }

  /// The object that the actor holds, or its task, or nil.
  private static func occupied(_ actor: borrowing ActorState) -> LaneCell? {
    if let object = actor.holds.last { return .holding(object) }
    return actor.task.map { .task(pool: $0.pool, number: $0.number) }
  }

  /// The importance. A slice of time shows its most important activity.
  public var rank: Int {
    switch self {
    case .blank: 0
    case .asleep: 1
    // Waiting for another actor's work matters least, so that a task of a few microseconds between
    // two such waits stays visible.
    case .waiting(.queueGet), .waiting(.future), .waiting(.join), .waiting(.process),
      .waiting(.start):
      1
    case .starting: 2
    case .running: 3
    case .task: 4
    case .waiting: 5
    case .holding: 6
    }
  }
}

extension LaneCell {
  /// Whether it is a wait for something that another actor uses.
  var isContended: Bool {
    if case .waiting = self { rank == LaneCell.waiting(.lock).rank } else { false }
  }

  /// Whether it is more important than such a wait.
  var hidesWaits: Bool {
    if case .holding = self { true } else { false }
  }
}

/// A slice of a lane: its most important activity.
public struct LaneSlice: Sendable, Equatable {
  /// The activity, or blank.
  public let cell: LaneCell
  /// When the activity began, in nanoseconds of the run, maybe before the slice. With it, two waits
  /// in a row can be told apart.
  public let start: UInt64
  /// Whether the slice also has a wait for something in use, before the activity and too short to
  /// reach another slice.
  public let hasWait: Bool
}

/// A time in which an actor has one activity.
public struct LaneSpan: Sendable, Equatable {
  /// The start, in nanoseconds of the run.
  public let start: UInt64
  /// The end, in nanoseconds of the run, or nil while it lasts.
  public let end: UInt64?
  /// The activity, never blank.
  public let cell: LaneCell
}

extension LaneSpan {
  init?(_ part: StepTrack<LaneCell>.Part) {
    guard part.value != .blank else { return nil }
    self.init(start: part.start, end: part.end, cell: part.value)
  }
}
