internal import Events
internal import RunViews
internal import Trace

extension PlainRunText {
  /// Returns the lanes as sentences, one for each actor.
  static func timeline(_ session: RunSession) -> [SpokenLine] {
    let (state, lanes) = (session.state, LaneTotals(session.log))
    return state.shownActors.prefix(StateRows.mostActors).map { actor in
      let lane = lanes[actor.id]
      var parts: [String] = []
      if lane.asleep > 0 { parts.append("slept for \(ValueText.spokenDuration(lane.asleep))") }
      parts += lane.waits.sorted { $0.key < $1.key }.map { object, wait in
        "waited \(times(wait)) for \(state.name(of: object)), \(inAll(wait))"
      }
      parts += lane.holds.sorted { $0.key < $1.key }.map { object, hold in
        "held \(state.name(of: object)) \(times(hold)), \(inAll(hold))"
      }
      if actor.tasksDone > 0 { parts.append("did \(counted(actor.tasksDone, "task"))") }
      let start = actor.started ?? actor.spawned
      let from = start.map { "from \(ValueText.moment(Int64(clamping: $0)))" } ?? "not started"
      let end = actor.ended.map { " to \(ValueText.moment(Int64(clamping: $0)))" } ?? ""
      let what = parts.isEmpty ? "" : "; it " + parts.joined(separator: "; ")
      return SpokenLine("\(session.spokenName(of: actor)): \(from)\(end)\(what).")
    }
  }

  /// Returns who waited for a lock, how often and how long: the hatched parts of the lanes.
  static func waits(_ session: RunSession) -> [String] {
    let (state, lanes) = (session.state, LaneTotals(session.log))
    let waits = state.shownActors.flatMap { actor in
      lanes[actor.id].waits.sorted { $0.key < $1.key }
        .filter { state[$0.key]?.form == .lock || state[$0.key]?.form == .semaphore }
        .map {
          (actor: session.spokenName(of: actor), object: state.name(of: $0.key), total: $0.value)
        }
    }
    // Of many waits, only the longest get a sentence.
    let longest = waits.count <= mostWaits ? waits : waits.sorted { $0.total.time > $1.total.time }
    let sentences = longest.prefix(mostWaits).map {
      "\($0.actor) waited \(times($0.total)) for \($0.object), \(inAll($0.total))."
    }
    guard waits.count > mostWaits else { return sentences }
    return sentences + ["These waited longest of \(waits.count); to hear all, type timeline."]
  }

  private static let mostWaits = 4

  private static func times(_ total: LaneTotals.Total) -> String {
    total.count == 1 ? "once" : "\(ValueText.grouped(total.count)) times"
  }

  private static func inAll(_ total: LaneTotals.Total) -> String {
    ValueText.spokenDuration(total.time) + (total.count == 1 ? "" : " in all")
  }
}
