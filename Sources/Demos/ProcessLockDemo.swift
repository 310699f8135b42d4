import Catalog
import Concurrency
import Engine
import Trace

/// Processes take turns in a section that only one may enter at a time.
enum ProcessLockDemo: DemoBody {
  enum Line: String, ListingLine {
    case make = "lock = multiprocessing.Lock()"
    case guarded = "with lock:  # other processes sleep here until it is released"
    case inside = #"print(f"pid {os.getpid()} is inside")"#
    case hold = "time.sleep(hold)"
    case start = "worker.start()"
    case join = "worker.join()"
  }

  static let workerBodies: [any WorkerBody] = [takeTurns]

  static func run(_ run: Run) throws {
    run.at(Line.make)
    let lock = try Lock.shared("lock", in: run)
    let visits = try Visits(in: run)
    let workers = try visits.receive(
      takeTurns, gate: lock.handle, start: Line.start, join: Line.join, in: run)
    let (turns, hold) = (visits.count, run.arguments.nanoseconds("hold"))
    let least = Int64(turns) * hold
    try run.conclude(
      "Never more than one process was inside.",
      [
        ["pids", workers.pids],
        ["turns", "\(turns)"],
        ["most inside at a time", "\(visits.most)"],
        ["time at least (turns × hold)", ValueText.duration(least)],
        ["time that it took", ValueText.duration(visits.took)],
      ])
  }

  /// The work of each process.
  static let takeTurns = ProcessBody("process-lock.take-turns") { run, arguments in
    let lock = try Lock.attached(arguments.first ?? "", in: run)
    let visits = try Visits(attached: arguments.last ?? "", in: run)
    try visits.takeTurns(
      in: run, enter: Line.guarded, inside: .inside, hold: .hold, through: lock.withLock)
  }
}
