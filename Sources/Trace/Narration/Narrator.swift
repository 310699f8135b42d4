public import Events

/// Describes events in plain words, with the names of actors and objects.
public enum Narrator {
  /// An event as a short sentence without a full stop: `adder appends 4; shared is 0 1 4`.
  /// - Parameters:
  ///   - state: the state after the event.
  ///   - voice: the style of the sentence.
  public static func detail(
    _ event: Event, state: RunState, voice: NarratorVoice = .brief
  ) -> String {
    let predicate = predicate(event, state: state, voice: voice)
    switch event.kind {
    case .runStart, .runFinish, .runPause, .runResume, .runStep, .runSpeed, .objectName:
      return predicate
    default: return "\(state.name(of: event.actor)) \(predicate)"
    }
  }

  /// The sentence without the actor: `appends 4; shared is 0 1 4`. An event of the run or of an
  /// object is still a full sentence.
  public static func predicate(
    _ event: Event, state: RunState, voice: NarratorVoice = .brief
  ) -> String {
    switch event.kind {
    case .runStart: "the run of \(event.demo ?? "a demo") starts"
    case .runFinish: "the run is over: \(event.runOutcome?.word ?? "unknown outcome")"
    case .runPause: "the run is paused"
    case .runResume: "the run goes on"
    case .runStep: "the run may do one operation"
    case .runSpeed: "the run goes on \(event.speed?.phrase ?? "at another speed")"
    case .actorName: "is a \(event.type ?? "thread")"
    case .objectName: "\(object(event, state)) is a \(event.type ?? "thing")"
    case .processSpawn, .threadSpawn:
      "spawns \(child(event, state) ?? "an actor")"
    case .processStart: "starts (pid \(event.pid))"
    case .threadStart: "starts"
    case .threadExit: "ends"
    case .processExit:
      event.signal.map { "is killed by signal \($0)" } ?? "ends with status \(event.status ?? 0)"
    case .waitBegin: waitBegin(event, state, voice)
    case .waitEnd: waitEnd(event, state, voice)
    case .exceptionRaise: "raises \(Raise.text(of: event))"
    case .exceptionCatch: "catches \(Raise.text(of: event))"
    case .output:
      "prints\(voice.colon) \(ValueText.abbreviated(event.outputLine ?? "", limit: voice.outputLimit))"
    case .line: "reaches line \(event.line ?? 0)"
    case .sample: sample(event, voice)
    case .result where event.name == Event.shownName:
      "has shown\(voice.colon) \(ValueText.whole(Conclusion(text: event.value ?? "").sentence))"
    case .result: "gives \(event.name ?? "a result"): \(value(event))"
    case .measure: "measures \(measured(event)): \(measure(event, voice))"
    case .loss: "did \(event.number(.count) ?? 0) more things, which were not recorded"
    case .unknown: "did something that this version does not know"
    default: operation(event, state, voice)
    }
  }

  private static func operation(
    _ event: Event, _ state: RunState, _ voice: NarratorVoice
  ) -> String {
    let name = object(event, state)
    let value = value(event)
    return switch event.kind {
    case .lockAcquire: acquires(event, name)
    case .lockRelease: releases(event, name)
    case .conditionNotify: "notifies \(name)"
    case .eventSet: "sets \(name)"
    case .eventClear: "clears \(name)"
    case .barrierPass: "passes \(name)"
    case .queuePut: "puts \(value)\(contents(event, state, voice))"
    case .queueGet: "gets \(value)\(contents(event, state, voice))"
    case .pipeSend: "sends \(value) into \(name)"
    case .pipeReceive: "receives \(value) from \(name)"
    case .listAppend: "appends \(value)\(contents(event, state, voice))"
    case .listRemove: "takes \(value)\(contents(event, state, voice))"
    case .variableRead: "reads \(value) from \(name)"
    case .variableWrite: "writes \(value) to \(name)"
    case .poolOpen: "opens \(name) with \(counted(event.size ?? 0, "worker"))"
    case .poolClose: "closes \(name)"
    case .taskSubmit: "submits \(task(event))"
    case .taskStart: "starts \(task(event))"
    case .taskFinish: "finishes \(task(event))"
    case .taskFail: "fails at \(task(event))"
    case .taskCancel: "cancels \(task(event))"
    default: event.kind.name
    }
  }

