extension Finding {
  /// A finding in words, with the names that a person sees.
  static func sentence(_ kind: Kind, state: RunState) -> String {
    switch kind {
    case .deadlock(let cycle, _):
      deadlock(cycle, state) + heldUp(by: cycle.map(\.actor), state)
    case .waitForEnded(let actor, let object, let holder):
      "\(state.name(of: actor)) waits for \(state.name(of: object)), but \(state.name(of: holder)) "
        + "has ended without letting it go" + heldUp(by: [actor], state)
    case .abandonedLock(let object, let holder):
      "\(state.name(of: holder)) has ended and still holds \(state.name(of: object)): whoever asks "
        + "for it now waits for ever"
    case .starvation(let starved):
      "\(state.name(of: starved.actor)) has waited "
        + "\(ValueText.duration(Int64(clamping: starved.waited))) for "
        + "\(state.name(of: starved.object)), which others acquired \(starved.acquired) times "
        + "meanwhile"
    case .lostUpdate(let update):
      "\(state.name(of: update.first)) and \(state.name(of: update.second)) both read "
        + "\(short(update.read)) from \(state.name(of: update.object)); "
        + "\(state.name(of: update.second)) wrote \(short(update.secondWrote)) over the "
        + "\(short(update.firstWrote)) of \(state.name(of: update.first))"
    }
  }

  private static func deadlock(_ cycle: [Link], _ state: RunState) -> String {
    if cycle.count == 1, let link = cycle.first {
      let actor = state.name(of: link.actor)
      guard let object = link.object else { return "\(actor) waits for its own end" }
      return "\(actor) waits for \(state.name(of: object)), which it holds itself: "
        + "it cannot go on"
    }
    let waits = cycle.map { link in
      let holder = state.name(of: link.holder)
      let what =
        link.object.map { "\(state.name(of: $0)), held by \(holder)" } ?? "\(holder) to end"
      return "\(state.name(of: link.actor)) waits for \(what)"
    }
    let none = cycle.count == 2 ? "neither can go on" : "none of them can go on"
    return waits.joined(separator: "; ") + ": " + none
  }

  /// Who waits, without end, for somebody who cannot go on, directly or by way of others.
  private static func heldUp(by stuck: [ActorID], _ state: RunState) -> String {
    var stuck = Set(stuck)
    var parts: [String] = []
    var hasGrown = true
    while hasGrown {
      hasGrown = false
      for actor in state.actors where !stuck.contains(actor.id) {
        guard let wait = actor.wait, wait.until == nil,
          let link = FindingDetector.link(from: actor.id, wait, state),
          stuck.contains(link.holder)
        else { continue }
        stuck.insert(actor.id)
        hasGrown = true
        let what = link.object.map { state.name(of: $0) } ?? "\(state.name(of: link.holder)) to end"
        parts.append("\(actor.name), which waits for \(what)")
      }
    }
    guard !parts.isEmpty else { return "" }
    let told = parts.prefix(mostHeldUp).joined(separator: "; ")
    let more = parts.count > mostHeldUp ? "; and \(parts.count - mostHeldUp) more" : ""
    return "; held up by that: \(told)\(more)"
  }

  private static let mostHeldUp = 3

  private static func short(_ value: EventValue) -> String {
    ValueText.abbreviated(value.text)
  }
}
