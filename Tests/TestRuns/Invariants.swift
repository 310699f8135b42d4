public import Events

/// Checks the invariants of a run's events, which also hold for runs that are paused, stepped or
/// stopped. Returns a description of each violation.
public func violations(in events: [Event]) -> [String] {
  var check = InvariantCheck(outcome: events.last?.runOutcome)
  // A process that is killed between taking a number and writing the event loses one event, which
  // must be counted as lost.
  let killed = events.count { $0.kind == .processExit && $0.signal != nil }
  var missing = 0
  for (index, event) in events.enumerated() {
    let place = UInt64(index + missing + 1)
    if event.seq > place { missing += Int(event.seq - place) }
    if event.seq < place { check.note("seq \(event.seq) at place \(place)") }
    check.take(event)
  }
  if missing > killed {
    check.note("\(missing) numbers are missing, and \(killed) processes were killed")
  }
  if events.first?.kind != .runStart { check.note("the first event is not run.start") }
  if events.last?.kind != .runFinish { check.note("the last event is not run.finish") }
  if events.last?.lost != missing {
    check.note("\(events.last?.lost ?? 0) events were lost, and \(missing) are missing")
  }
  check.finish()
  return check.problems
}

private struct InvariantCheck {
  let outcome: RunOutcome?
  var problems: [String] = []
  private var lastTime: [Int32: UInt64] = [:]
  private var waits: [ActorID: Event] = [:]
  private var holds: [ObjectID: Hold] = [:]
  private var permits: [ObjectID: Int] = [:]
  private var contents: [ObjectID: [String?]] = [:]
  private var spawned: Set<ActorID> = []
  private var living: Set<ActorID> = []
  private var ended: Set<ActorID> = []
  private var failed: Set<ActorID> = []
  private var tasks: [TaskKey: EventKind] = [:]
  /// The last control event of a paused run, or nil.
  private var control: EventKind?
  private var stepper: ActorID?
  /// The time of a pause, until the next control event.
  private var pausedAt: UInt64?

  /// The holder of a lock, and its depth.
  private struct Hold {
    let actor: ActorID
    var depth = 1
  }

  private struct TaskKey: Hashable {
    let pool: ObjectID?
    let task: Int?
  }

  init(outcome: RunOutcome?) { self.outcome = outcome }

  mutating func note(_ problem: String) { problems.append(problem) }

  mutating func take(_ event: Event) {
    if event.time < lastTime[event.tid] ?? 0 { note("\(event.seq): time goes back") }
    lastTime[event.tid] = event.time
    takeControl(event)
    takeWait(event)
    takeLife(event)
    takeObject(event)
    takeTask(event)
    takeFailure(event)
  }

  private mutating func takeControl(_ event: Event) {
    switch event.kind {
    case .runPause, .runStep, .runResume, .runSpeed:
      if let pausedAt, pausedAt != event.time { note("\(event.seq): the clock runs while paused") }
      if event.kind == .runSpeed { return }
      pausedAt = event.kind == .runPause ? event.time : nil
      control = event.kind == .runResume ? nil : event.kind
      stepper = nil
    // A process can end at any time, and a stop ends a pause.
    case .processExit: break
    case _ where outcome == .stopped: break
    default:
      if control == .runPause { note("\(event.seq): \(event.kind) while paused") }
      if control == .runStep {
        if let stepper, stepper != event.actor { note("\(event.seq): one step moved two actors") }
        stepper = event.actor
      }
    }
  }

  private mutating func takeWait(_ event: Event) {
    let begun = waits[event.actor]
    switch event.kind {
    case .waitBegin:
      if begun != nil { note("\(event.seq): waits while it waits") }
      waits[event.actor] = event
    case .waitEnd:
      if begun?.waitReason != event.waitReason || begun?.object != event.object {
        note("\(event.seq): ends a wait that did not begin")
      }
      if event.waited ?? -1 < 0 { note("\(event.seq): a negative wait") }
      takeWaitsTime(begun, event)
      waits[event.actor] = nil
    default:
      // A killed child does not end its wait. Its threads' exits have thread ID 0.
      let isKilled = event.kind == .processExit || event.kind == .threadExit && event.tid == 0
      if begun != nil, !isKilled { note("\(event.seq): acts while it waits") }
    }
  }

