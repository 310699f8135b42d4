package import Events
internal import Trace

/// Positions of lanes and times, for the mouse and for keys that move between lanes.
extension TimelineRows {
  /// The lane of each row, or nil if it cannot be selected.
  package var lanes: [LaneID?] { subjects.map(Self.id) }

  static func id(of subject: Subject) -> LaneID? {
    switch subject {
    case .actors(let actors): actors.first.map { .actor($0.id) }
    case .object(let object): .object(object.id)
    case .series(let place): .series(place)
    case .pool(let pool): .pool(pool.pool)
    case .worker(let actor, _): .actor(actor)
    }
  }

  /// Returns the actors of a lane, in the order of their starts.
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

  /// Returns the time at a column of a row, in nanoseconds of the run, or nil outside of the lanes.
  package func time(row: Int, column: Int) -> UInt64? {
    guard subjects.indices.contains(row) else { return nil }
    let place = column - columns.label - 2
    guard place >= 0, place < columns.lane else { return nil }
    return part(of: subjects[row]).time(ofColumn: place)
  }

  /// The time that a column spans, in nanoseconds of the run, at least 1.
  package var timePerColumn: UInt64 {
    max(1, (shown.to - shown.from) / UInt64(max(1, columns.lane)))
  }
}
