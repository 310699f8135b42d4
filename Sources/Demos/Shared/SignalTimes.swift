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
    return tally.withNumbers { figures in
      // A later signal may have come before a slow waiter notes the one that woke it.
      guard Int64(since) < figures[0], figures[0] < now else { return nil }
      figures[waiter] = now - figures[0]
      return figures[waiter]
    }
  }

  /// The delays of the waiters in ns, without those waiters that came after the signal.
  func times(of waiters: Int) -> [Int64] {
    (1...waiters).map { tally[$0] }.filter { $0 > 0 }
  }

  /// `from signal to wake 45 µs to 120 µs`, or the reason why there is no delay.
  static func text(_ times: [Int64], of waiters: Int) -> String {
    guard let least = times.min(), let most = times.max() else {
      return "all came after the signal, and none had to wait"
    }
    let range =
      times.count == 1
      ? ValueText.duration(least)
      : "\(ValueText.duration(least)) to \(ValueText.duration(most))"
    let late = waiters - times.count
    let rest = late == 0 ? "" : "; \(late) came after the signal and did not have to wait"
    return "from signal to wake \(range)\(rest)"
  }
}
