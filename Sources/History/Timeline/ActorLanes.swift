public import Trace

/// Decides which actors share a lane, one after the other.
public enum ActorLanes {
  /// With more lanes, names that differ only by a number count as the same.
  private static let many = 16

  /// The actors of each lane: actors with the same name and type whose lives do not overlap.
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

  /// A name without its number: `client` for `client-17`.
  public static func stem(_ name: String) -> String {
    var stem = Substring(name)
    while let last = stem.last, last.isNumber || last == "-" || last == " " { stem.removeLast() }
    return stem.isEmpty ? name : String(stem)
  }
}
