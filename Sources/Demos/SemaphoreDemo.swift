import Catalog
import Concurrency
import Engine
import Trace

/// Processes share a few permits; never more are inside than there are permits.
enum SemaphoreDemo: DemoBody {
  enum Line: String, ListingLine {
    case make = "gate = multiprocessing.Semaphore(permits)"
    case enter = "with gate:  # waits while all permits are taken"
    case inside = #"print(f"pid {os.getpid()} is inside")"#
    case hold = "time.sleep(hold)"
    case start = "worker.start()"
    case join = "worker.join()"
  }

  static let workerBodies: [any WorkerBody] = [takeTurns]

  static func run(_ run: Run) throws {
    let permits = run.arguments.integer("permits")
    run.at(Line.make)
    let gate = try Semaphore.shared("gate", permits: permits, in: run)
    let visits = try Visits(in: run)
    let workers = try visits.receive(
      takeTurns, gate: gate.handle, start: Line.start, join: Line.join, in: run)
    try run.conclude(
      "\(workers.count) processes (\(workers.pids)) entered \(visits.count) times with "
        + "\(counted(permits, "permit")): at most "
        + "\(visits.most) inside at a time, and all ended after \(ValueText.duration(visits.took))")
  }

  /// The work of each process.
  static let takeTurns = ProcessBody("semaphore.take-turns") { run, arguments in
    let gate = try Semaphore.attached(arguments.first ?? "", in: run)
    let visits = try Visits(attached: arguments.last ?? "", in: run)
    try visits.takeTurns(
      in: run, enter: Line.enter, inside: .inside, hold: .hold, through: gate.withPermit)
  }
}
