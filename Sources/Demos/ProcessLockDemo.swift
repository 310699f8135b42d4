import Catalog
import Concurrency
import Engine
import Trace

/// Processes take turns in a section that only one may enter at a time.
enum ProcessLockDemo: DemoBody {
  enum Line: String, ListingLine {
    case make = "section = multiprocessing.Lock()"
    case guarded = "with section:  # other processes sleep here until it is released"
    case inside = #"print(f"pid {os.getpid()} is inside")"#
    case hold = "time.sleep(hold)"
    case start = "worker.start()"
    case join = "worker.join()"
  }

  static let workerBodies: [any WorkerBody] = [takeTurns]

  static func run(_ run: Run) throws {
    run.at(Line.make)
    let section = try Lock.shared("section", in: run)
    let visits = try Visits(in: run)
    let workers = try visits.receive(
      takeTurns, gate: section.handle, start: Line.start, join: Line.join, in: run)
    let (turns, hold) = (visits.count, run.arguments.nanoseconds("hold"))
    let least = Int64(turns) * hold
    try run.conclude(
      "\(turns) turns of \(workers.count) processes (\(workers.pids)): never more than "
        + "\(visits.most) inside at a time, so \(turns) times \(ValueText.duration(hold)) "
        + "took \(ValueText.duration(visits.took)), not less than \(ValueText.duration(least))")
  }

  /// The work of each process.
  static let takeTurns = ProcessBody("process-lock.take-turns") { run, arguments in
    let section = try Lock.attached(arguments.first ?? "", in: run)
    let visits = try Visits(attached: arguments.last ?? "", in: run)
    try visits.takeTurns(
      in: run, enter: Line.guarded, inside: .inside, hold: .hold, through: section.withLock)
  }
}
