import Catalog
import Concurrency
import Engine
import Trace

/// The same short tasks: with a new process for each, then on a pool of processes. Equally many run
/// at the same time, and the times include starting and ending the processes.
enum PoolReuseDemo: DemoBody {
  /// The CPU time of one task, in nanoseconds.
  private static let work: UInt64 = 200_000

  enum Line: String, ListingLine {
    case work = "return sum(i * i for i in range(2000 + number))"
    case joinOldest = "running.pop(0).join()"
    case start = "process.start()"
    case join = "process.join()"
    case open = "with multiprocessing.Pool(at_once) as pool:"
    case map = "pool.map(work, range(1, tasks + 1), chunksize=1)"
    case joinPool = "pool.join()"
  }

  static let workerBodies: [any WorkerBody] = [workOnce, workAgain]

  static func run(_ run: Run) throws {
    let arguments = run.arguments
    let (tasks, atOnce) = (arguments.integer("tasks"), arguments.integer("at-once"))
    var (single, pooled) = (Way("a process each"), Way("a pool of \(atOnce)"))
    let comparison = try Comparison(
      [
        .init(single.name) { try single.measure { try processEach(tasks, atOnce, run) } },
        .init(pooled.name) { try pooled.measure { try onPool(tasks, atOnce, run) } },
      ], rounds: arguments.integer("rounds"), in: run, recording: []
    ) { _ = try processEach(1, 1, run) }
    for way in [single, pooled] {
      try run.result("pids of \(way.name)", way.pids.map { "\($0)" }.joined(separator: " "))
      try run.measure("\(way.name): processes", Int64(Set(way.pids).count), unit: "")
      for wall in comparison[way.name].wall {
        try run.measure("\(way.name): time a task", wall / Int64(tasks), unit: "ns")
      }
      for cpu in way.cpu {
        try run.measure("\(way.name): CPU time a task", cpu / Int64(tasks), unit: "ns")
      }
    }
    let rows = [single, pooled].map { way in
      let cpu = way.cpu.sorted()[way.cpu.count / 2]
      let times = comparison[way.name]
      return [way.name, "\(Set(way.pids).count)"]
        + [times.median, times.least, times.most, cpu].map {
          ValueText.duration($0 / Int64(tasks))
        }
    }
    try run.conclude(
      sentence(comparison.verdict(single.name, pooled.name), single.name),
      [["for each task", "pids", "time", "least", "most", "CPU time"]] + rows)
  }

  private static func sentence(_ verdict: Comparison.Verdict, _ single: String) -> String {
    switch verdict {
    case .faster(single, _): "Here, a process for each task was faster than a pool."
    case .faster: "The pool was faster than a process for each task."
    case .overlap, .once, .disturbed:
      verdict.caution ?? "The pool took about as long as a process for each task."
    }
  }

  /// One of the two ways, and its costs other than its wall time.
  private struct Way {
    let name: String
    /// The processes of the last round, in the order of their start.
    var pids: [Int32] = []
    /// The CPU time of each round in nanoseconds, including the processes.
    var cpu: [Int64] = []

    init(_ name: String) { self.name = name }

    mutating func measure(_ body: () throws -> [Int32]) rethrows {
      let before = CoreUse.ownTime
      pids = try body()
      cpu.append(Int64(CoreUse.ownTime(since: before)))
    }
  }

  private static func processEach(_ tasks: Int, _ atOnce: Int, _ run: Run) throws -> [Int32] {
    var running: [ActorProcess] = []
    var pids: [Int32] = []
    func joinOldest() throws {
      let process = running.removeFirst()
      try process.finish(in: run)
      pids.append(process.pid)
    }
    for number in 1...tasks {
      run.at(Line.joinOldest)
      if running.count == atOnce { try joinOldest() }
      run.at(Line.start)
      // Processes with the same name share a lane.
      let place = (number - 1) % atOnce + 1
      running.append(try run.process("process-\(place)", body: workOnce))
    }
    run.at(Line.join)
    while !running.isEmpty { try joinOldest() }
    return pids
  }

  private static func onPool(_ tasks: Int, _ atOnce: Int, _ run: Run) throws -> [Int32] {
    run.at(Line.open)
    let pool = try ProcessPool("pool", size: atOnce, body: workAgain, arguments: [], in: run)
    run.at(Line.map)
    _ = try pool.map((1...tasks).map(String.init))
    run.at(Line.joinPool)
    try pool.close()
    return pool.pids
  }

  /// The work of a process for one task.
  static let workOnce = ProcessBody("pool-reuse.once") { run, arguments in
    run.at(Line.work)
    try BusyWork.compute(for: work, run)
  }

  /// Performs a task on the pool.
  static let workAgain = PoolBody("pool-reuse.work") { _, _, run in
    run.at(Line.work)
    try BusyWork.compute(for: work, run)
    return "done"
  }
}
