public import Events

extension RunState {
  /// Folds the next event. Never fails: it reports an impossible event as a violation, and then
  /// believes it.
  public mutating func apply(_ event: Event) {
    let kind = event.kind
    checkOrder(event, kind)
    events += 1
    seq = max(seq, event.seq)
    time = max(time, event.time)
    if isOfTheRun(kind) { return applyToRun(event, kind) }
    guard let index = index(ofActor: event.record.actor, event) else { return }
    checkActor(at: index, event, kind)
    if actors[index].tid == 0 {
      actors[index].pid = event.pid
      actors[index].tid = event.tid
    }
    if event.record.line != 0 { actors[index].line = Int(event.record.line) }
    switch kind {
    case .lockAcquire, .lockRelease, .conditionNotify, .eventSet, .eventClear, .barrierPass,
      .queuePut, .queueGet, .pipeSend, .pipeReceive, .listAppend, .listRemove, .variableRead,
      .variableWrite:
      operate(event, kind, actor: index)
    case .poolOpen, .poolClose, .taskSubmit, .taskStart, .taskFinish, .taskFail, .taskCancel:
      applyToPool(event, kind, actor: index)
    case .waitBegin: beginWait(event, actor: index)
    case .waitEnd: endWait(event, actor: index)
    case .runStart, .runFinish: applyToRun(event, kind)
    case .actorName, .processSpawn, .threadSpawn, .processStart, .threadStart, .threadExit,
      .processExit:
      applyToLife(event, kind, actor: index)
    case .objectName: nameObject(event)
    case .exceptionRaise: actors[index].exceptions += 1
    case .sample:
      if let cpu = event.record[EventField.cpu.slot] { actors[index].cpu = cpu }
      if let core = event.record[EventField.core.slot] { actors[index].core = Int(core) }
    case .loss:
      let count = max(0, Int(event.record[EventField.count.slot] ?? 0))
      let (sum, overflows) = lost.addingReportingOverflow(count)
      lost = overflows ? .max : sum
    // The last four are handled above, as the run's own.
    case .exceptionCatch, .output, .line, .result, .measure, .unknown, .runPause, .runResume,
      .runStep, .runSpeed:
      break
    }
  }

  /// Whether the run itself records events of this kind, instead of an actor.
  private func isOfTheRun(_ kind: EventKind) -> Bool {
    kind == .runPause || kind == .runResume || kind == .runStep || kind == .runSpeed
  }

  private mutating func applyToRun(_ event: Event, _ kind: EventKind) {
    switch kind {
    case .runStart:
      demo = event.demo ?? ""
      parameters = event.parameters ?? ""
      engine = event.text(.engine) ?? ""
      version = event.text(.version) ?? ""
      cores = event.cores ?? 0
      phase = .running
      if let index = index(ofActor: event.record.actor, event) {
        enter(.running, actor: index)
        actors[index].spawned = event.time
        actors[index].started = event.time
      }
    case .runFinish:
      phase = .finished(event.runOutcome ?? .failed)
      lost = max(lost, event.lost ?? 0)
    case .runSpeed: speed = event.speed ?? speed
    case .runPause where phase == .running: phase = .paused
    case .runResume where phase == .paused: phase = .running
    default: break
    }
  }

  private mutating func applyToLife(_ event: Event, _ kind: EventKind, actor: Int) {
    switch kind {
    case .actorName:
      if let name = event.texts.first { actors[actor].name = name }
      if event.texts.count > 1, let type = ActorType(rawValue: event.texts[1]) {
        actors[actor].type = type
      }
      letters.name(actor, in: &actors)
    case .threadSpawn: spawn(event, .thread)
    case .processSpawn: spawn(event, .process)
    case .threadStart: start(event, .thread, actor)
    case .processStart: start(event, .process, actor)
    case .threadExit: end(event, .returned, actor)
    case .processExit:
      let signal = event.record[EventField.signal.slot].map { Ending.killed(signal: Int($0)) }
      let status = Int(event.record[EventField.status.slot] ?? 0)
      end(event, signal ?? .exited(status: status), actor)
    default: break
    }
  }