  private static func waitBegin(
    _ event: Event, _ state: RunState, _ voice: NarratorVoice
  ) -> String {
    guard let reason = event.waitReason else { return "waits" }
    if reason == .sleep {
      guard let until = event.until else { return "sleeps" }
      let (rest, overflows) = until.subtractingReportingOverflow(Int64(clamping: event.time))
      return "sleeps for \(voice.duration(overflows ? 0 : max(0, rest)))"
    }
    var sentence = "waits for \(awaited(event, reason, state))"
    if let id = event.object, state[id]?.form != .semaphore, let holder = state[id]?.lock.holder {
      sentence +=
        holder == event.actor ? ", which it holds itself" : ", held by \(state.name(of: holder))"
    }
    if let until = event.until { sentence += ", until \(ValueText.moment(until)) at most" }
    return sentence
  }

  /// The actor that an event is about, by its name or, while it has none, by its letter.
  private static func child(_ event: Event, _ state: RunState) -> String? {
    event.child.map {
      state[$0]?.isNamed == true || $0 == .main ? state.name(of: $0) : state.letter(of: $0)
    }
  }

  /// What an actor waits for, in words: `list_lock`, `room in queue`, `adder to end`.
  public static func awaited(
    _ event: Event, _ reason: WaitReason, _ state: RunState
  ) -> String {
    let name = event.object.map(state.name(of:))
    switch reason {
    case .join, .process: return child(event, state).map { "\($0) to end" } ?? "an end"
    case .queueGet: return "something in \(name ?? "a queue")"
    case .queuePut: return "room in \(name ?? "a queue")"
    case .future: return "a result of \(name ?? "a task")"
    case .start: return name ?? "the start"
    case .condition: return "a notification of \(name ?? "a condition")"
    case .event: return name.map { "\($0) to be set" } ?? "an event"
    case .semaphore: return "a permit of \(name ?? "a semaphore")"
    case .barrier: return "the others at \(name ?? "a barrier")"
    case .pipe: return "the other end of \(name ?? "a pipe")"
    default: return name ?? "a \(reason.word)"
    }
  }

  private static func waitEnd(
    _ event: Event, _ state: RunState, _ voice: NarratorVoice
  ) -> String {
    let time = event.waited.map { " after \(voice.duration($0))" } ?? ""
    let what = event.object.map { " waiting for \(state.name(of: $0))" } ?? " waiting"
    return switch (event.waitOutcome, event.waitReason) {
    case (.stopped, _): "is stopped\(time)"
    case (.timeout, .sleep?), (_, .sleep?): "wakes\(time)"
    case (.timeout, _): "gives up\(what)\(time)"
    default: "goes on\(time)"
    }
  }

  private static func object(_ event: Event, _ state: RunState) -> String {
    event.object.map(state.name(of:)) ?? "nothing"
  }

  private static func value(_ event: Event) -> String {
    event.value.map { ValueText.abbreviated($0) } ?? "nothing"
  }

  private static func contents(
    _ event: Event, _ state: RunState, _ voice: NarratorVoice
  ) -> String {
    guard let id = event.object, let object = state[id] else { return "" }
    switch voice {
    case .brief: return "; \(object.name) is \(ValueText.row(object.sequence))"
    case .spoken: return ". " + contents(of: object, in: state)
    }
  }

  private static func task(_ event: Event) -> String {
    let number = event.task.map { "task \($0)" } ?? "a task"
    return event.value.map { "\(number): \(ValueText.abbreviated($0))" } ?? number
  }

  private static func acquires(_ event: Event, _ name: String) -> String {
    if let permits = event.permits { return "takes a permit of \(name), \(permits) left" }
    guard let depth = event.depth, depth > 1 else { return "acquires \(name)" }
    return "acquires \(name) again, and holds it \(depth) times"
  }

  private static func releases(_ event: Event, _ name: String) -> String {
    if let permits = event.permits { return "gives a permit of \(name) back, \(permits) left" }
    guard let depth = event.depth, depth > 0 else { return "releases \(name)" }
    return "releases \(name) once, and still holds it \(depth == 1 ? "once" : "\(depth) times")"
  }

  /// `threads: wall` as `threads, wall`.
  private static func measured(_ event: Event) -> String {
    guard let name = event.name, !name.isEmpty else { return "something" }
    guard let (arm, quantity) = ArmSummary.parts(of: name) else { return name }
    return "\(arm), \(quantity)"
  }

  private static func measure(_ event: Event, _ voice: NarratorVoice) -> String {
    let unit = event.unit ?? ""
    guard let number = event.number(.value) else { return "\(value(event)) \(unit)" }
    return ValueText.measure(number, unit: unit, voice: voice)
  }

  private static func sample(_ event: Event, _ voice: NarratorVoice) -> String {
    let cpu = voice.duration(event.cpu ?? 0)
    return "has computed for \(cpu)\(event.core.map { ", on core \($0)" } ?? "")"
  }

  static func counted(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}
