internal import Catalog
internal import Events
internal import Trace

/// Reports the events of a run, a sentence for each event that changes something.
///
/// In a busy second it reports some events and counts the others.
struct RunReporter: Sendable {
  /// The number of events with their own sentence.
  private(set) var count = 0

  private let reportsAll: Bool
  /// Whether the demo is a series of measurements, each with a line of output.
  private let isMeasured: Bool
  /// Whether the demo is about the holders of locks.
  private let reportsLocks: Bool
  /// Whether the demo is about the paths of exceptions.
  private let reportsCatches: Bool
  /// The current second of the run.
  private var second: UInt64 = 0
  private var countInSecond = 0
  private var limit = mostInSecond
  /// The events without a sentence since the last sentence.
  private var skipped: [(kind: EventKind, count: Int)] = []
  private var exceptions = 0
  /// The holder of the lock that each actor waits for, at the start of the wait.
  private var holders: [ActorID: ActorID] = [:]
  /// The actors whose next output only repeats the previous sentence.
  private var repeats: Set<ActorID> = []

  /// The maximum number of sentences in one second of the run.
  static let mostInSecond = 30
  /// The maximum number of sentences in a second after a busy one.
  static let mostAfterBusy = 10
  /// The number of exceptions of a run that have a sentence even in a busy second.
  static let mostExceptions = 10

  init(_ demo: Demo, reportsAll: Bool) {
    self.reportsAll = reportsAll
    isMeasured = demo.views.contains(.bars)
    reportsLocks = demo.views.contains(.waits)
    reportsCatches = demo.views.contains(.exceptions)
  }

  /// Reports the next event.
  /// - Parameters:
  ///   - state: the state after the event.
  ///   - isPaused: whether the user steps through the run, and so hears every event.
  mutating func report(
    _ event: Event, _ state: RunState, isPaused: Bool, _ lines: inout [SpokenLine]
  ) {
    noteHolder(event, state)
    let sentence = isPaused || reportsAll ? any(event, state) : chosen(event, state)
    note(event)
    if event.time / 1_000_000_000 > second || event.kind == .runFinish || isPaused {
      limit = skipped.isEmpty ? Self.mostInSecond : Self.mostAfterBusy
      flush(until: event.time, &lines)
      second = event.time / 1_000_000_000
      countInSecond = 0
    }
    guard let sentence else { return }
    if event.kind == .exceptionRaise { exceptions += 1 }
    let isCertain = event.kind == .exceptionRaise && exceptions <= Self.mostExceptions
    if isPaused || reportsAll || isCertain || countInSecond < limit {
      lines.append(SpokenLine(PlainRunText.timed(event.time, sentence)))
      countInSecond += 1
      count += 1
    } else if let place = skipped.firstIndex(where: { $0.kind == event.kind }) {
      skipped[place].count += 1
    } else {
      skipped.append((event.kind, 1))
    }
  }

  /// Notes an event without a report.
  /// - Parameter state: the state after the event.
  mutating func skip(_ event: Event, _ state: RunState) {
    noteHolder(event, state)
    note(event)
    second = event.time / 1_000_000_000
    skipped = []
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

  /// Says how many events were skipped since the last sentence.
  private mutating func flush(until time: UInt64, _ lines: inout [SpokenLine]) {
    guard !skipped.isEmpty else { return }
    let count = skipped.reduce(0) { $0 + $1.count }
    let parts = skipped.map { PlainRunText.counted($0.count, Self.noun($0.kind)) }
    let more = count == 1 ? "1 more event" : "\(ValueText.grouped(count)) more events"
    let until = ValueText.moment(Int64(clamping: time))
    lines.append(SpokenLine("… \(more) until \(until): \(parts.listed)."))
    skipped = []
  }

  // MARK: sentences

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
      return reportsLocks || event.permits != nil ? plain(event, state) : nil
    case .exceptionCatch: return reportsCatches ? plain(event, state) : nil
    case .threadStart where event.actor != .main:
      return
        "\(state.name(of: event.actor)) starts; its letter is \(state.letter(of: event.actor))."
    case .threadExit where event.actor != .main: return plain(event, state)
    case .waitEnd: return waited(event, state)
    default: return nil
    }
  }

  /// Returns a sentence for a wait on another actor's work, but not for sleeps and joins.
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
