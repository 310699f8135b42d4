import Events

/// The rules that events keep: what is checked of each on the way, and of the whole at any time.
extension RunState {
  /// `waited` may exceed the time between the two records by this: each is stamped a moment after
  /// what it tells.
  static let waitSlack: UInt64 = 1_000_000

  mutating func note(_ event: Event, _ message: String) {
    notedCount += 1
    guard noted.count < Self.keptViolations else { return }
    noted.append(Violation(seq: event.seq, message: message))
  }

  mutating func checkOrder(_ event: Event, _ kind: EventKind) {
    if events == 0 {
      if kind != .runStart { note(event, "the first event is \(kind.name), not run.start") }
      return
    }
    if event.seq <= seq { note(event, "number \(event.seq) comes after number \(seq)") }
    if kind == .runStart { note(event, "run.start is not the first event") }
    if case .finished = phase { note(event, "\(kind.name) comes after run.finish") }
  }

  /// Checks that the actor can do anything now.
  mutating func checkActor(at index: Int, _ event: Event, _ kind: EventKind) {
    switch kind {
    case .runStart, .runFinish, .runPause, .runResume, .runStep, .runSpeed, .actorName,
      .threadStart,
      .processStart, .processExit, .waitEnd, .sample, .loss, .unknown:
      return  // Each says something about the actor, or has a rule of its own.
    default: break
    }
    let problem: String
    switch actors[index].phase {
    case .running: return
    case .unborn, .spawned:
      problem = "has not started"
      actors[index].phase = .running
    case .waiting where kind == .waitBegin: problem = "waits already"
    case .waiting: problem = "waits"
    case .ended: problem = "has ended"
    }
    note(event, "\(actors[index].name) does \(kind.name), but it \(problem)")
  }

  mutating func checkWaitEnd(_ event: Event, actor: Int) {
    guard let wait = actors[actor].wait else {
      note(event, "\(actors[actor].name) ends a wait that it did not begin")
      return
    }
    if let reason = event.record[EventField.reason.slot], reason != wait.reason.rawValue {
      note(event, "\(actors[actor].name) ends another wait than the one it began")
    }
    guard let waited = event.record[EventField.waited.slot], waited > 0 else { return }
    let elapsed = event.time - min(event.time, wait.since)
    let least = UInt64(waited) - min(UInt64(waited), Self.waitSlack)
    if least > elapsed {
      note(
        event, "\(actors[actor].name) says that it waited \(waited) ns, but only \(elapsed) passed")
    }
  }

  mutating func checkAcquire(_ event: Event, depth: Int, _ actor: Int, _ object: Int) {
    let lock = objects[object].lock
    let isReentrant = event.record[EventField.depth.slot] != nil
    guard let holder = lock.holder else {
      if depth != 1 { note(event, "\(objects[object].name) was free and has depth \(depth)") }
      return
    }
    if holder != actors[actor].id {
      note(
        event,
        "\(actors[actor].name) acquires \(objects[object].name), which \(name(of: holder)) holds")
    } else if !isReentrant || depth != lock.depth &+ 1 {
      note(event, "\(actors[actor].name) acquires \(objects[object].name), which it holds already")
    }
  }

  mutating func checkRelease(_ event: Event, depth: Int, _ actor: Int, _ object: Int) {
    let lock = objects[object].lock
    let isReentrant = event.record[EventField.depth.slot] != nil
    // A plain lock that is held may be let go by anyone.
    if lock.holder != nil, !isReentrant { return }
    guard lock.holder == actors[actor].id else {
      let holder = lock.holder.map(name(of:)) ?? "nobody"
      note(
        event, "\(actors[actor].name) releases \(objects[object].name), which \(holder) holds")
      return
    }
    if depth != lock.depth &- 1 {
      note(event, "\(objects[object].name) goes from depth \(lock.depth) to \(depth)")
    }
  }

  mutating func checkFront(
    _ event: Event, _ value: EventValue, _ front: EventValue?, _ object: Int
  ) {
    guard lost == 0 else { return }
    let what = front.map { "\($0.text) is at the front of" } ?? "nothing is in"
    note(
      event, "\(name(of: event.actor)) takes \(value.text), but \(what) \(objects[object].name)")
  }

  mutating func checkSize(_ event: Event, _ size: Int, _ object: Int) {
    guard lost == 0 else { return }
    let count = objects[object].sequence.count
    note(event, "\(objects[object].name) has \(count) values, not \(size)")
  }

  mutating func checkClose(_ event: Event, _ pool: Int) {
    let open = objects[pool].pool.tasks.open
    if open > 0 { note(event, "\(objects[pool].name) closes with \(open) tasks open") }
  }

  mutating func checkTask(
    _ event: Event, _ kind: EventKind, _ number: Int, _ actor: Int, _ pool: Int
  ) {
    let phase = objects[pool].pool.tasks.phase(of: number)
    let problem: String
    switch (kind, phase) {
    case (.taskSubmit, .unseen), (.taskCancel, .submitted), (.taskStart, .submitted),
      (.taskFinish, .started), (.taskFail, .started):
      if kind == .taskStart, let task = actors[actor].task {
        note(event, "\(actors[actor].name) starts task \(number) with task \(task.number) in hand")
      }
      return
    case (_, .unseen): problem = "was not submitted"
    case (.taskSubmit, _): problem = "was submitted before"
    case (_, .submitted): problem = "was not started"
    case (_, .started): problem = "was started before"
    case (_, .ended): problem = "has ended before"
    }
    note(event, "\(kind.name) of task \(number) of \(objects[pool].name), which \(problem)")
  }

  /// What does not fit together in the state as it is: empty unless the reducer is at fault.
  public func violations() -> [Violation] {
    let waiters = waiters { _ in true }
    let miscounted = objects.filter { $0.waiting != waiters[$0.id]?.count ?? 0 }
    let messages =
      objects.flatMap(problems(of:)) + actors.flatMap(problems(of:))
      + miscounted.map { "\($0.name) has \($0.waiting) waiting, which do not add up" }
    return messages.map { Violation(seq: seq, message: $0) }
  }

  private func problems(of object: ObjectState) -> [String] {
    var problems: [String] = []
    for holder in object.lock.holders {
      let holds = self[holder]?.holds ?? []
      guard !holds.contains(object.id), holds.count < ActorState.mostHolds else { continue }
      problems.append("\(object.name) is held by \(name(of: holder)), which does not know it")
    }
    // By what was done to it: its maker may call it anything.
    if object.lock.permits == nil {
      if object.lock.holders.count > 1 { problems.append("\(object.name) has two holders") }
      if object.lock.holders.isEmpty, object.lock.depth != 0 {
        problems.append("\(object.name) is free and has depth \(object.lock.depth)")
      }
    }
    let sequence = object.sequence
    if object.form != .pipe, sequence.added - sequence.removed != sequence.count {
      problems.append("\(object.name) has \(sequence.count) values, which do not add up")
    }
    let pool = object.pool
    if notedCount == 0, pool.queued + pool.busy != pool.tasks.open {
      problems.append("\(object.name) has \(pool.tasks.open) tasks open, which do not add up")
    }
    return problems
  }

  private func problems(of actor: ActorState) -> [String] {
    var problems: [String] = []
    for id in actor.holds where self[id]?.lock.holders.contains(actor.id) != true {
      problems.append("\(actor.name) holds \(name(of: id)), which does not know it")
    }
    if notedCount == 0, let task = actor.task,
      self[task.pool]?.pool.tasks.phase(of: task.number) != .started
    {
      problems.append("\(actor.name) has task \(task.number) in hand, which is not started")
    }
    return problems
  }
}
