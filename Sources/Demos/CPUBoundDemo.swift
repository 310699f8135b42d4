import Catalog
import Concurrency
import Engine
import Trace

/// The same work on one worker and on more, on threads and in processes.
enum CPUBoundDemo: DemoBody {
  enum Line: String, ListingLine {
    case compute = "for number in range(steps // workers):"
    case start = "worker.start()"
    case join = "worker.join()"
    case measureThreads = #"measure("threads", threading.Thread, workers)"#
    case measureProcesses = #"measure("processes", multiprocessing.Process, workers)"#
  }

  static let workerBodies: [any WorkerBody] = [computePart]

  static func run(_ run: Run) throws {
    let arguments = run.arguments
    let counts = Array(arguments.span("workers"))
    let steps = try stepsOfAll(run)
    let arms = counts.flatMap { count in
      [
        Comparison.Arm(name(of: count, "thread")) { try threads(count, steps, run) },
        Comparison.Arm(name(of: count, "process")) { try processes(count, steps, run) },
      ]
    }
    // The first process of a run also reads the program from the disk.
    let comparison = try Comparison(arms, rounds: arguments.integer("rounds"), in: run) {
      try processes(1, steps / 10, run)
    }
    if counts.first == 1 { try recordSpeedUps(comparison, counts, run) }
    try run.conclude(conclusion(comparison, counts, run))
  }

  /// `1 thread`, `2 threads`, `2 processes`.
  private static func name(of count: Int, _ kind: String) -> String {
    counted(count, kind, plural: kind == "process" ? "processes" : "threads")
  }

  /// The number of steps that one thread computes in the parameter `work`. All arms compute the
  /// same number, whatever the speed of a core.
  private static func stepsOfAll(_ run: Run) throws -> Int {
    let trial: Int64 = 20_000_000
    let steps = try BusyWork.compute(for: UInt64(trial), run)
    return Int(Double(steps) * Double(run.arguments.nanoseconds("work")) / Double(trial))
  }

  /// Splits the work as evenly as possible.
  static func parts(of steps: Int, among count: Int) -> [Int] {
    (0..<count).map { steps / count + ($0 < steps % count ? 1 : 0) }
  }

  private static func threads(_ count: Int, _ steps: Int, _ run: Run) throws {
    run.at(Line.measureThreads)
    let workers = try parts(of: steps, among: count).enumerated().map { index, part in
      run.at(Line.start)
      return try run.thread("thread-\(index + 1)") { try compute(part, run) }
    }
    run.at(Line.join)
    for worker in workers { try worker.join() }
  }

  private static func processes(_ count: Int, _ steps: Int, _ run: Run) throws {
    run.at(Line.measureProcesses)
    let workers = try parts(of: steps, among: count).enumerated().map { index, part in
      run.at(Line.start)
      return try run.process("process-\(index + 1)", body: computePart, arguments: ["\(part)"])
    }
    run.at(Line.join)
    for worker in workers { try worker.finish(in: run) }
  }

  /// The work of each process.
  static let computePart = ProcessBody("cpu-bound.part") { run, arguments in
    guard let steps = arguments.first.flatMap({ Int($0) }) else {
      throw run.raise(.unreadable(arguments))
    }
    try compute(steps, run)
  }

  private static func compute(_ steps: Int, _ run: Run) throws {
    run.at(Line.compute)
    try BusyWork.compute(steps: steps, run)
  }

  /// Compares each arm with one worker of the same kind, by the medians.
  private static func recordSpeedUps(
    _ comparison: Comparison, _ counts: [Int], _ run: Run
  ) throws {
    for count in counts {
      for kind in ["thread", "process"] {
        let alone = comparison[name(of: 1, kind)].median
        let arm = name(of: count, kind)
        try run.measure(
          "\(arm): speed-up", alone * 100 / max(1, comparison[arm].median), unit: "/100")
      }
    }
  }

  private static func conclusion(
    _ comparison: Comparison, _ counts: [Int], _ run: Run
  ) -> String {
    let most = counts.last ?? 1
    let work = ValueText.duration(run.arguments.nanoseconds("work"))
    // The caution matters even for a single arm: other programs may have left it fewer cores.
    var caution = comparison.disturbance?.text
    let arms = ["thread", "process"].map { kind in
      let arm = comparison[name(of: most, kind)]
      var text =
        "\(arm.name) \(ValueText.duration(arm.median)) on "
        + "\(PoolSizingSummary.tenths(arm.medianCores)) cores"
      guard counts.first == 1, most > 1 else { return text }
      switch comparison.verdict(arm.name, name(of: 1, kind)) {
      case .faster(arm.name, let times):
        text += ", \(PoolSizingSummary.tenths(times)) times as fast as one"
      case .faster: text += ", slower than one"
      case .overlap: text += ", no faster than one, as far as the rounds show"
      case let verdict: caution = verdict.text
      }
      return text
    }
    return "\(work) of computing took \(arms.joined(separator: "; "))"
      + (caution.map { " (\($0))" } ?? "") + ". These are the machine's own threads, which have no "
      + "GIL; CPython's take turns for theirs, which is not shown here"
  }
}
