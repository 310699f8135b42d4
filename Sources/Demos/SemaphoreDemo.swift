import Catalog
import Concurrency
import Engine
import Trace

/// Processes share a few permits: never more inside than there are.
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
    let arguments = run.arguments
    let permits = arguments.integer("permits")
    run.at(Line.make)
    let gate = try Semaphore.shared("gate", permits: permits, in: run)
    let visits = try Visits(in: run)
    run.at(Line.start)
    let workers = try (1...arguments.integer("workers")).map { number in
      try run.process(
        "worker-\(number)", body: takeTurns, arguments: [gate.handle ?? "", visits.handle])
    }
    run.at(Line.join)
    for worker in workers { try worker.finish(in: run) }
    try run.result("greatest inside at once", "\(visits.most)")
    try run.measure("all turns: took", visits.took, unit: "ns")
    let pids = workers.map { "\($0.pid)" }.joined(separator: ", ")
    let count = permits == 1 ? "1 permit" : "\(permits) permits"
    try run.conclude(
      "\(workers.count) processes (\(pids)) went in \(visits.count) times with \(count): at most "
        + "\(visits.most) inside at once, and all was over in \(ValueText.duration(visits.took))")
  }

  /// What each process does.
  static let takeTurns = ProcessBody("semaphore.take-turns") { run, arguments in
    let gate = try Semaphore.attached(arguments.first ?? "", in: run)
    let visits = try Visits(attached: arguments.last ?? "", in: run)
    for _ in 0..<run.arguments.integer("turns") {
      run.at(Line.enter)
      try gate.withPermit {
        try visits.stay(
          run, Visits.Lines(enter: Line.enter, inside: Line.inside, hold: Line.hold))
      }
    }
  }
}
