import Catalog
import Concurrency
import Platform
import Trace

/// Two threads transfer money in opposite directions, and each needs the locks of both accounts. If
/// each takes the lock of its source first, both wait forever. One order for all, or a time-out,
/// prevents that.
enum TwoLocksDemo: DemoBody {
  private static let amount: Int64 = 10

  enum Line: String, ListingLine {
    case first = "with locks[first]:"
    case sleep = "time.sleep(delay)"
    case holds = #"print(f"{source} to {target}: holds lock {first}, wants lock {second}")"#
    case second =
      "if not locks[second].acquire(timeout=timeout or -1):  # -1: wait without a limit"
    case giveBack = #"print(f"{source} to {target}: gives back lock {first}")"#
    case take = "accounts[source] -= 10"
    case give = "accounts[target] += 10"
    case release = "locks[second].release()"
    case pause = "time.sleep(random.uniform(0, pause))"
    case done = #"print(f"{source} to {target}: transfer {number} is done")"#
    case startOne = "one.start()"
    case startTwo = "two.start()"
    case join =
      "thread.join(timeout=2)  # a daemon that waits forever does not keep the program"
    case stillWaits = #"print(f"{thread.name} still waits: {thread.is_alive()}")"#
  }

  private struct Account: Sendable {
    let name: String
    let money: SharedVariable
    let lock: Lock

    init(_ name: String, in run: Run) {
      self.name = name
      money = SharedVariable(name, 100, in: run)
      lock = Lock("lock \(name)", in: run)
    }
  }

  private struct Tally: Sendable {
    /// The threads that have held their first lock.
    var holders: Set<String> = []
    var done = 0
    var givenBack = 0
    /// When each thread asked for its second lock, until it has it or gives up.
    var asked: [String: UInt64] = [:]
  }

  private struct Stage: Sendable {
    let run: Run
    let a: Account
    let b: Account
    let tally = Guarded(Tally())

    init(_ run: Run) {
      self.run = run
      a = Account("a", in: run)
      b = Account("b", in: run)
    }

    var isOpposite: Bool { run.arguments.choice("order") == "opposite" }
  }

  static func run(_ run: Run) throws {
    let stage = Stage(run)
    run.at(Line.startOne)
    let one = try start(from: stage.a, to: stage.b, stage)
    run.at(Line.startTwo)
    let two = try start(from: stage.b, to: stage.a, stage)
    for thread in [one, two] {
      run.at(Line.join)
      try thread.join()
      run.at(Line.stillWaits)
      let asked = stage.tally.withLock { $0.asked[thread.name] }
      try run.output(
        asked == nil
          ? "\(thread.name) still waits: False"
          : "\(thread.name) still waits: True, so the run ends its wait")
      guard let asked else { continue }
      try run.measure("\(thread.name): waited", Int64(run.now() - asked), unit: "ns")
    }
    try conclude(stage.tally.withLock { $0 }, run)
  }

  private static func start(
    from source: Account, to target: Account, _ stage: Stage
  ) throws -> ActorThread {
    let name = "\(source.name)-to-\(target.name)"
    return try stage.run.thread(name) {
      let way = "\(source.name) to \(target.name)"
      for number in 1...stage.run.arguments.integer("transfers") {
        while try !tryTransfer(from: source, to: target, name, stage) {
          stage.run.at(Line.pause)
          try stage.run.sleep(Int64.random(in: 0...stage.run.arguments.nanoseconds("pause")))
        }
        stage.run.at(Line.done)
        try stage.run.output("\(way): transfer \(number) is done")
        stage.tally.withLock { $0.done += 1 }
      }
    }
  }

  /// Returns whether the transfer is done. Otherwise the thread has given back its first lock.
  private static func tryTransfer(
    from source: Account, to target: Account, _ thread: String, _ stage: Stage
  ) throws -> Bool {
    let run = stage.run
    let (first, second) = stage.isOpposite ? (source, target) : (stage.a, stage.b)
    run.at(Line.first)
    return try first.lock.withLock {
      stage.tally.withLock { _ = $0.holders.insert(thread) }
      run.at(Line.sleep)
      repeat {
        try run.sleep(run.arguments.nanoseconds("delay"))
        // On a busy machine, the other thread may not have begun yet.
      } while stage.isOpposite && stage.tally.withLock { $0.holders.count < 2 }
      run.at(Line.holds)
      let way = "\(source.name) to \(target.name)"
      try run.output("\(way): holds lock \(first.name), wants lock \(second.name)")
      run.at(Line.second)
      guard try acquireSecond(second.lock, thread, stage) else {
        run.at(Line.giveBack)
        stage.tally.withLock { $0.givenBack += 1 }
        try run.output("\(way): gives back lock \(first.name)")
        run.at(Line.first)
        return false
      }
      defer {
        run.at(Line.release)
        second.lock.releaseIfHeld()
        run.at(Line.first)
      }
      run.at(Line.take)
      try source.money.write(try source.money.read() - amount)
      run.at(Line.give)
      try target.money.write(try target.money.read() + amount)
      return true
    }
  }

  /// Returns whether the thread has the lock.
  private static func acquireSecond(
    _ lock: Lock, _ thread: String, _ stage: Stage
  ) throws -> Bool {
    let timeout = stage.run.arguments.nanoseconds("timeout")
    let now = stage.run.now()
    stage.tally.withLock { $0.asked[thread] = now }
    let isAcquired: Bool
    if timeout == 0 {
      try lock.acquire()
      isAcquired = true
    } else {
      isAcquired = try lock.acquire(timeout: timeout)
    }
    stage.tally.withLock { $0.asked[thread] = nil }
    return isAcquired
  }

  private static func conclude(_ tally: Tally, _ run: Run) throws {
    let all = 2 * run.arguments.integer("transfers")
    let stuck = tally.asked.count
    try run.measure("transfers done: count", Int64(tally.done), unit: "")
    try run.measure("locks given back: count", Int64(tally.givenBack), unit: "")
    let sentence =
      if stuck > 0 {
        "Deadlock: each thread held one lock and waited for the other."
      } else if tally.givenBack > 0 {
        "No deadlock: a thread that waited too long gave back its lock and tried again."
      } else if run.arguments.choice("order") == "same" {
        "No deadlock: both threads took the locks in the same order."
      } else {
        "No deadlock: both threads got their two locks in time."
      }
    try run.conclude(
      sentence,
      [
        ["transfers done", "\(tally.done) of \(all)"],
        ["locks given back", "\(tally.givenBack)"],
      ])
  }
}
