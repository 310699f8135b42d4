internal import Trace

/// How much of a recording has been read, told where that takes long: now and then, and not more
/// often than at each fifth.
struct RecordingProgress: Sendable {
  /// When something was last told, or could have been, on the monotonic clock.
  private var since: UInt64?
  private var fifths = 0

  /// Nanoseconds in which nothing is told.
  private static let pause: UInt64 = 2_000_000_000

  /// A sentence, where one is due.
  mutating func note(read: Int, of size: Int?, events: Int, _ now: UInt64) -> String? {
    guard let since else {
      self.since = now
      return nil
    }
    guard now >= since + Self.pause else { return nil }
    guard let size, size > 0 else {
      self.since = now
      return "\(PlainRunText.counted(events, "event")) have been read."
    }
    let now5 = min(4, read / max(1, size / 5))
    guard now5 > fifths else { return nil }
    fifths = now5
    self.since = now
    return "\(now5 * 20) percent of the recording has been read."
  }
}
