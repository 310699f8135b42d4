public import Trace

/// Which actors share a lane, one after the other.
public enum ActorLanes {
  /// With more lanes than these, names that differ by a number alone are one name too.
  private static let many = 16

  /// The actors of each lane: those of one name and type whose lives do not overlap.
  public static func lanes(of actors: [ActorState]) -> [[ActorState]] {
    let lanes = shared(actors) { $0.name }
    return lanes.count <= many ? lanes : shared(actors) { stem($0.name) }
  }

  private static func shared(
    _ actors: [ActorState], by name: (ActorState) -> String
  ) -> [[ActorState]] {
    var lanes: [[ActorState]] = []
    var places: [String: [Int]] = [:]
    for actor in actors {
      let key = name(actor) + "\u{0}" + actor.type.rawValue
      let start = actor.spawned ?? actor.started ?? .max
      let free = places[key]?.first { place in
        lanes[place].last?.ended.map { $0 <= start } ?? false
      }
      if let free {
        lanes[free].append(actor)
      } else {
        places[key, default: []].append(lanes.count)
        lanes.append([actor])
      }
    }
    return lanes
  }

  /// `client-17` as `client`.
  public static func stem(_ name: String) -> String {
    var stem = Substring(name)
    while let last = stem.last, last.isNumber || last == "-" || last == " " { stem.removeLast() }
    return stem.isEmpty ? name : String(stem)
  }
}
