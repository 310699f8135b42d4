internal import Catalog
internal import Trace

extension RunSession {
  /// The pools that have lanes of their own: where sizes of pools are compared, each from its own
  /// beginning.
  var lanePools: [PoolLife] {
    request.demo.comparesPools ? pools.filter { !$0.workers.isEmpty } : []
  }

  /// The actors that share a lane, one after the other: those of one name whose lives do not
  /// overlap. Where there are many lanes, names that differ by a number alone are one name too.
  func lanes(of actors: [ActorState]) -> [[ActorState]] {
    let lanes = shared(actors) { $0.name }
    return lanes.count <= Self.manyLanes ? lanes : shared(actors) { Self.stem($0.name) }
  }

  private static let manyLanes = 16

  private func shared(_ actors: [ActorState], by name: (ActorState) -> String) -> [[ActorState]] {
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
  static func stem(_ name: String) -> String {
    var stem = Substring(name)
    while let last = stem.last, last.isNumber || last == "-" || last == " " { stem.removeLast() }
    return stem.isEmpty ? name : String(stem)
  }
}
