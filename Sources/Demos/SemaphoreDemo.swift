import Catalog
import Concurrency
import Engine
import Trace

/// Processes share a few permits; never more are inside than there are permits.
enum SemaphoreDemo: DemoBody {
  enum Line: String, ListingLine {
    case make = "semaphore = multiprocessing.Semaphore(permits)"
    case enter = "with semaphore:  # waits while all permits are taken"
    case inside = #"print(f"pid {os.getpid()} is inside")"#
    case hold = "time.sleep(hold)"
    case start = "worker.start()"
    case join = "worker.join()"
  }

  static let workerBodies: [any WorkerBody] = [takeTurns]

  static func run(_ run: Run) throws {
    let permits = run.arguments.integer("permits")
    run.at(Line.make)
    let semaphore = try Semaphore.shared("semaphore", permits: permits, in: run)
    let visits = try Visits(in: run)
    let workers = try visits.receive(
      takeTurns, gate: semaphore.handle, start: Line.start, join: Line.join, in: run)
    let least = Int64((visits.count + permits - 1) / permits) * run.arguments.nanoseconds("hold")
    try run.conclude(
      "Never more processes were inside than there were permits.",
      [
        ["processes", "\(workers.count)"],
        ["turns", "\(visits.count)"],
        ["permits", "\(permits)"],
        ["most inside at a time", "\(visits.most)"],
        ["time at least (turns × hold ÷ permits)", ValueText.duration(least)],
        ["time that it took", ValueText.duration(visits.took)],
      ])
  }

  /// The work of each process.
  static let takeTurns = ProcessBody("semaphore.take-turns") { run, arguments in
    let semaphore = try Semaphore.attached(arguments.first ?? "", in: run)
    let visits = try Visits(attached: arguments.last ?? "", in: run)
    try visits.takeTurns(
      in: run, enter: Line.enter, inside: .inside, hold: .hold, through: semaphore.withPermit)
  }
}
