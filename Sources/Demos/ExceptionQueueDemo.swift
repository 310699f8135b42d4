import CPlatform
import Catalog
import Concurrency
import Platform

/// Worker threads put their exceptions into a queue, and the main thread handles all of them.
enum ExceptionQueueDemo: DemoBody {
  enum Line: String, ListingLine {
    case sleep = "time.sleep(0.02)"
    case raise = #"raise ValueError(f"task {number} of {name} failed")"#
    case put = "problems.put(error)"
    case end = "problems.put(None)  # this worker has no more"
    case start =
      #"threading.Thread(target=run_tasks, name=f"worker-{place}").start()"#
    case get = "problem = problems.get()"
    case again = "raise problem"
    case handled =
      #"print(f"handled in thread {threading.get_native_id()}: {error}")"#
  }

  /// An entry of the queue.
  private enum Problem: Sendable, CustomStringConvertible {
    case raised(RaisedException)
    /// The worker has finished.
    case none

    var description: String {
      switch self {
      case .raised(let exception): exception.description
      case .none: "None"
      }
    }
  }

  static func run(_ run: Run) throws {
    let workers = run.arguments.integer("workers")
    let problems = BlockingQueue<Problem>("problems", in: run)
    let sent = Guarded(0)
    run.at(Line.start)
    let threads = try (1...workers).map { place in
      let name = "worker-\(place)"
      return try run.thread(name) { try runTasks(name, problems, sent, run) }
    }
    var atWork = workers
    var handled = 0
    while atWork > 0 {
      run.at(Line.get)
      guard case .raised(let problem) = try problems.get() else {
        atWork -= 1
        continue
      }
      run.at(Line.again)
      let exception = run.raise(problem)
      run.at(Line.handled)
      run.caught(exception)
      handled += 1
      try run.output("handled in thread \(lks_gettid()): \(exception.message)")
    }
    for thread in threads { try thread.join() }
    let failures = sent.withLock { $0 }
    try run.measure("sent: failures", Int64(failures), unit: "")
    try run.measure("handled: failures", Int64(handled), unit: "")
    try run.conclude(
      failures == 0
        ? "No task failed, so there was nothing to report."
        : "Each failure of a worker was handled in the main thread.",
      [
        ["workers", "\(workers)"],
        ["failures sent", "\(failures)"],
        ["failures handled", "\(handled)"],
        ["handled by", "main"],
      ])
  }

  private static func runTasks(
    _ name: String, _ problems: BlockingQueue<Problem>, _ sent: Guarded<Int>, _ run: Run
  ) throws {
    try FailingTask.performAll(
      in: run, sleep: Line.sleep, raise: .raise, owner: name
    ) { _, exception in
      run.at(Line.put)
      run.caught(exception)
      sent.withLock { $0 += 1 }
      try problems.put(.raised(exception))
    }
    run.at(Line.end)
    try problems.put(.none)
  }
}
