import Concurrency
import Trace

/// When a signal was given in one process, and how long after it each waiter in another went on:
/// all by the run's one clock.
struct SignalTimes: Sendable {
  /// More waiters than these have no place.
  static let mostWaiters = SharedTally.count - 1

  private let tally: SharedTally

  init(in run: Run) throws { tally = try SharedTally(in: run) }
  init(attached handle: String, in run: Run) throws {
    tally = try SharedTally(attached: handle, in: run)
  }

  var handle: String { tally.handle }

  /// Notes that the signal is given now; called just before it is.
  func signal(_ run: Run) { tally[0] = Int64(run.now()) }

  /// Notes that a waiter, from 1, which began to wait at `since`, has just gone on. Gives back how
  /// long after the signal that was, in ns; nil where it came after the signal and hardly waited.
  func woke(_ waiter: Int, waitingSince since: UInt64, _ run: Run) -> Int64? {
    let now = Int64(run.now())
    return tally.withNumbers { figures in
      // A later signal may have been given before a slow waiter came to note the one it heard.
      guard Int64(since) < figures[0], figures[0] < now else { return nil }
      figures[waiter] = now - figures[0]
      return figures[waiter]
    }
  }

  /// How long after the signal each of so many waiters went on, in ns, without those that came too
  /// late to wait.
  func times(of waiters: Int) -> [Int64] {
    (1...waiters).map { tally[$0] }.filter { $0 > 0 }
  }

  /// `from signal to wake 45 µs to 120 µs`, or why there is nothing to tell.
  static func told(_ times: [Int64], of waiters: Int) -> String {
    guard let least = times.min(), let most = times.max() else {
      return "all came after the signal, and nobody had to wait"
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
