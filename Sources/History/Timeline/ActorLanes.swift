public import Trace

/// Decides which actors share a lane, one after the other.
public enum ActorLanes {
  /// With more lanes, names that differ only by a number count as the same.
  private static let many = 16

  /// The actors of each lane: those with the same letter, which have the same name and type and do
  /// not live at the same time.
  public static func lanes(of actors: [ActorState]) -> [[ActorState]] {
    let lanes = byLetter(actors)
    return lanes.count <= many ? lanes : byStem(actors)
  }

  private static func byLetter(_ actors: [ActorState]) -> [[ActorState]] {
    var lanes: [[ActorState]] = []
    var places: [Int: Int] = [:]
    for actor in actors {
      if let rank = actor.rank, let place = places[rank] {
        lanes[place].append(actor)
      } else {
        if let rank = actor.rank { places[rank] = lanes.count }
        lanes.append([actor])
      }
    }
    return lanes
  }

  private static func byStem(_ actors: [ActorState]) -> [[ActorState]] {
    var lanes: [[ActorState]] = []
    var places: [String: [Int]] = [:]
    for actor in actors {
      let key = stem(actor.name) + "\u{0}" + actor.type.rawValue
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
