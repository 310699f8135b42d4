internal import Catalog
internal import Events
internal import LessonKit
internal import RunViews
internal import Trace
internal import Tutor

extension PlainRunText {
  /// Returns the time on display, and the state at that time.
  static func state(_ session: RunSession, now: UInt64, listing: Listing?) -> [SpokenLine] {
    let time = "At \(ValueText.moment(Int64(clamping: session.time(at: now)))) of the run"
    let what =
      session.isRewound
      ? ", after \(session.place):"
      : session.isUnderWay ? session.isPaused ? ", which is paused:" : ":" : ", which is over:"
    return [SpokenLine(time + what)] + stateSentences(session, now: now, listing: listing)
  }

  /// Returns the state at the moment on display: a sentence for each object and each actor.
  static func stateSentences(_ session: RunSession, now: UInt64, listing: Listing?) -> [SpokenLine]
  {
    let state = session.state
    let time = session.time(at: now)
    var sentences: [String] = []
    sentences += state.objects.prefix(StateRows.mostObjects).compactMap {
      object($0, state, time: time)
    }
    sentences += state.shownActors.prefix(StateRows.mostActors).map {
      actor($0, session, time: time, listing: listing)
    }
    return sentences.map { SpokenLine($0) }
  }

  private static func object(_ object: ObjectState, _ state: RunState, time: UInt64) -> String? {
    let waiters = state.waiters(of: object.id).prefix(8).map { waiter in
      let since = time > waiter.since ? time - waiter.since : 0
      guard since > 0 else { return "\(state.name(of: waiter.actor)) begins to wait for it" }
      return "\(state.name(of: waiter.actor)) has waited for it for "
        + ValueText.spokenDuration(Int64(clamping: since))
    }
    let waiting = waiters.isEmpty ? "" : "; \(waiters.listed)"
    switch object.form {
    case .list, .queue, .pipe:
      return Narrator.contents(of: object, in: state) + waiting + "."
    case .lock:
      let holders = object.lock.holders.map { state.name(of: $0) }
      let who = holders.isEmpty ? "free" : "held by \(holders.listed)"
      return "\(object.name) is \(who)\(waiting)."
    case .semaphore:
      return "\(object.name) has \(counted(object.lock.permits ?? 0, "permit")) left\(waiting)."
    case .variable:
      return object.value.map { "\(object.name) is \(ValueText.abbreviated($0.text)).\(waiting)" }
    case .event: return "\(object.name) is \(object.isSet ? "set" : "clear")\(waiting)."
    case .condition, .barrier:
      return "\(object.name): \(waiters.isEmpty ? "nobody waits" : waiters.listed)."
    case .pool:
      let pool = object.pool
      return "\(object.name) has \(counted(pool.size, "worker")); "
        + "\(pool.busy) busy, \(pool.queued) tasks waiting, \(pool.finished) of "
        + "\(pool.submitted) done\(pool.failed > 0 ? ", \(pool.failed) failed" : "")."
    case .unknown: return nil
    }
  }

  private static func actor(
    _ actor: ActorState, _ session: RunSession, time: UInt64, listing: Listing?
  ) -> String {
    let state = session.state
    let number = actor.type == .process ? actor.pid : actor.tid
    var text =
      "\(session.spokenName(of: actor)), \(actor.type.rawValue) \(number), \(phase(actor, session))"
    if !actor.holds.isEmpty {
      text += ", and holds \(actor.holds.map { state.name(of: $0) }.listed)"
    }
    text += "."
    if actor.tasksDone > 0 { text += " It has done \(counted(actor.tasksDone, "task"))." }
    if actor.exceptions > 0 {
      text += " In it \(counted(actor.exceptions, "exception")) "
      text += actor.exceptions == 1 ? "was raised." : "were raised."
    }
    if let cpu = actor.cpu {
      text += " It has computed for \(ValueText.spokenDuration(cpu))"
      text += (actor.core.map { ", on core \($0)" } ?? "") + "."
    }
    if session.isUnderWay, actor.isAlive, let line = actor.line {
      let code = code(of: line, listing).map { ": " + $0 } ?? ""
      text += Narrator.closed(" It is at line \(line)\(code)")
    }
    return text
  }

  /// Returns the code of a line of the listing, from 1, or nil.
  static func code(of line: Int, _ listing: Listing?) -> String? {
    guard let lines = listing?.lines, lines.indices.contains(line - 1) else { return nil }
    let code = lines[line - 1].trimmed
    return code.isEmpty ? nil : code
  }

  private static func phase(_ actor: ActorState, _ session: RunSession) -> String {
    let state = session.state
    if !session.isUnderWay, actor.id == .main { return "has ended" }
    switch actor.phase {
    case .unknown, .spawned: return "is starting"
    case .ended(.returned): return "has ended"
    case .ended(.exited(let status)): return "has ended with status \(status)"
    case .ended(.killed(let signal)): return "was killed by signal \(signal)"
    case .running:
      guard let task = actor.task else { return "is running" }
      let value = task.value.map { ": \(ValueText.abbreviated($0.text))" } ?? ""
      return "is computing task \(task.number)\(value)"
    case .waiting(let wait):
      if wait.reason == .sleep { return "is asleep" }
      if let awaited = wait.awaited { return "waits for \(state.name(of: awaited)) to end" }
      return wait.object.map { "waits for \(state.name(of: $0))" } ?? "waits"
    }
  }
}

extension RunSession {
  /// Returns an actor's name, with its pool if there are several: `pool 3, worker-1`.
  func spokenName(of actor: ActorState) -> String {
    guard pools.count > 1, let pool = pools.first(where: { $0.workers.contains(actor.id) }) else {
      return actor.name
    }
    return "\(state.name(of: pool.pool)), \(actor.name)"
  }
}
