@testable import Trace

/// A run told by hand: each call makes the next event, a microsecond after the last.
struct Script {
  private(set) var events: [Event] = []
  private(set) var time: UInt64 = 0

  static let main = ActorID.main
  static let a = ActorID(2)
  static let b = ActorID(3)
  static let c = ActorID(4)
  static let lock = ObjectID(1)
  static let other = ObjectID(2)
  static let list = ObjectID(3)
  static let counter = ObjectID(4)
  static let pool = ObjectID(5)

  /// A run of main and a few started threads.
  init(threads names: String...) {
    add(.runStart, .main, texts: ["demo", "n=1", "native", "1.0"], numbers: [2, 1])
    name(Self.lock, "list_lock", "lock")
    name(Self.other, "other_lock", "lock")
    name(Self.list, "shared", "list")
    name(Self.counter, "counter", "variable")
    name(Self.pool, "pool", "pool")
    for (index, name) in names.enumerated() {
      let actor = ActorID(index + 2)
      add(.threadSpawn, .main, numbers: [Int64(actor.rawValue)])
      add(.actorName, actor, texts: [name, "thread"])
      add(.threadStart, actor)
    }
  }

  /// - Parameter numbers: by slot; nil where there is none.
  mutating func add(
    _ kind: EventKind, _ actor: ActorID, _ object: ObjectID? = nil, texts: [String] = [],
    numbers: [Int64?] = [], value: String? = nil
  ) {
    time += 1000
    var event = Event(
      kind, seq: UInt64(events.count + 1), time: time, pid: 100,
      tid: Int32(truncatingIfNeeded: actor.index + 100),
      actor: actor, object: object, texts: texts)
    for (slot, number) in numbers.enumerated() { event.record[slot] = number }
    if let value { event.setValue(EventValue(value)) }
    events.append(event)
  }

  /// Changes the last event.
  mutating func amend(_ change: (inout Event) -> Void) {
    change(&events[events.count - 1])
  }

  /// Lets time pass until so many microseconds of the run.
  mutating func at(_ microseconds: UInt64) { time = microseconds * 1000 - 1000 }

  mutating func name(_ object: ObjectID, _ name: String, _ type: String) {
    add(.objectName, .main, object, texts: [name, type])
  }

  mutating func acquire(_ actor: ActorID, _ lock: ObjectID = lock, depth: Int64? = nil) {
    add(.lockAcquire, actor, lock, numbers: [depth])
  }

  mutating func release(_ actor: ActorID, _ lock: ObjectID = lock, depth: Int64? = nil) {
    add(.lockRelease, actor, lock, numbers: [depth])
  }

  mutating func wait(
    _ actor: ActorID, _ reason: WaitReason, _ object: ObjectID? = nil, for awaited: ActorID? = nil,
    until: Int64? = nil
  ) {
    add(
      .waitBegin, actor, object,
      numbers: [reason.rawValue, until, awaited.map { Int64($0.rawValue) }])
  }

  mutating func goOn(
    _ actor: ActorID, _ reason: WaitReason, _ object: ObjectID? = nil,
    _ outcome: WaitOutcome = .got, waited: Int64? = nil
  ) {
    add(.waitEnd, actor, object, numbers: [reason.rawValue, outcome.rawValue, waited])
  }

  mutating func append(_ actor: ActorID, _ value: String, size: Int64) {
    add(.listAppend, actor, Self.list, numbers: [nil, size], value: value)
  }

  mutating func remove(_ actor: ActorID, _ value: String, size: Int64) {
    add(.listRemove, actor, Self.list, numbers: [nil, size], value: value)
  }

  mutating func read(_ actor: ActorID, _ value: String) {
    add(.variableRead, actor, Self.counter, value: value)
  }

  mutating func write(_ actor: ActorID, _ value: String) {
    add(.variableWrite, actor, Self.counter, value: value)
  }

  mutating func task(_ kind: EventKind, _ actor: ActorID, _ number: Int64, _ value: String = "7") {
    add(kind, actor, numbers: [nil, Int64(Self.pool.rawValue), number], value: value)
  }

  mutating func finish(_ outcome: RunOutcome = .completed) {
    add(.runFinish, .main, numbers: [outcome.rawValue, 0])
  }

  /// What is true after all of it.
  var state: RunState {
    var state = RunState()
    for event in events { state.apply(event) }
    return state
  }

  /// What is noted, without where.
  var noted: [String] { state.noted.map(\.message) }

  var findings: [Finding] {
    var state = RunState()
    var detector = FindingDetector()
    return events.flatMap { event in
      state.apply(event)
      return detector.observe(event, state: state)
    }
  }

  var timeline: Timeline {
    var state = RunState()
    var timeline = Timeline()
    for event in events {
      state.apply(event)
      timeline.append(event, state: state)
    }
    return timeline
  }
}
