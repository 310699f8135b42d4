import Concurrency
import Trace

/// The delay from a signal in one process to the moment when a waiter in another process continues,
/// by the run's clock.
struct SignalTimes: Sendable {
  /// The greatest number of waiters.
  static let mostWaiters = SharedTally.count - 1

  private let tally: SharedTally

  init(in run: Run) throws { tally = try SharedTally(in: run) }
  init(attached handle: String, in run: Run) throws {
    tally = try SharedTally(attached: handle, in: run)
  }

  var handle: String { tally.handle }

  /// Notes the time of the signal. Call it just before the signal.
  func signal(_ run: Run) { tally[0] = Int64(run.now()) }

  /// Notes that a waiter, numbered from 1, continues after a wait since `since`. Returns the delay
  /// after the signal in ns, or nil if the wait began after the signal.
  func woke(_ waiter: Int, waitingSince since: UInt64, _ run: Run) -> Int64? {
    let now = Int64(run.now())
    return tally.withNumbers { numbers in
      // A later signal may have come before a slow waiter notes the one that woke it.
      guard Int64(since) < numbers[0], numbers[0] < now else { return nil }
      numbers[waiter] = now - numbers[0]
      return numbers[waiter]
    }
  }

  /// The delays of the waiters in ns, without those waiters that came after the signal.
  func times(of waiters: Int) -> [Int64] {
    (1...waiters).map { tally[$0] }.filter { $0 > 0 }
  }

  /// `45 µs to 120 µs`, or that no process had to wait.
  static func text(_ times: [Int64]) -> String {
    guard let least = times.min(), let most = times.max() else { return "none had to wait" }
    return times.count == 1
      ? ValueText.duration(least)
      : "\(ValueText.duration(least)) to \(ValueText.duration(most))"
  }
}
