public import Events

/// A run told by hand: each call makes the next event, a microsecond after the last.
public struct Script {
  public private(set) var events: [Event] = []
  public private(set) var time: UInt64 = 0

  public static let main = ActorID.main
  public static let a = ActorID(2)
  public static let b = ActorID(3)
  public static let c = ActorID(4)
  public static let lock = ObjectID(1)
  public static let other = ObjectID(2)
  public static let list = ObjectID(3)
  public static let counter = ObjectID(4)
  public static let pool = ObjectID(5)

  /// A run of main and a few started threads.
  public init(threads names: String...) {
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
  public mutating func add(
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
  public mutating func amend(_ change: (inout Event) -> Void) {
    change(&events[events.count - 1])
  }

  /// Lets time pass until so many microseconds of the run.
  public mutating func at(_ microseconds: UInt64) { time = microseconds * 1000 - 1000 }

  public mutating func name(_ object: ObjectID, _ name: String, _ type: String) {
    add(.objectName, .main, object, texts: [name, type])
  }

  public mutating func acquire(_ actor: ActorID, _ lock: ObjectID = lock, depth: Int64? = nil) {
    add(.lockAcquire, actor, lock, numbers: [depth])
  }

  public mutating func release(_ actor: ActorID, _ lock: ObjectID = lock, depth: Int64? = nil) {
    add(.lockRelease, actor, lock, numbers: [depth])
  }

  public mutating func wait(
    _ actor: ActorID, _ reason: WaitReason, _ object: ObjectID? = nil, for awaited: ActorID? = nil,
    until: Int64? = nil
  ) {
    add(
      .waitBegin, actor, object,
      numbers: [reason.rawValue, until, awaited.map { Int64($0.rawValue) }])
  }

  public mutating func goOn(
    _ actor: ActorID, _ reason: WaitReason, _ object: ObjectID? = nil,
    _ outcome: WaitOutcome = .got, waited: Int64? = nil
  ) {
    add(.waitEnd, actor, object, numbers: [reason.rawValue, outcome.rawValue, waited])
  }

  public mutating func append(_ actor: ActorID, _ value: String, size: Int64) {
    add(.listAppend, actor, Self.list, numbers: [nil, size], value: value)
  }

  public mutating func remove(_ actor: ActorID, _ value: String, size: Int64) {
    add(.listRemove, actor, Self.list, numbers: [nil, size], value: value)
  }

  public mutating func read(_ actor: ActorID, _ value: String) {
    add(.variableRead, actor, Self.counter, value: value)
  }

  public mutating func write(_ actor: ActorID, _ value: String) {
    add(.variableWrite, actor, Self.counter, value: value)
  }

  public mutating func task(
    _ kind: EventKind, _ actor: ActorID, _ number: Int64, _ value: String = "7"
  ) {
    add(kind, actor, numbers: [nil, Int64(Self.pool.rawValue), number], value: value)
  }

  public mutating func finish(_ outcome: RunOutcome = .completed) {
    add(.runFinish, .main, numbers: [outcome.rawValue, 0])
  }

  /// Threads asked for at 7 and 10 µs, begun 2 µs later; then a row of events at chosen times.
  public static func adderAndRemover() -> Script {
    var script = Script(threads: "adder", "remover")
    script.at(20)
    script.wait(Self.a, .sleep)
    script.at(40)
    script.goOn(Self.a, .sleep)
    script.acquire(Self.a)
    script.append(Self.a, "0", size: 1)
    script.at(45)
    script.wait(Self.b, .lock, Self.lock)
    script.at(60)
    script.release(Self.a)
    script.goOn(Self.b, .lock)
    script.acquire(Self.b)
    script.remove(Self.b, "0", size: 0)
    script.at(70)
    script.release(Self.b)
    script.at(80)
    script.add(.threadExit, Self.a)
    script.at(90)
    script.finish()
    return script
  }
}
