import Catalog
import Concurrency
import Engine
import Glibc

/// A lock is released in `finally`, whether its body ends normally, by an exception or by a return.
/// Only a process that is killed does not release it.
enum FinallyDemo: DemoBody {
  /// The time that each round holds the lock, in ns.
  private static let work: Int64 = 10_000_000
  /// The time that the process would hold the lock without the kill, in ns.
  private static let length: Int64 = 60_000_000_000
  /// The time that main waits for the process to hold the lock, in ns.
  private static let patience: Int64 = 10_000_000_000

  enum Line: String, ListingLine {
    case acquire = "lock.acquire()"
    case acquired = "acquired.value += 1"
    case work = "time.sleep(0.01)"
    case raise = #"raise ValueError("left by an exception")"#
    case leave = "return"
    case held = "held.set()"
    case sleep = "time.sleep(60)"
    case released = "released.value += 1"
    case release = "lock.release()"
    case call = "leave(way, lock, held, acquired, released)"
    case caught = #"print(f"round {number}: {error}")"#
    case start = "process.start()"
    case wait = "held.wait(timeout=10)"
    case kill = "os.kill(process.pid, signal.SIGKILL)"
    case join = "process.join()"
    case report =
      #"print(f"acquired {acquired.value} times, released {released.value} times")"#
  }

  static let workerBodies: [any WorkerBody] = [untilKilled]

  private enum Way: String, CaseIterable {
    case success, exception
    case leaving = "return"
    case kill
  }

  /// The objects that this process shares with the one that is killed.
  private struct SharedObjects: Sendable {
    let lock: Lock
    let held: EventFlag
    let acquired: SharedVariable
    let released: SharedVariable
  }

  static func run(_ run: Run) throws {
    let shared = SharedObjects(
      lock: try .shared("lock", in: run), held: try .shared("held", in: run),
      acquired: try .shared("acquired", in: run), released: try .shared("released", in: run))
    let rounds = run.arguments.integer("rounds")
    for number in 1...rounds {
      for way in Way.allCases where way != .kill {
        do {
          run.at(Line.call)
          try leave(way, shared, run)
        } catch let exception as RaisedException {
          run.at(Line.caught)
          run.caught(exception)
          try run.output("round \(number): \(exception.message)")
        }
      }
    }
    let kills = run.arguments.choice("kill") == "on"
    let ending = kills ? try killHolder(shared, run) : nil
    run.at(Line.report)
    let acquired = try shared.acquired.read()
    let released = try shared.released.read()
    try run.output("acquired \(acquired) times, released \(released) times")
    try run.measure("acquired: times", acquired, unit: "")
    try run.measure("released: times", released, unit: "")
    let isHeld = try shared.lock.isHeld()
    try run.conclude(
      isHeld
        ? "The lock was released each time, but not by the process that was killed."
        : "The lock was released each time, whichever way the code was left.",
      [
        ["", "acquired", "released"],
        ["success, exception, return", "\(3 * rounds)", "\(3 * rounds)"],
        [
          "killed process", kills ? "\(acquired - Int64(3 * rounds))" : "not tried",
          kills ? "\(released - Int64(3 * rounds))" : "not tried",
        ],
        ["in all", "\(acquired)", "\(released)"],
        ["end of the killed process", ending ?? "not tried", ""],
        ["the lock at the end", isHeld ? "still held" : "free", ""],
      ])
  }

  /// Starts a process that takes the lock, and kills it. Returns its ending in words.
  private static func killHolder(_ shared: SharedObjects, _ run: Run) throws -> String {
    run.at(Line.start)
    let handles = [
      shared.lock.handle, shared.held.handle, shared.acquired.handle, shared.released.handle,
    ]
    let process = try run.process(
      "process", body: untilKilled, arguments: handles.compactMap { $0 })
    run.at(Line.wait)
    try shared.held.wait(timeout: patience)
    run.at(Line.kill)
    try process.signal(SIGKILL)
    run.at(Line.join)
    let ending = try process.join()
    return switch ending {
    case .exited(let code): "exit code \(code)"
    case .killed(let signal): "signal \(signal)"
    case .unknown: "ending unknown"
    case .notStarted: throw run.raise(ending.exception(ofProcess: process.name))
    }
  }

  /// Takes the lock, leaves in one of the ways, and releases the lock in any case.
  private static func leave(_ way: Way, _ shared: SharedObjects, _ run: Run) throws {
    run.at(Line.acquire)
    try shared.lock.acquire()
    let body = Result {
      run.at(Line.acquired)
      try shared.acquired.write(try shared.acquired.read() + 1)
      run.at(Line.work)
      try run.sleep(work)
      switch way {
      case .success: break
      case .exception:
        run.at(Line.raise)
        throw run.raise(.valueError("left by an exception"))
      case .leaving: run.at(Line.leave)
      case .kill:
        run.at(Line.held)
        try shared.held.set()
        run.at(Line.sleep)
        try run.sleep(length)
      }
    }
    // This is the `finally` of the listing.
    let count = Result {
      run.at(Line.released)
      try shared.released.write(try shared.released.read() + 1)
    }
    run.at(Line.release)
    shared.lock.releaseIfHeld()
    try body.get()
    try count.get()
  }

  /// The work of the process until it is killed. The arguments are the handles of the objects.
  static let untilKilled = ProcessBody("finally.kill") { run, arguments in
    guard arguments.count == 4 else {
      throw run.raise(.unreadable(arguments))
    }
    let shared = SharedObjects(
      lock: try .attached(arguments[0], in: run), held: try .attached(arguments[1], in: run),
      acquired: try .attached(arguments[2], in: run),
      released: try .attached(arguments[3], in: run))
    try leave(.kill, shared, run)
  }
}
