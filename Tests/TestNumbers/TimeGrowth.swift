import Glibc

/// Shows that work takes linear time: measures how its CPU time grows with the length of its input.
public enum TimeGrowth {
  /// The growth from which on work is not linear. Linear work grows about eightfold, and quadratic
  /// work up to 64-fold.
  public static let quadratic = 24.0

  /// The factor by which the CPU time grows when the input becomes eight times as long. Only the time
  /// of this thread counts, so other load on the machine does not matter.
  /// - Parameters:
  ///   - length: The length of the longer input.
  ///   - work: The work for an input of the given length.
  public static func measure(upTo length: Int, _ work: (Int) throws -> Void) rethrows -> Double {
    // The shortest of several times is free of page faults and other first costs.
    let short = try (0..<3).map { _ in try cpuTime { try work(length / 8) } }.min() ?? 0
    return try cpuTime { try work(length) } / short
  }

  /// The CPU time that this thread spends on some work, in seconds.
  private static func cpuTime(_ work: () throws -> Void) rethrows -> Double {
    let start = now()
    try work()
    return now() - start
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
