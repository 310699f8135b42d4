public import Events
import Trace

/// What an actor does at a time, as a lane shows it.
public enum LaneCell: Sendable, Hashable {
  /// Before its birth and after its end.
  case blank
  /// Asked for, and not yet running.
  case starting
  /// Sleeping, holding nothing and without a task.
  case asleep
  case running
  /// A pool's task in hand; also while it sleeps.
  case task(pool: ObjectID, number: Int)
  /// Waiting for anything but the end of a sleep, whatever else it holds.
  case waiting(WaitReason)
  /// Of several objects the one acquired last; also while it sleeps.
  case holding(ObjectID)

  /// What an actor does now. Borrows it: this is asked at nearly every event.
  init(_ actor: borrowing ActorState) {
    switch actor.phase {
    case .unborn, .ended: self = .blank
    case .spawned: self = .starting
    case .waiting(let wait) where wait.reason != .sleep: self = .waiting(wait.reason)
    case .waiting: self = Self.occupied(actor) ?? .asleep
    case .running: self = Self.occupied(actor) ?? .running
    }
  }

  /// What keeps the actor from being free to others, awake or asleep: what it holds, or its task.
  private static func occupied(_ actor: borrowing ActorState) -> LaneCell? {
    if let object = actor.holds.last { return .holding(object) }
    return actor.task.map { .task(pool: $0.pool, number: $0.number) }
  }

  /// How telling it is: the greatest in a slice of time is what the slice shows.
  public var rank: Int {
    switch self {
    case .blank: 0
    case .asleep: 1
    // Who has nothing to do until somebody else has done something tells least: a task of a few
    // microseconds between two such waits must not vanish.
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

/// A part of an actor's life in which it did one thing.
public struct LaneSpan: Sendable, Equatable {
  /// Nanoseconds of the run.
  public let start: UInt64
  /// Nanoseconds of the run; nil while it goes on.
  public let end: UInt64?
  /// Never blank.
  public let cell: LaneCell
}

extension LaneSpan {
  init?(_ part: StepTrack<LaneCell>.Part) {
    guard part.value != .blank else { return nil }
    self.init(start: part.start, end: part.end, cell: part.value)
  }
}
