internal import Trace

/// What a lane of the timeline shows, added up.
private struct LaneTotals {
  var asleep: Int64 = 0
  var waits: [ObjectID: (count: Int, time: Int64)] = [:]
  var held: [ObjectID: (count: Int, time: UInt64)] = [:]
  var holding: [ObjectID: UInt64] = [:]
}

extension PlainRunText {
  /// The lanes as sentences, one for each actor.
  static func timeline(_ session: RunSession) -> [PlainLine] {
    let state = session.state
    let totals = totals(session)
    return state.shownActors.prefix(StateRows.mostActors).map { actor in
      let lane = totals[actor.id] ?? LaneTotals()
      var parts: [String] = []
      if lane.asleep > 0 { parts.append("slept for \(ValueText.spokenDuration(lane.asleep))") }
      for (object, wait) in lane.waits.sorted(by: { $0.key < $1.key }) {
        parts.append(
          "waited \(times(wait.count)) for \(state.name(of: object)), "
            + "\(ValueText.spokenDuration(wait.time)) in all")
      }
      for (object, held) in lane.held.sorted(by: { $0.key < $1.key }) {
        parts.append(
          "held \(state.name(of: object)) \(times(held.count)), "
            + "\(ValueText.spokenDuration(Int64(clamping: held.time))) in all")
      }
      if actor.tasksDone > 0 { parts.append("did \(counted(actor.tasksDone, "task"))") }
      let start = actor.started ?? actor.spawned
      let from = start.map { "from \(ValueText.moment(Int64(clamping: $0)))" } ?? "not begun"
      let end = actor.ended.map { " to \(ValueText.moment(Int64(clamping: $0)))" } ?? ""
      let what = parts.isEmpty ? "" : "; it " + parts.joined(separator: "; ")
      return PlainLine("\(actor.name): \(from)\(end)\(what).")
    }
  }

  /// Who had to wait for a lock, how often and how long: what is hatched in the lanes.
  static func waits(_ session: RunSession) -> [String] {
    let state = session.state
    let totals = totals(session)
    return state.shownActors.prefix(16).flatMap { actor in
      (totals[actor.id]?.waits ?? [:]).sorted { $0.key < $1.key }.compactMap { object, wait in
        guard state[object]?.form == .lock || state[object]?.form == .semaphore else { return nil }
        return "\(actor.name) waited \(times(wait.count)) for \(state.name(of: object)), "
          + "\(ValueText.spokenDuration(wait.time)) in all."
      }
    }
  }

  private static func times(_ count: Int) -> String {
    count == 1 ? "once" : "\(ValueText.grouped(count)) times"
  }

  private static func totals(_ session: RunSession) -> [ActorID: LaneTotals] {
    var totals: [ActorID: LaneTotals] = [:]
    for index in 0..<session.log.count {
      let record = session.log.record(at: index)
      switch EventKind(rawValue: record.kind) {
      case .waitEnd:
        let event = session.log[index]
        let time = max(0, event.waited ?? 0)
        if event.waitReason == .sleep {
          totals[event.actor, default: LaneTotals()].asleep += time
        } else if let object = event.object {
          let before = totals[event.actor]?.waits[object] ?? (0, 0)
          totals[event.actor, default: LaneTotals()].waits[object] =
            (before.count + 1, before.time + time)
        }
      case .lockAcquire:
        let event = session.log[index]
        guard let object = event.object, (event.depth ?? 1) <= 1 else { continue }
        totals[event.actor, default: LaneTotals()].holding[object] = event.time
      case .lockRelease:
        let event = session.log[index]
        guard let object = event.object, (event.depth ?? 0) == 0,
          let since = totals[event.actor]?.holding.removeValue(forKey: object)
        else { continue }
        let before = totals[event.actor]?.held[object] ?? (0, 0)
        totals[event.actor, default: LaneTotals()].held[object] =
          (before.count + 1, before.time + (event.time - min(since, event.time)))
      default: continue
      }
    }
    return totals
  }
}
