import Concurrency
import Engine
import Trace

/// Compares the same work on a pool of one worker process and on a pool of several. The times
/// include opening and closing a new pool.
struct WorkerComparison {
  private let comparison: Comparison
  private let most: Int

  /// - Parameters:
  ///   - workers: the size of the greater pool; with 1, there is nothing to compare.
  ///   - body: what a worker does with a task.
  ///   - line: the listing's line that opens and closes a pool.
  ///   - work: the work on an open pool.
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

  /// The result: `1 worker took 410 ms, 2 workers 214 ms on 1.93 cores (1.9 times as fast)`.
  var text: String {
    let (one, many) = (Self.arm(1), Self.arm(most))
    guard most > 1 else { return "\(one) took \(comparison[one].text) on \(cores(one)) cores" }
    let speed =
      switch comparison.verdict(one, many) {
      case .faster(many, let times): "\(PoolSizingSummary.tenths(times)) times as fast"
      case let verdict: verdict.text
      }
    return "\(one) took \(comparison[one].text), \(many) \(comparison[many].text) on "
      + "\(cores(many)) cores (\(speed))"
  }

  private func cores(_ arm: String) -> String {
    ValueText.measure(Int64(comparison[arm].medianCores * 100), unit: "/100")
  }
}
