import Catalog
import Concurrency
import Engine
import Glibc

/// Processes wait with a lock, which the wait releases, until another process notifies them.
enum ProcessConditionDemo: DemoBody {
  enum Line: String, ListingLine {
    case make = "changed = multiprocessing.Condition()"
    case enter = "with changed:"
    case look = "while ready.value == 0:  # a wake-up promises nothing: look again"
    case wait = "changed.wait()  # releases the lock, and takes it again afterwards"
    case take = "ready.value -= 1"
    case woke = #"print(f"pid {os.getpid()} goes on")"#
    case start = "waiter.start()"
    case sleep = "time.sleep(delay)"
    case guarded = "with changed:  # only the holder of the lock may notify"
    case give = "ready.value += 1"
    case notify = "changed.notify()"
    case join = "waiter.join()"
  }

  static let workerBodies: [any WorkerBody] = [wait]

  static func run(_ run: Run) throws {
    let count = run.arguments.integer("waiters")
    run.at(Line.make)
    let lock = try Lock.shared("lock", in: run)
    let changed = try Condition.shared("changed", over: lock, in: run)
    let ready = try SharedVariable.shared("ready", in: run)
    let times = try SignalTimes(in: run)
    run.at(Line.start)
    let waiters = try (1...count).map { number in
      try run.process(
        "waiter-\(number)", body: wait,
        arguments: ["\(number)", changed.handle ?? "", ready.handle ?? "", times.handle])
    }
    var woken = 0
    for _ in 1...count {
      run.at(Line.sleep)
      try run.sleep(run.arguments.nanoseconds("delay"))
      run.at(Line.guarded)
      try changed.withLock {
        run.at(Line.give)
        try ready.write(try ready.read() + 1)
        run.at(Line.notify)
        times.signal(run)
        woken += try changed.notify()
      }
    }
    run.at(Line.join)
    for waiter in waiters { try waiter.finish(in: run) }
    try report(run, waiters, woken: woken, times: times.times(of: count))
  }

  private static func report(
    _ run: Run, _ waiters: [ActorProcess], woken: Int, times: [Int64]
  ) throws {
    try run.result("signals", "\(waiters.count)")
    try run.result("waiters woken", "\(woken)")
    try run.conclude(
      "Each signal of one process woke another process.",
      [
        ["pid that notified", "\(getpid())"],
        ["pids that waited", waiters.pids],
        ["signals", "\(waiters.count)"],
        ["processes woken", "\(woken)"],
        ["from signal to wake", SignalTimes.text(times)],
      ])
  }

  /// The work of each process: waits until there is something for it, and takes it.
  static let wait = ProcessBody("process-condition.wait") { run, arguments in
    guard arguments.count == 4, let number = Int(arguments[0]),
      (1...SignalTimes.mostWaiters).contains(number)
    else { throw run.raise(.unreadable(arguments)) }
    let changed = try Condition.attached(arguments[1], in: run)
    let ready = try SharedVariable.attached(arguments[2], in: run)
    let times = try SignalTimes(attached: arguments[3], in: run)
    var latency: Int64?
    run.at(Line.enter)
    try changed.withLock {
      run.at(Line.look)
      var available = try ready.read()
      while available == 0 {
        let since = run.now()
        run.at(Line.wait)
        try changed.wait()
        latency = times.woke(number, waitingSince: since, run)
        run.at(Line.look)
        available = try ready.read()
      }
      run.at(Line.take)
      try ready.write(available - 1)
    }
    run.at(Line.woke)
    if let latency { try run.measure("waiter-\(number): signal to wake", latency, unit: "ns") }
    try run.output("pid \(getpid()) goes on")
  }
}
