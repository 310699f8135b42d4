import CPlatform
import Concurrency

/// Work that keeps a core busy and needs nothing else: Marsaglia's xorshift. The optimiser cannot
/// remove it, because the result is used.
struct BusyWork {
  private var state: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// About 50 µs of work.
  private static let stepsBetweenCheckpoints = 20_000

  /// Computes until the calling thread has used this much more CPU time, in nanoseconds.
  /// - Returns: the number of steps.
  /// - Throws: `RunStopped` when the run stops.
  @discardableResult
  static func compute(for nanoseconds: UInt64, _ run: Run) throws -> Int {
    guard nanoseconds > 0 else { return 0 }
    let enough = lks_thread_cpu_time() + nanoseconds
    var work = BusyWork()
    var steps = 0
    while lks_thread_cpu_time() < enough {
      work.step(stepsBetweenCheckpoints)
      steps += stepsBetweenCheckpoints
      try run.checkpoint()
    }
    return steps
  }

  /// Computes a number of steps, however long they take.
  /// - Throws: `RunStopped` when the run stops.
  static func compute(steps: Int, _ run: Run) throws {
    var work = BusyWork()
    var left = steps
    while left > 0 {
      work.step(min(left, stepsBetweenCheckpoints))
      left -= stepsBetweenCheckpoints
      try run.checkpoint()
    }
  }

  private mutating func step(_ count: Int) {
    for _ in 0..<count {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
    }
    precondition(state != 0, "xorshift never reaches zero")
  }
}
