import Catalog
import Concurrency
import Engine
import Trace

/// Processes take turns in a section that one may be in at a time.
enum ProcessLockDemo: DemoBody {
  enum Line: String, ListingLine {
    case make = "section = multiprocessing.Lock()"
    case guarded = "with section:  # whoever else asks sleeps until it is let go"
    case inside = #"print(f"pid {os.getpid()} is inside")"#
    case hold = "time.sleep(hold)"
    case start = "worker.start()"
    case join = "worker.join()"
  }

  static let workerBodies: [any WorkerBody] = [takeTurns]

  static func run(_ run: Run) throws {
    let arguments = run.arguments
    run.at(Line.make)
    let section = try Lock.shared("section", in: run)
    let visit = try Visits(in: run)
    run.at(Line.start)
    let workers = try (1...arguments.integer("workers")).map { number in
      try run.process(
        "worker-\(number)", body: takeTurns, arguments: [section.handle ?? "", visit.handle])
    }
    run.at(Line.join)
    for worker in workers { try worker.join() }
    let turns = visit.count
    let least = Int64(turns) * arguments.nanoseconds("hold")
    try run.result("greatest inside at once", "\(visit.most)")
    try run.measure("all turns: took", visit.took, unit: "ns")
    let pids = workers.map { "\($0.pid)" }.joined(separator: ", ")
    try run.conclude(
      "\(turns) turns of \(workers.count) processes (\(pids)): never more than \(visit.most) "
        + "inside at once, so that \(turns) times \(ValueText.duration(arguments.nanoseconds("hold")))"
        + " took \(ValueText.duration(visit.took)), not less than \(ValueText.duration(least))")
  }

  /// What each process does.
  static let takeTurns = ProcessBody("process-lock.take-turns") { run, arguments in
    let section = try Lock.attached(arguments.first ?? "", in: run)
    let visits = try Visits(attached: arguments.last ?? "", in: run)
    for _ in 0..<run.arguments.integer("turns") {
      run.at(Line.guarded)
      try section.withLock {
        try visits.stay(
          run, Visits.Lines(enter: Line.guarded, inside: Line.inside, hold: Line.hold))
      }
    }
  }
}
