/// What each actor did when, who held each lock when, and how long each list was: what lanes are
/// drawn from.
///
/// Built event by event; a picture of any part of it costs columns × log n, however long the run.
public struct Timeline: Sendable {
  private var lanes: [Lane] = []
  private var tracks: [ObjectTrack] = []
  /// The time of the latest event, in nanoseconds of the run.
  public private(set) var end: UInt64 = 0

  public init() {}

  /// Goes on by one event.
  /// - Parameter state: what is true after it.
  public mutating func append(_ event: Event, state: RunState) {
  }

  /// What an actor did, in order, the last part perhaps still open.
  public func spans(of actor: ActorID) -> [LaneSpan] { [] }

  /// A lane of cells: each the most telling thing in its slice of the time from `from` to `to`
  /// (holding, then waiting, a task, running, starting, asleep), however short it was.
  /// - Parameter now: what still goes on is drawn up to here, and nothing beyond it.
  public func lane(
    _ actor: ActorID, from: UInt64, to: UInt64, columns: Int, now: UInt64 = .max
  ) -> [LaneCell] { [] }

  /// Who held a lock, for each slice of the time: the last who did, nil where nobody did.
  public func holders(
    _ lock: ObjectID, from: UInt64, to: UInt64, columns: Int, now: UInt64 = .max
  ) -> [ActorID?] { [] }

  /// How long a list, a queue or a pipe was, for each slice of the time: the greatest size in it,
  /// nil before the first operation.
  public func sizes(
    _ object: ObjectID, from: UInt64, to: UInt64, columns: Int, now: UInt64 = .max
  ) -> [Int?] { [] }
}

struct Lane: Sendable {}
struct ObjectTrack: Sendable {}