  /// No sleep and no time-out ends early.
  private mutating func takeWaitsTime(_ begun: Event?, _ end: Event) {
    let isSleep = end.waitReason == .sleep && end.waitOutcome == .got
    guard let begun, let until = begun.until, isSleep || end.waitOutcome == .timeout else { return }
    if Int64(end.time) < until { note("\(end.seq): ends early") }
    if end.waited ?? 0 < until - Int64(begun.time) { note("\(end.seq): waited too short") }
  }

  private mutating func takeLife(_ event: Event) {
    let actor = event.actor
    switch event.kind {
    case .threadSpawn, .processSpawn:
      guard let child = event.child else { return note("\(event.seq): spawns no child") }
      if !spawned.insert(child).inserted { note("\(event.seq): spawns twice") }
    case .threadStart, .processStart:
      if actor != .main, !spawned.contains(actor) { note("\(event.seq): starts unspawned") }
      living.insert(actor)
    case .threadExit, .processExit:
      living.remove(actor)
      waits[actor] = nil
      if !ended.insert(actor).inserted { note("\(event.seq): ends twice") }
    case .runFinish:
      if !living.isEmpty { note("\(living) outlive the run") }
    default:
      if ended.contains(actor) { note("\(event.seq): acts after its end") }
    }
  }

  private mutating func takeObject(_ event: Event) {
    guard let object = event.object else { return }
    switch event.kind {
    case .lockAcquire: acquire(object, event)
    case .lockRelease: release(object, event)
    case .listAppend, .queuePut:
      contents[object, default: []].append(event.value)
      if contents[object]?.count != event.size { note("\(event.seq): wrong size") }
    case .listRemove, .queueGet:
      let front = contents[object]?.first
      if front == nil || front != event.value { note("\(event.seq): not the front") }
      contents[object] = (contents[object] ?? []).dropFirst().map { $0 }
      if contents[object]?.count != event.size { note("\(event.seq): wrong size") }
    default: break
    }
  }

  private mutating func acquire(_ object: ObjectID, _ event: Event) {
    if let left = event.permits {
      let before = permits[object] ?? left + 1
      if left != before - 1 || left < 0 { note("\(event.seq): acquires a missing permit") }
      permits[object] = left
    } else if let hold = holds[object] {
      let isAgain = hold.actor == event.actor && event.depth == hold.depth + 1
      if !isAgain { note("\(event.seq): \(hold.actor) already has the lock") }
      holds[object]?.depth += 1
    } else {
      if let depth = event.depth, depth != 1 { note("\(event.seq): a free lock at \(depth)") }
      holds[object] = Hold(actor: event.actor)
    }
  }

  private mutating func release(_ object: ObjectID, _ event: Event) {
    if let left = event.permits {
      if let before = permits[object], left != before + 1 {
        note("\(event.seq): releases no permit")
      }
      permits[object] = left
      return
    }
    guard let hold = holds[object] else { return note("\(event.seq): releases a free lock") }
    // Any actor may release a plain lock, but only the holder a reentrant one.
    if let depth = event.depth, hold.actor != event.actor || depth != hold.depth - 1 {
      note("\(event.seq): releases a lock that it does not hold")
    }
    holds[object]?.depth -= 1
    if hold.depth == 1 { holds[object] = nil }
  }

  private mutating func takeTask(_ event: Event) {
    let key = TaskKey(pool: event.pool, task: event.task)
    let expected: EventKind?
    switch event.kind {
    case .taskSubmit: expected = nil
    case .taskStart, .taskCancel: expected = .taskSubmit
    case .taskFinish, .taskFail: expected = .taskStart
    default: return
    }
    if tasks[key] != expected { note("\(event.seq): \(event.kind) out of order") }
    tasks[key] = event.kind
  }

  /// An actor that fails or is killed may keep locks.
  private mutating func takeFailure(_ event: Event) {
    switch event.kind {
    case .exceptionRaise: failed.insert(event.actor)
    case .exceptionCatch: failed.remove(event.actor)
    case .processExit where event.signal != nil: failed.insert(event.actor)
    default: break
    }
  }

  mutating func finish() {
    if !waits.isEmpty { note("waits without an end: \(waits.values.map(\.seq))") }
    if holds.values.contains(where: { !failed.contains($0.actor) }) {
      note("locks held at the end")
    }
    if spawned != ended.subtracting([.main]) { note("not all that was spawned has ended") }
    let isFinished = { (last: EventKind) in [.taskFinish, .taskFail, .taskCancel].contains(last) }
    if outcome == .completed, !tasks.values.allSatisfy(isFinished) {
      note("unfinished tasks")
    }
  }
}
