package import Events
internal import Trace

/// Where things stand among the lanes: for the mouse, and for keys that go from lane to lane.
extension TimelineRows {
  /// What each row is of; nil where it cannot be chosen.
  package var lanes: [LaneID?] { subjects.map(Self.id) }

  package static func id(of subject: Subject) -> LaneID? {
    switch subject {
    case .actors(let actors): actors.first.map { .actor($0.id) }
    case .object(let object): .object(object.id)
    case .series(let place): .series(place)
    case .pool(let pool): .pool(pool.pool)
    case .worker(let actor, _): .actor(actor)
    }
  }

  /// The actors of the chosen lane, in the order of their lives.
  package func actors(of lane: LaneID) -> [ActorID] {
    for subject in subjects where Self.id(of: subject) == lane {
      switch subject {
      case .actors(let actors): return actors.map(\.id)
      case .worker(let actor, _): return [actor]
      default: return []
      }
    }
    return []
  }

  /// The time, in nanoseconds of the run, at a column of a row; nil outside of the lanes.
  package func time(row: Int, column: Int) -> UInt64? {
    guard subjects.indices.contains(row) else { return nil }
    let place = column - columns.label - 2
    guard place >= 0, place < columns.lane else { return nil }
    return part(of: subjects[row]).time(ofColumn: place)
  }

  /// How much time a column shows at least, in nanoseconds of the run.
  package var grain: UInt64 { max(1, (shown.to - shown.from) / UInt64(max(1, columns.lane))) }
}
