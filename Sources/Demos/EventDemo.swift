import Catalog
import Concurrency
import Platform
import Trace

/// Threads wait for a flag, and one call wakes all of them. A latecomer does not wait. After the
/// flag is cleared, threads wait again.
enum EventDemo: DemoBody {
  enum Line: String, ListingLine {
    case wait = "flag.wait()"
    case waited = #"print(f"{threading.current_thread().name} waited {waited:.3f} s")"#
    case start = "thread.start()"
    case delay = "time.sleep(delay)"
    case set = "flag.set()"
    case join = "thread.join()"
    case startLate = "late.start()"
    case joinLate = "late.join()"
    case clear = "flag.clear()  # from now on, threads wait again"
    case again = #"print(f"set again in time? {flag.wait(timeout=0.05)}")"#
  }

  /// The time limit of the wait after the flag is cleared, in ns.
  private static let patience: Int64 = 50_000_000

  private struct Tally: Sendable {
    /// The number of threads that had to wait, and the time when the last one continued.
    var waited = 0
    var lastAt: UInt64 = 0
    var latecomer = WaitTotal()
  }

  static func run(_ run: Run) throws {
    let flag = EventFlag("flag", in: run)
    let tally = Guarded(Tally())
    run.at(Line.start)
    let waiters = try (1...run.arguments.integer("waiters")).map { number in
      let name = "waiter-\(number)"
      return try run.thread(name) {
        let wait = try waitForIt(flag, name: name, run)
        let now = run.now()
        tally.withLock { tally in
          if wait.count > 0 { tally.waited += 1 }
          tally.lastAt = max(tally.lastAt, now)
        }
      }
    }
    run.at(Line.delay)
    try run.sleep(run.arguments.nanoseconds("delay"))
    run.at(Line.set)
    let setAt = run.now()
    try flag.set()
    run.at(Line.join)
    for waiter in waiters { try waiter.join() }
    run.at(Line.startLate)
    let late = try run.thread("latecomer") {
      let wait = try waitForIt(flag, name: "latecomer", run)
      tally.withLock { $0.latecomer = wait }
    }
    run.at(Line.joinLate)
    try late.join()
    run.at(Line.clear)
    try flag.clear()
    run.at(Line.again)
    let isSet = try flag.wait(timeout: patience)
    try run.output("set again in time? \(isSet ? "True" : "False")")
    try report(tally.withLock { $0 }, setAt: setAt, isSetAgain: isSet, run)
  }

  private static func waitForIt(_ flag: EventFlag, name: String, _ run: Run) throws -> WaitTotal {
    run.at(Line.wait)
    let before = run.waits()
    try flag.wait()
    let wait = run.waits() - before
    run.at(Line.waited)
    try run.output("\(name) waited \(ValueText.duration(wait.nanoseconds))")
    try run.measure("\(name): waited", wait.nanoseconds, unit: "ns")
    return wait
  }

  private static func report(
    _ tally: Tally, setAt: UInt64, isSetAgain: Bool, _ run: Run
  ) throws {
    let waiters = run.arguments.integer("waiters")
    let spread = Int64(tally.lastAt - min(setAt, tally.lastAt))
    try run.result("waited", "\(tally.waited)")
    try run.result("waits of the latecomer", "\(tally.latecomer.count)")
    try run.measure("all: continued after set", spread, unit: "ns")
    try run.conclude(
      "One set() released all threads, and the latecomer did not wait.",
      [
        ["threads that waited", "\(tally.waited) of \(waiters)"],
        ["the last one went on after set()", ValueText.duration(spread)],
        ["the latecomer waited", ValueText.duration(tally.latecomer.nanoseconds)],
        ["a wait after clear()", isSetAgain ? "ended immediately" : "timed out"],
      ])
  }
}
