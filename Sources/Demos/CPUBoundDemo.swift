import Catalog
import Concurrency
import Engine
import Trace

/// The same work on one worker and on more, on threads and in processes.
enum CPUBoundDemo: DemoBody {
  enum Line: String, ListingLine {
    case compute = "for number in range(part):"
    case start = "worker.start()"
    case join = "worker.join()"
    case measure = "measure(name, kind, count)"
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
    try run.conclude(sentence(comparison, counts), table(comparison, counts))
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
    run.at(Line.measure)
    let workers = try parts(of: steps, among: count).enumerated().map { index, part in
      run.at(Line.start)
      return try run.thread("thread-\(index + 1)") { try compute(part, run) }
    }
    run.at(Line.join)
    for worker in workers { try worker.join() }
  }

  private static func processes(_ count: Int, _ steps: Int, _ run: Run) throws {
    run.at(Line.measure)
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

  private static func sentence(_ comparison: Comparison, _ counts: [Int]) -> String {
    let most = counts.last ?? 1
    let arms = ["thread", "process"].map { comparison[name(of: most, $0)] }
    guard counts.first == 1, most > 1 else {
      // The caution matters even for a single arm: other programs may have left it fewer cores.
      if let caution = comparison.disturbance?.caution { return caution }
      let uses = arms.map { "\($0.name) used \(PoolSizingSummary.tenths($0.medianCores)) cores" }
      return "\(uses.listed)."
    }
    let verdicts = zip(["thread", "process"], arms).map { kind, arm in
      comparison.verdict(arm.name, name(of: 1, kind))
    }
    if let caution = verdicts.compactMap(\.caution).first { return caution }
    let gains = zip(verdicts, arms).map { verdict, arm in
      if case .faster(arm.name, _) = verdict { true } else { false }
    }
    switch (gains[0], gains[1]) {
    case (true, true): return "More threads were faster than one, and more processes too."
    case (true, false): return "More threads were faster than one, but more processes were not."
    case (false, true): return "More processes were faster than one, but more threads were not."
    case (false, false): return "Neither more threads nor more processes were faster than one."
    }
  }

  private static func table(_ comparison: Comparison, _ counts: [Int]) -> [[String]] {
    var rows = [["native, no GIL"] + Comparison.Times.headings]
    let hasSpeedUp = counts.first == 1 && counts.count > 1
    if hasSpeedUp { rows[0].append("speed-up") }
    for kind in ["thread", "process"] {
      for count in counts {
        let arm = comparison[name(of: count, kind)]
        var row = [arm.name] + arm.cells
        if hasSpeedUp {
          let alone = comparison[name(of: 1, kind)].median
          row.append(PoolSizingSummary.tenths(Double(alone) / Double(max(1, arm.median))))
        }
        rows.append(row)
      }
    }
    return rows
  }
}
