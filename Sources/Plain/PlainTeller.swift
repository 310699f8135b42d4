internal import Catalog
internal import Events
internal import Trace

/// Says what a run does, in order: a sentence for each event that changes something. Of a run that
/// does more than can be heard, it says a part and counts the rest.
struct PlainTeller: Sendable {
  /// How many events had a sentence of their own.
  private(set) var told = 0

  private let tellsAll: Bool
  /// Whether the demo is a row of measurements, of which each has its line of output.
  private let isMeasured: Bool
  /// Whether the demo is about who has a lock, or about who catches what.
  private let tellsLocks: Bool
  private let tellsCatches: Bool
  /// The second of the run in which events are counted now.
  private var second: UInt64 = 0
  private var toldInSecond = 0
  private var mostNow = mostInSecond
  private var held: [(kind: EventKind, count: Int)] = []
  private var exceptions = 0
  /// Who held what an actor waits for, when it began to.
  private var holders: [ActorID: ActorID] = [:]
  /// Actors whose next output only repeats the sentence before.
  private var repeats: Set<ActorID> = []

  /// Sentences in one second of the run; more are counted only, and so are those of the seconds
  /// that follow a busy one, but for a few.
  static let mostInSecond = 30
  static let mostAfterBusy = 10
  /// Exceptions of one run with a sentence each, even in a busy second.
  static let mostExceptions = 10

  init(_ demo: Demo, tellsAll: Bool) {
    self.tellsAll = tellsAll
    isMeasured = demo.views.contains(.bars)
    tellsLocks = demo.views.contains(.waits)
    tellsCatches = demo.views.contains(.exceptions)
  }

  /// Takes the next event.
  /// - Parameters:
  ///   - state: what is true after the event.
  ///   - isPaused: whether the person takes the run step by step, and so hears of all of it.
  mutating func tell(
    _ event: Event, _ state: RunState, isPaused: Bool, _ lines: inout [SpokenLine]
  ) {
    noteHolder(event, state)
    let sentence = isPaused || tellsAll ? any(event, state) : chosen(event, state)
    note(event)
    if event.time / 1_000_000_000 > second || event.kind == .runFinish || isPaused {
      mostNow = held.isEmpty ? Self.mostInSecond : Self.mostAfterBusy
      flush(until: event.time, &lines)
      second = event.time / 1_000_000_000
      toldInSecond = 0
    }
    guard let sentence else { return }
    if event.kind == .exceptionRaise { exceptions += 1 }
    let isCertain = event.kind == .exceptionRaise && exceptions <= Self.mostExceptions
    if isPaused || tellsAll || isCertain || toldInSecond < mostNow {
      lines.append(SpokenLine(PlainRunText.timed(event.time, sentence)))
      toldInSecond += 1
      told += 1
    } else if let place = held.firstIndex(where: { $0.kind == event.kind }) {
      held[place].count += 1
    } else {
      held.append((event.kind, 1))
    }
  }

  /// Takes note of an event that is neither said nor counted.
  /// - Parameter state: what is true after the event.
  mutating func skip(_ event: Event, _ state: RunState) {
    noteHolder(event, state)
    note(event)
    second = event.time / 1_000_000_000
    held = []
  }

  private mutating func noteHolder(_ event: Event, _ state: RunState) {
    guard event.kind == .waitBegin else { return }
    holders[event.actor] = event.object.flatMap { state[$0]?.lock.holder }
  }

  private mutating func note(_ event: Event) {
    switch event.kind {
    case .waitEnd: holders[event.actor] = nil
    case .listAppend, .listRemove, .queuePut, .queueGet, .exceptionRaise:
      repeats.insert(event.actor)
    case .output: repeats.remove(event.actor)
    default: break
    }
  }

  /// Says how many events were passed over since the last sentence.
  private mutating func flush(until time: UInt64, _ lines: inout [SpokenLine]) {
    guard !held.isEmpty else { return }
    let count = held.reduce(0) { $0 + $1.count }
    let parts = held.map { PlainRunText.counted($0.count, Self.noun($0.kind)) }
    let more = count == 1 ? "1 more event" : "\(ValueText.grouped(count)) more events"
    let until = ValueText.moment(Int64(clamping: time))
    lines.append(SpokenLine("… \(more) until \(until): \(parts.listed)."))
    held = []
  }

  // MARK: what is worth a sentence

  private func any(_ event: Event, _ state: RunState) -> String? {
    switch event.kind {
    case .sample, .measure: nil
    case .waitEnd where event.waitReason != .sleep: chosen(event, state) ?? plain(event, state)
    default: plain(event, state)
    }
  }

  private func plain(_ event: Event, _ state: RunState) -> String {
    Narrator.sentence(event, state: state)
  }

  private func chosen(_ event: Event, _ state: RunState) -> String? {
    switch event.kind {
    case .exceptionRaise, .loss: return plain(event, state)
    case .output: return repeats.contains(event.actor) ? nil : plain(event, state)
    case .processExit: return event.status != 0 || !isMeasured ? plain(event, state) : nil
    default: break
    }
    if isMeasured { return nil }
    switch event.kind {
    case .listAppend, .listRemove, .queuePut, .queueGet, .pipeSend, .pipeReceive, .variableRead,
      .variableWrite, .conditionNotify, .eventSet, .eventClear, .barrierPass, .poolOpen, .poolClose,
      .taskFinish, .taskFail, .taskCancel, .processStart:
      return plain(event, state)
    case .lockAcquire, .lockRelease:
      return tellsLocks || event.permits != nil ? plain(event, state) : nil
    case .exceptionCatch: return tellsCatches ? plain(event, state) : nil
    case .threadStart where event.actor != .main:
      return "\(state.name(of: event.actor)) starts; its letter is \(event.actor.letter)."
    case .threadExit where event.actor != .main: return plain(event, state)
    case .waitEnd: return waited(event, state)
    default: return nil
    }
  }

  /// Waits for what others hold or have not done; not sleeps, and not what only keeps order.
  private func waited(_ event: Event, _ state: RunState) -> String? {
    switch event.waitReason {
    case nil, .sleep?, .join?, .process?, .start?, .future?: return nil
    default: break
    }
    if let object = event.object, state[object]?.form == .pool { return nil }
    return Narrator.waited(event, holder: holders[event.actor], state: state)
  }

  private static func noun(_ kind: EventKind) -> String {
    switch kind {
    case .listAppend: "append"
    case .listRemove: "take"
    case .queuePut: "put"
    case .queueGet: "get"
    case .pipeSend: "send"
    case .pipeReceive: "receive"
    case .variableRead: "read"
    case .variableWrite: "write"
    case .waitEnd: "wait"
    case .output: "printed line"
    case .taskFinish: "finished task"
    case .taskFail: "failed task"
    case .threadStart, .processStart: "start"
    case .threadExit, .processExit: "end"
    case .exceptionRaise: "exception"
    case .exceptionCatch: "caught exception"
    case .lockAcquire: "acquired lock"
    case .lockRelease: "released lock"
    case .conditionNotify: "notification"
    case .barrierPass: "passed barrier"
    default: "other event"
    }
  }
}
