import Catalog
import Concurrency
import Engine
import Trace

/// Uneven tasks wait in line for a few worker processes. The next task goes to a free worker.
enum PoolQueueDemo: DemoBody {
  enum Line: String, ListingLine {
    case sleep = "time.sleep(length)"
    case compute = "while time.process_time() < enough:"
    case open = "with ProcessPoolExecutor(max_workers=workers) as pool:"
    case submit =
      "futures = [pool.submit(work, number) for number in range(1, tasks + 1)]"
    case result = "results = [future.result() for future in futures]"
    case printTask =
      #"print(f"task {number}: waited {began - opened:.3f} s, took {taken:.3f} s in pid {pid}")"#
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
    let ((tasks, spans), cores) = try CoreShare.measured(in: run) {
      let tasks = try (1...arguments.integer("tasks")).map { try pool.submit("\($0)") }
      run.at(Line.result)
      let spans = try tasks.map { task in
        guard let span = TaskSpan(try task.result()) else {
          preconditionFailure("a worker of the queue returned no span")
        }
        return span
      }
      return (tasks, spans)
    }
    // At the end, because the memory of a worker grows with its first task.
    let memory = pool.pids.map { ProcessWeight(of: $0)?.privateDirty ?? 0 }
    run.at(Line.open)
    try pool.close()
    let report = Report(
      workers: tasks.map { pool.worker(of: $0.number) }, spans: spans, began: Int64(began / 1000),
      cores: cores, memory: memory)
    try report.record(run)
    try run.conclude(report.sentence, report.table)
  }

  /// Computes or sleeps for the length of a task; every fifth task is long.
  static let work = PoolBody("pool-queue.work") { input, _, run in
    guard let number = Int(input) else {
      throw RaisedException.unreadable([input])
    }
    let length = run.arguments.nanoseconds(number % 5 == 0 ? "long" : "short")
    return try TaskSpan.measured(in: run) {
      try TaskKind.perform(length, sleep: Line.sleep, compute: Line.compute, run)
    }.text
  }

  /// The costs of all tasks and of the workers.
  private struct Report {
    /// The worker of each task.
    let workers: [Int?]
    /// The time of each task.
    let spans: [TaskSpan]
    /// When all tasks came, in µs of the run's clock.
    let began: Int64
    let cores: CoreShare
    /// The memory of each worker's own, in bytes.
    let memory: [Int64]

    /// In µs.
    private var time: Int64 { max(1, (spans.map(\.end).max() ?? began) - began) }
    /// How long each task waited in line, in µs.
    private var waits: [Int64] { spans.map { max(0, $0.start - began) } }
    private var atMost: Int { TaskSpan.greatestOverlap(spans) }

    private func spans(of worker: Int) -> [TaskSpan] {
      zip(workers, spans).filter { $0.0 == worker }.map(\.1)
    }

    /// The percentage of the time without a task.
    private func idle(_ worker: Int) -> Int {
      Int(100 - min(100, 100 * spans(of: worker).reduce(0) { $0 + $1.length } / time))
    }

    func record(_ run: Run) throws {
      run.at(Line.printTask)
      for (index, span) in spans.enumerated() {
        let worker = workers[index].map(ProcessPool.name) ?? "no worker"
        try run.output(
          "task \(index + 1): waited \(ValueText.duration(waits[index] * 1000)), took "
            + "\(ValueText.duration(span.length * 1000)) in \(worker)")
      }
      run.at(Line.print)
      for (worker, bytes) in memory.enumerated() {
        let (name, count) = (ProcessPool.name(ofWorker: worker), spans(of: worker).count)
        try run.measure("\(name): tasks", Int64(count), unit: "")
        try run.measure("\(name): idle", Int64(idle(worker)), unit: "%")
        try run.measure("\(name): memory", bytes, unit: "B")
        try run.output("\(name): \(count) tasks, idle \(idle(worker)) %")
      }
      try run.measure("workers together: memory", memory.reduce(0, +), unit: "B")
      try cores.record("workers together: cores used", run)
      try run.measure("most tasks at a time", Int64(atMost), unit: "")
      for (name, wait) in longWaits {
        try run.measure("\(name): wait", wait * 1000, unit: "ns")
      }
    }

    private var longWaits: [(name: String, wait: Int64)] {
      let sorted = waits.sorted()
      return [("median", sorted[sorted.count / 2]), ("longest", sorted.last ?? 0)]
    }

    /// `20 tasks ran on 2 workers, never more than 2 at a time.`
    var sentence: String {
      "\(counted(spans.count, "task")) ran on \(counted(memory.count, "worker")), never more than "
        + "\(atMost) at a time."
    }

    var table: [[String]] {
      let rows = memory.enumerated().map { worker, bytes in
        [
          ProcessPool.name(ofWorker: worker), "\(spans(of: worker).count)", "\(idle(worker)) %",
          ValueText.measure(bytes, unit: "B"),
        ]
      }
      let idleOnAverage = memory.indices.map { idle($0) }.reduce(0, +) / max(1, memory.count)
      return [["", "tasks", "idle", "memory"]] + rows + [
        [
          "together", "\(spans.count)", "\(idleOnAverage) %",
          ValueText.measure(memory.reduce(0, +), unit: "B"),
        ],
        ["took", ValueText.duration(time * 1000)],
      ] + longWaits.map { ["\($0.name) wait", ValueText.duration($0.wait * 1000)] } + cores.rows
    }
  }
}
