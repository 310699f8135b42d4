import CPlatform
import Concurrency

/// Work that keeps a core busy and needs nothing else: Marsaglia's xorshift, which no optimiser can
/// leave out since its end is used.
struct BusyWork {
  private var state: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// Steps between two checkpoints: some 50 µs of work.
  private static let stepsBetweenLooks = 20_000

  /// Computes until the calling thread has used so much CPU time, in nanoseconds.
  /// - Returns: how many steps that were.
  /// - Throws: `RunStopped` when the run is being stopped.
  @discardableResult
  static func compute(for nanoseconds: UInt64, _ run: Run) throws -> Int {
    guard nanoseconds > 0 else { return 0 }
    let enough = lks_thread_cpu_time() + nanoseconds
    var work = BusyWork()
    var steps = 0
    while lks_thread_cpu_time() < enough {
      work.step(stepsBetweenLooks)
      steps += stepsBetweenLooks
      try run.checkpoint()
    }
    return steps
  }

  /// Computes so many steps, however long that takes.
  /// - Throws: `RunStopped` when the run is being stopped.
  static func compute(steps: Int, _ run: Run) throws {
    var work = BusyWork()
    var left = steps
    while left > 0 {
      work.step(min(left, stepsBetweenLooks))
      left -= stepsBetweenLooks
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
