extension Finding {
  /// A finding in words, with the names that a person sees.
  static func sentence(_ kind: Kind, state: RunState) -> String {
    switch kind {
    case .deadlock(let cycle, _): deadlock(cycle, state)
    case .waitForEnded(let actor, let object, let holder):
      "\(state.name(of: actor)) waits for \(state.name(of: object)), but \(state.name(of: holder)) "
        + "has ended without letting it go"
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

  private static func short(_ value: EventValue) -> String {
    ValueText.abbreviated(value.text)
  }
}
