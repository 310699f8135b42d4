import Catalog
import Concurrency
import Engine
import Trace

/// Uneven tasks wait in line for a few worker processes. The next task goes to a free worker.
///
/// The tasks sleep instead of computing, because there may be fewer cores than workers.
enum PoolQueueDemo: DemoBody {
  enum Line: String, ListingLine {
    case sleep = "time.sleep(long if number % 5 == 0 else short)"
    case open = "with ProcessPoolExecutor(max_workers=workers) as pool:"
    case submit =
      "futures = [pool.submit(work, number) for number in range(1, tasks + 1)]"
    case result = "results = [future.result() for future in futures]"
    case print = #"print(f"pid {pid}: {len(busy)} tasks, idle {idle:.0f} %")"#
  }

  static let workerBodies: [any WorkerBody] = [work]

  static func run(_ run: Run) throws {
    let arguments = run.arguments
    run.at(Line.open)
    let pool = try ProcessPool(
      "pool", size: arguments.integer("workers"), body: work, arguments: [], in: run)
    run.at(Line.submit)
    let began = run.now()
    let tasks = try (1...arguments.integer("tasks")).map { try pool.submit("\($0)") }
    run.at(Line.result)
    let spans = try tasks.map { task in
      guard let span = TaskSpan(try task.result()) else {
        preconditionFailure("a worker of the queue returned no span")
      }
      return span
    }
    run.at(Line.open)
    try pool.close()
    run.at(Line.print)
    try report(tasks.map { pool.worker(of: $0.number) }, spans, since: Int64(began / 1000), run)
  }

  /// Sleeps for the length of a task; every fifth task is long.
  static let work = PoolBody("pool-queue.work") { input, _, run in
    guard let number = Int(input) else {
      throw RaisedException.unreadable([input])
    }
    run.at(Line.sleep)
    let length = run.arguments.nanoseconds(number % 5 == 0 ? "long" : "short")
    return try TaskSpan.measured(in: run) { try run.sleep(length) }.text
  }

  /// - Parameters:
  ///   - workers: the worker of each task.
  ///   - spans: the time of each task.
  private static func report(
    _ workers: [Int?], _ spans: [TaskSpan], since began: Int64, _ run: Run
  ) throws {
    let arguments = run.arguments
    let time = max(1, (spans.map(\.end).max() ?? began) - began)
    var counts: [String] = []
    var idle: [String] = []
    for worker in 0..<arguments.integer("workers") {
      let own = zip(workers, spans).filter { $0.0 == worker }.map(\.1)
      let percent = Int(100 - min(100, 100 * own.reduce(0) { $0 + $1.length } / time))
      let name = ProcessPool.name(ofWorker: worker)
      try run.measure("\(name): tasks", Int64(own.count), unit: "")
      try run.measure("\(name): idle", Int64(percent), unit: "%")
      try run.output("\(name): \(own.count) tasks, idle \(percent) %")
      counts.append("\(own.count)")
      idle.append("\(percent) %")
    }
    let kinds = spans.count < 5 ? ["short"] : ["short", "long"]
    var lengths: [String] = []
    for length in kinds.map(arguments.nanoseconds).sorted().map(ValueText.duration)
    where length != lengths.last {
      lengths.append(length)
    }
    try run.conclude(
      "\(spans.count) tasks of \(lengths.alternatives) took "
        + "\(ValueText.duration(time * 1000)), never more than \(TaskSpan.greatestOverlap(spans)) "
        + "at a time: the workers did \(counts.listed) of them, and were idle for "
        + "\(idle.listed) of the time")
  }
}
