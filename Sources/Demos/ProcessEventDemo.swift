import Catalog
import Concurrency
import Engine
import Events
import Glibc

/// Processes wait for a flag; another process sets it, and all of them continue.
enum ProcessEventDemo: DemoBody {
  enum Line: String, ListingLine {
    case make = "start_now = multiprocessing.Event()"
    case wait = "start_now.wait()"
    case woke = #"print(f"pid {os.getpid()} goes on")"#
    case start = "waiter.start()"
    case sleep = "time.sleep(delay)"
    case set = "start_now.set()  # one call for all of them"
    case join = "waiter.join()"
  }

  static let workerBodies: [any WorkerBody] = [wait]

  static func run(_ run: Run) throws {
    let count = run.arguments.integer("waiters")
    run.at(Line.make)
    let flag = try EventFlag.shared("start_now", in: run)
    let times = try SignalTimes(in: run)
    run.at(Line.start)
    let waiters = try (1...count).map { number in
      try run.process(
        "waiter-\(number)", body: wait,
        arguments: ["\(number)", flag.handle ?? "", times.handle])
    }
    run.at(Line.sleep)
    try run.sleep(run.arguments.nanoseconds("delay"))
    run.at(Line.set)
    times.signal(run)
    try flag.set()
    run.at(Line.join)
    for waiter in waiters { try waiter.finish(in: run) }
    let woken = times.times(of: count)
    try run.result("waiters woken", "\(woken.count)")
    try run.conclude(
      "One process set the flag once, and all others went on.",
      [
        ["pid that set the flag", "\(getpid())"],
        ["pids that waited", waiters.pids],
        ["processes that had to wait", "\(woken.count) of \(count)"],
        ["from signal to wake", SignalTimes.text(woken)],
      ])
  }

  /// The work of each process.
  static let wait = ProcessBody("process-event.wait") { run, arguments in
    guard arguments.count == 3, let number = Int(arguments[0]),
      (1...SignalTimes.mostWaiters).contains(number)
    else { throw run.raise(.unreadable(arguments)) }
    let flag = try EventFlag.attached(arguments[1], in: run)
    let times = try SignalTimes(attached: arguments[2], in: run)
    run.at(Line.wait)
    let since = run.now()
    try flag.wait()
    let latency = times.woke(number, waitingSince: since, run)
    run.at(Line.woke)
    if let latency { try run.measure("waiter-\(number): signal to wake", latency, unit: "ns") }
    try run.output("pid \(getpid()) goes on")
  }
}
