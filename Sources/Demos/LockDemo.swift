import Catalog
import Concurrency
import Platform
import Trace

/// Threads take turns in a section that only one may enter at a time. An exception inside releases
/// the lock, too.
enum LockDemo: DemoBody {
  enum Line: String, ListingLine {
    case enter = "with lock:  # other threads sleep here until it is released"
    case stay = "time.sleep(hold)"
    case start = "visitor.start()"
    case join = "visitor.join()"
    case report = #"print(f"{threads * turns} turns, at most {most} inside at a time")"#
    case enterAgain = "with lock:"
    case raise = #"raise ValueError("something went wrong inside")"#
    case caught = #"print(f"{error}; is the lock still held? {lock.locked()}")"#
  }

  /// The visitors' observations.
  private struct Tally: Sendable {
    var inside = 0
    var most = 0
    var turns = 0
    /// The waits for a turn, in ns, without the turns that came without a wait.
    var waits: [Int64] = []
  }

  static func run(_ run: Run) throws {
    let lock = Lock("lock", in: run)
    let tally = Guarded(Tally())
    run.at(Line.start)
    let visitors = try (1...run.arguments.integer("threads")).map { number in
      try run.thread("visitor-\(number)") { try visit(lock, tally, run) }
    }
    run.at(Line.join)
    for visitor in visitors { try visitor.join() }
    run.at(Line.report)
    let seen = tally.withLock { $0 }
    try run.output("\(seen.turns) turns, at most \(seen.most) inside at a time")
    let isHeld = try failInside(lock, run)
    try report(seen, isHeldAfterException: isHeld, run)
  }

  private static func visit(_ lock: Lock, _ tally: Guarded<Tally>, _ run: Run) throws {
    for _ in 0..<run.arguments.integer("turns") {
      run.at(Line.enter)
      let before = run.waits()
      try lock.withLock {
        let wait = run.waits() - before
        tally.withLock { tally in
          tally.turns += 1
          tally.inside += 1
          tally.most = max(tally.most, tally.inside)
          if wait.count > 0 { tally.waits.append(wait.nanoseconds) }
        }
        defer { tally.withLock { $0.inside -= 1 } }
        run.at(Line.stay)
        try run.sleep(run.arguments.nanoseconds("hold"))
      }
    }
  }

  /// Raises an exception with the lock held. Returns whether the lock is held afterwards.
  private static func failInside(_ lock: Lock, _ run: Run) throws -> Bool {
    do {
      run.at(Line.enterAgain)
      try lock.withLock {
        run.at(Line.raise)
        throw run.raise(
          .valueError("something went wrong inside"))
      }
    } catch let exception as RaisedException {
      run.caught(exception)
    }
    run.at(Line.caught)
    let isHeld = try lock.isHeld()
    try run.output(
      "something went wrong inside; is the lock still held? \(isHeld ? "True" : "False")")
    return isHeld
  }

  private static func report(_ seen: Tally, isHeldAfterException: Bool, _ run: Run) throws {
    try run.result("turns", "\(seen.turns)")
    try run.result("most inside at a time", "\(seen.most)")
    try run.result("waits", "\(seen.waits.count)")
    for wait in seen.waits { try run.measure("a turn: waited for", wait, unit: "ns") }
    try run.conclude(
      "Never more than one thread was inside.",
      [
        ["turns", "\(seen.turns)"],
        ["most inside at a time", "\(seen.most)"],
        ["turns that had to wait", "\(seen.waits.count)"],
        ["longest wait", ValueText.duration(seen.waits.max() ?? 0)],
        ["after an exception inside, the lock is", isHeldAfterException ? "held" : "free"],
      ])
  }
}
