import Events

extension Finding {
  /// A finding of an event, with its sentence in display names.
  init(_ kind: Kind, at event: Event, state: RunState) {
    let stuck = kind.stuckActors
    self.init(
      kind: kind, seq: event.seq, time: event.time, core: Self.sentence(kind, state: state),
      heldUp: stuck.isEmpty ? "" : Self.heldUp(by: stuck, state))
  }

  private static func sentence(_ kind: Kind, state: RunState) -> String {
    switch kind {
    case .deadlock(let cycle, _): deadlock(cycle, state)
    case .waitForEnded(let actor, let object, let holder):
      "\(state.name(of: actor)) waits for \(state.name(of: object)), but \(state.name(of: holder)) "
        + "has ended without releasing it"
    case .abandonedLock(let object, let holder):
      "\(state.name(of: holder)) has ended and still holds \(state.name(of: object)): the next to "
        + "ask for it waits forever"
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

  /// The actors that wait without a deadline for one of the stuck, directly or through others.
  private static func heldUp(by stuck: [ActorID], _ state: RunState) -> String {
    var waiting: [ActorID: [Link]] = [:]
    for place in state.actors.indices {
      let actor = state.actors[place].id
      if !stuck.contains(actor), let link = FindingDetector.endlessLink(from: actor, state) {
        waiting[link.holder, default: []].append(link)
      }
    }
    // First the direct waits, by the actors' numbers, then the indirect ones.
    var links = stuck.flatMap { waiting[$0] ?? [] }.sorted { $0.actor < $1.actor }
    var next = 0
    while next < links.count {
      links += waiting[links[next].actor] ?? []
      next += 1
    }
    guard !links.isEmpty else { return "" }
    let listed = links.prefix(maxHeldUp).map { link in
      let what = link.object.map { state.name(of: $0) } ?? "\(state.name(of: link.holder)) to end"
      return "\(state.name(of: link.actor)), which waits for \(what)"
    }
    let more = links.count > maxHeldUp ? "; and \(links.count - maxHeldUp) more" : ""
    return "; held up by that: \(listed.joined(separator: "; "))\(more)"
  }

  private static let maxHeldUp = 3

  private static func short(_ value: EventValue) -> String {
    ValueText.abbreviated(value.text)
  }
}
