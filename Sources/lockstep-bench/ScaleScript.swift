import Events

/// Makes the events of a long run, always the same. Workers sleep, acquire a lock (sometimes while
/// another waits for it), append or remove a list value, and sometimes print.
struct ScaleScript {
  private var random: UInt64 = 88_172_645_463_325_252
  private var seq: UInt64 = 0
  private var time: UInt64 = 0
  /// The values in the list. Those before `first` are already removed.
  private var values: [EventValue] = []
  private var first = 0
  /// The time when each worker fell asleep, in ns.
  private var asleepSince = [UInt64](repeating: 0, count: workers)
  private var events: [Event] = []

  static let workers = 6
  private static let lock = ObjectID(1)
  private static let list = ObjectID(2)

  /// Makes up to `limit` events in pieces. The last event ends the run.
  static func run(_ limit: Int, _ take: ([Event]) -> Void) {
    var script = ScaleScript()
    var count = 0
    script.start()
    while count + script.events.count < limit - 32 {
      script.turn()
      guard script.events.count >= 4096 else { continue }
      count += script.events.count
      take(script.events)
      script.events.removeAll(keepingCapacity: true)
    }
    script.add(.runFinish, .main, numbers: [RunOutcome.completed.rawValue, 0])
    take(script.events)
  }

  /// A pseudorandom number below a bound (xorshift).
  private mutating func below(_ bound: Int) -> Int {
    random ^= random << 13
    random ^= random >> 7
    random ^= random << 17
    return Int(random % UInt64(bound))
  }

  private mutating func add(
    _ kind: EventKind, _ actor: ActorID, _ object: ObjectID? = nil, line: Int = 0,
    texts: [String] = [], numbers: [Int64?] = []
  ) {
    seq += 1
    time += UInt64(200 + below(1600))
    var event = Event(
      kind, seq: seq, time: time, pid: 4711, tid: 4710 + Int32(actor.index), actor: actor,
      object: object, line: line, texts: texts)
    for (slot, number) in numbers.enumerated() { event.record[slot] = number }
    events.append(event)
  }

  private mutating func start() {
    add(
      .runStart, .main, texts: ["producer-consumer", "items=1000000", "native", "1.0"],
      numbers: [2, 1])
    add(.objectName, .main, Self.lock, texts: ["list_lock", "lock"])
    add(.objectName, .main, Self.list, texts: ["shared_list", "list"])
    for worker in 0..<Self.workers {
      let actor = Self.actor(worker)
      add(.threadSpawn, .main, line: 31, numbers: [Int64(actor.rawValue)])
      add(.actorName, actor, texts: ["worker \(worker + 1)", "thread"])
      add(.threadStart, actor)
      fallAsleep(worker)
    }
  }

  private static func actor(_ worker: Int) -> ActorID { ActorID(worker + 2) }

  /// One worker acquires the lock, and sometimes another waits for it.
  private mutating func turn() {
    let worker = below(Self.workers)
    let other = below(Self.workers)
    wake(worker)
    add(.lockAcquire, Self.actor(worker), Self.lock, line: 11)
    change(worker)
    guard other != worker, below(3) == 0 else { return release(worker) }
    wake(other)
    let reason = WaitReason.lock.rawValue
    add(.waitBegin, Self.actor(other), Self.lock, line: 11, numbers: [reason])
    let since = time
    release(worker)
    add(
      .waitEnd, Self.actor(other), Self.lock, line: 11,
      numbers: [reason, WaitOutcome.got.rawValue, Int64(time - since)])
    add(.lockAcquire, Self.actor(other), Self.lock, line: 11)
    change(other)
    release(other)
  }

  private mutating func wake(_ worker: Int) {
    let waited = Int64(time - min(time, asleepSince[worker]))
    add(
      .waitEnd, Self.actor(worker), line: 17,
      numbers: [WaitReason.sleep.rawValue, WaitOutcome.got.rawValue, waited])
  }

  /// Appends or removes a value. Most are numbers, some are texts.
  private mutating func change(_ worker: Int) {
    let size = values.count - first
    let isAdded = size == 0 || size < 40 && below(2) == 0
    let value: EventValue
    if isAdded {
      value = below(40) == 0 ? .text("item of round \(seq)") : .number(Int64(seq))
      values.append(value)
    } else {
      value = values[first]
      first += 1
      if first == 4096 {
        values.removeFirst(first)
        first = 0
      }
    }
    add(
      isAdded ? .listAppend : .listRemove, Self.actor(worker), Self.list, line: isAdded ? 13 : 24,
      numbers: [nil, Int64(values.count - first)])
    events[events.count - 1].setValue(value)
  }

  private mutating func release(_ worker: Int) {
    add(.lockRelease, Self.actor(worker), Self.lock, line: 14)
    if below(20) == 0 {
      add(.output, Self.actor(worker), line: 15, texts: ["worker \(worker + 1): \(seq)\n"])
    }
    if below(40) == 0 {
      add(.sample, Self.actor(worker), numbers: [Int64(time / 3), Int64(below(2)), nil])
    }
    fallAsleep(worker)
  }

  private mutating func fallAsleep(_ worker: Int) {
    add(
      .waitBegin, Self.actor(worker), line: 17,
      numbers: [WaitReason.sleep.rawValue, Int64(time) + Int64(below(1_000_000))])
    asleepSince[worker] = time
  }
}
