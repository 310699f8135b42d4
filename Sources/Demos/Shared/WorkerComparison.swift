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

  /// Whether more workers were faster, as a sentence without its end, or the reason why that is
  /// not known. With one worker, there is nothing to compare.
  var finding: (text: String, isCaution: Bool) {
    let many = Self.arm(most)
    guard most > 1 else { return ("One worker did all the work", false) }
    let verdict = comparison.verdict(Self.arm(1), many)
    return switch verdict {
    case .faster(many, _): ("\(many) were faster than one", false)
    case .faster: ("\(many) were slower than one", false)
    case .overlap, .once, .disturbed:
      verdict.caution.map { ($0, true) } ?? ("\(many) took about as long as one", false)
    }
  }

  /// The rows of the times, with a heading.
  var rows: [[String]] {
    [[""] + Comparison.Times.headings] + comparison.times.map { [$0.name] + $0.cells }
  }
}
