import Catalog
import Concurrency
import Engine
import Trace

/// Random points in a square, counted by one worker process, then by several. The fraction inside
/// the quarter circle is a quarter of π.
///
/// The points come in shares, each with its own seed, so that all workers get the same points.
enum MonteCarloPiDemo: DemoBody {
  /// The number of tasks, which does not depend on the number of workers.
  static let shares = 32

  enum Line: String, ListingLine {
    case hit = "hits += x * x + y * y <= 1"
    case open = "with multiprocessing.Pool(size) as pool:"
    case map = "hits = sum(pool.map(throw, range(shares), chunksize=1))"
    case print = #"print(f"workers: {size}, seconds: {seconds:.2f}, pi: {pi:.6f}")"#
    case error =
      #"print(f"error {pi - math.pi:+.6f}, expected about {1.64 / math.sqrt(samples):.6f}")"#
  }

  static let workerBodies: [any WorkerBody] = [work]

  static func run(_ run: Run) throws {
    let arguments = run.arguments
    let samples = arguments.integer("samples")
    var estimates: Set<Double> = []
    let comparison = try WorkerComparison(
      workers: arguments.integer("workers"), rounds: arguments.integer("rounds"), body: work,
      at: Line.open, in: run
    ) { pool in
      run.at(Line.map)
      let hits = try pool.map((0..<shares).map(String.init)).reduce(0) { $0 + (Int($1) ?? 0) }
      let pi = 4 * Double(hits) / Double(samples)
      estimates.insert(pi)
      run.at(Line.print)
      try run.output("\(counted(pool.pids.count, "worker")): pi \(millionths(pi))")
    }
    guard let pi = estimates.first, estimates.count == 1 else {
      preconditionFailure("the same seeds gave different points: \(estimates)")
    }
    run.at(Line.error)
    let (error, expected) = (abs(pi - .pi), expectedError(samples))
    try run.result("pi", millionths(pi))
    try run.result("error", millionths(error))
    try run.result("expected error", millionths(expected))
    let (finding, isCaution) = comparison.finding
    try run.conclude(
      isCaution ? finding : "\(finding), and pi is the same.",
      comparison.rows + [
        ["pi", millionths(pi)], ["error of pi", millionths(error)],
        ["usual error", millionths(expected)],
      ])
  }

  /// Throws the points of a share, and returns the number of hits.
  static let work = PoolBody("monte-carlo-pi.throw") { input, _, run in
    guard let share = Int(input), (0..<shares).contains(share) else {
      throw RaisedException.unreadable([input])
    }
    run.at(Line.hit)
    let samples = run.arguments.integer("samples")
    return "\(try hits(points(in: share, of: samples), seed: share, checkpoint: run.checkpoint))"
  }

  /// The number of points of a share.
  static func points(in share: Int, of samples: Int) -> Int {
    samples / shares + (share < samples % shares ? 1 : 0)
  }

  /// The standard deviation of the estimate: 4 √(p (1 − p) / n) with p = π / 4.
  private static func expectedError(_ samples: Int) -> Double {
    (Double.pi * (4 - Double.pi) / Double(samples)).squareRoot()
  }

  private static func millionths(_ value: Double) -> String {
    let whole = Int((value * 1_000_000).rounded())
    let rest = String(whole % 1_000_000)
    return "\(whole / 1_000_000)." + String(repeating: "0", count: 6 - rest.count) + rest
  }

  /// About 1 ms of work.
  private static let pointsBetweenCheckpoints = 100_000

  /// The number of random points inside the quarter circle.
  static func hits(_ points: Int, seed: Int, checkpoint: () throws -> Void) rethrows -> Int {
    var generator = PointGenerator(seed: UInt64(seed))
    var hits = 0
    var thrown = 0
    while thrown < points {
      try checkpoint()
      let pause = min(points, thrown + pointsBetweenCheckpoints)
      while thrown < pause {
        if generator.nextIsInCircle() { hits += 1 }
        thrown += 1
      }
    }
    return hits
  }
}

/// Random points of a square: xorshift64* (Vigna, "An experimental exploration of Marsaglia's
/// xorshift generators, scrambled"). The upper 62 of its 64 bits are two coordinates.
private struct PointGenerator {
  private var state: UInt64

  /// Mixes the seed as SplitMix64 does, so that similar seeds give different points.
  init(seed: UInt64) {
    var mixed = (seed &+ 1) &* 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ (mixed &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed &>> 27)) &* 0x94D0_49BB_1331_11EB
    mixed ^= mixed &>> 31
    // Xorshift cannot leave zero.
    state = mixed == 0 ? 1 : mixed
  }

  /// Whether the next point is inside the quarter circle. The unit of the coordinates is 2⁻³¹.
  @inline(__always)
  mutating func nextIsInCircle() -> Bool {
    state ^= state &>> 12
    state ^= state &<< 25
    state ^= state &>> 27
    let bits = state &* 0x2545_F491_4F6C_DD1D
    let (x, y) = (bits &>> 33, (bits &>> 2) & 0x7FFF_FFFF)
    return x &* x &+ y &* y <= 1 &<< 62
  }
}