  private mutating func spawn(_ event: Event, _ type: ActorType) {
    let number = event.record[EventField.child.slot] ?? 0
    guard let child = index(ofActor: UInt32(clamping: number), event) else { return }
    if actors[child].phase != .unknown {
      report(
        event, "\(name(of: event.actor)) spawns \(actors[child].name), which was spawned before")
      return
    }
    actors[child].type = type
    actors[child].parent = event.actor
    actors[child].spawned = event.time
    actors[child].phase = .spawned
    letters.give(to: &actors[child])
  }

  private mutating func start(_ event: Event, _ type: ActorType, _ actor: Int) {
    switch actors[actor].phase {
    case .spawned: break
    case .unknown: report(event, "\(actors[actor].name) starts without having been spawned")
    case .running, .waiting: report(event, "\(actors[actor].name) starts a second time")
    case .ended:
      report(event, "\(actors[actor].name) starts after its end")
      return
    }
    actors[actor].type = type
    actors[actor].pid = event.pid
    actors[actor].tid = event.tid
    enter(.running, actor: actor)
    actors[actor].started = event.time
  }

  private mutating func end(_ event: Event, _ ending: Ending, _ actor: Int) {
    if case .processExit = event.kind, actors[actor].isEnded {
      report(event, "\(actors[actor].name) ends a second time")
    }
    enter(.ended(ending), actor: actor)
    actors[actor].ended = event.time
    actors[actor].task = nil
  }

  private mutating func beginWait(_ event: Event, actor: Int) {
    guard let reason = event.record[EventField.reason.slot].flatMap(WaitReason.init(rawValue:))
    else {
      report(event, "\(actors[actor].name) waits for an unknown reason")
      return
    }
    guard !actors[actor].isEnded else { return }
    let isKnown =
      event.record.object != 0 && index(ofObject: event.record.object, event) != nil
    var awaited: ActorID?
    if let number = event.record[EventField.awaited.slot],
      index(ofActor: UInt32(clamping: number), event) != nil
    {
      awaited = ActorID(Int(number))
    }
    let wait = Wait(
      reason: reason, object: isKnown ? event.object : nil, awaited: awaited, since: event.time,
      until: event.record[EventField.until.slot])
    enter(.waiting(wait), actor: actor)
  }

  /// Moves an actor to another phase, and updates the count of waiting actors of its object.
  private mutating func enter(_ phase: ActorPhase, actor: Int) {
    count(actors[actor].wait, by: -1)
    actors[actor].phase = phase
    count(actors[actor].wait, by: 1)
  }

  private mutating func count(_ wait: Wait?, by change: Int) {
    guard let wait, let object = wait.object.flatMap({ place(ofObject: $0.rawValue) }) else {
      return
    }
    objects[object].waiting += change
    if wait.reason == .condition { objects[object].listening += change }
  }

  private mutating func endWait(_ event: Event, actor: Int) {
    checkWaitEnd(event, actor: actor)
    if !actors[actor].isEnded { enter(.running, actor: actor) }
  }

  private mutating func nameObject(_ event: Event) {
    guard let object = index(ofObject: event.record.object, event) else { return }
    if let name = event.texts.first { objects[object].name = name }
    if event.texts.count > 1 {
      objects[object].type = event.texts[1]
      objects[object].form = ObjectForm(type: event.texts[1])
    }
  }
}

extension RunState {
  /// The index of an actor in the array, which grows as needed: not beyond `maxID`, and not by more
  /// than `maxGap` at a time.
  mutating func index(ofActor number: UInt32, _ event: Event) -> Int? {
    let index = Int(number) - 1
    if index >= 0, index < actors.count { return index }
    guard index >= 0, index < Self.maxID, index < actors.count + Self.maxGap else {
      report(event, "there is no actor \(number)")
      return nil
    }
    while actors.count <= index {
      actors.append(ActorState(id: ActorID(actors.count + 1)))
    }
    return index
  }

  /// The index of an object in the array, which grows likewise.
  mutating func index(ofObject number: UInt32, _ event: Event) -> Int? {
    let index = Int(number) - 1
    if index >= 0, index < objects.count { return index }
    guard index >= 0, index < Self.maxID, index < objects.count + Self.maxGap else {
      report(
        event, number == 0 ? "\(event.kind.name) names no object" : "there is no object \(number)")
      return nil
    }
    while objects.count <= index {
      objects.append(ObjectState(id: ObjectID(objects.count + 1)))
    }
    return index
  }
}
