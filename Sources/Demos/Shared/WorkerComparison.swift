import Concurrency
import Engine
import Trace

/// The same work by one worker process and by several, each time on a pool that is new: measured
/// from before it is opened until its processes are gone.
struct WorkerComparison {
  private let comparison: Comparison
  private let most: Int

  /// - Parameters:
  ///   - workers: how many there are in the greater pool; with one there is nothing to compare.
  ///   - body: what a worker does with a task.
  ///   - line: the listing's line that opens and closes a pool.
  ///   - work: what is done with the pool while it is open.
  init(
    workers: Int, rounds: Int, body: PoolBody, at line: some ListingLine, in run: Run,
    work: @escaping (ProcessPool) throws -> Void
  ) throws {
    most = workers
    let open = { (size: Int) in
      run.at(line)
      return try ProcessPool(Self.arm(size), size: size, body: body, arguments: [], in: run)
    }
    let arms = Set([1, workers]).sorted().map { size in
      Comparison.Arm(Self.arm(size)) {
        let pool = try open(size)
        try work(pool)
        run.at(line)
        try pool.close()
      }
    }
    comparison = try Comparison(arms, rounds: rounds, in: run) { try open(1).close() }
  }

  private static func arm(_ size: Int) -> String { counted(size, "worker") }

  /// What was measured: `1 worker took 410 ms, 2 workers 214 ms on 1.93 cores (1.9 times as quick)`.
  var told: String {
    let (one, many) = (Self.arm(1), Self.arm(most))
    guard most > 1 else { return "\(one) took \(comparison[one].told) on \(cores(one)) cores" }
    let speed =
      switch comparison.verdict(one, many) {
      case .quicker(many, let times): "\(PoolSizingSummary.tenths(times)) times as quick"
      case let verdict: verdict.told
      }
    return "\(one) took \(comparison[one].told), \(many) \(comparison[many].told) on "
      + "\(cores(many)) cores (\(speed))"
  }

  private func cores(_ arm: String) -> String {
    ValueText.measure(Int64(comparison[arm].medianCores * 100), unit: "/100")
  }
}
