internal import Trace

/// Says how much of a recording has been read where that takes long: at each fifth at most.
struct RecordingProgress: Sendable {
  /// When something was last said, or could have been, on the monotonic clock.
  private var since: UInt64?
  private var fifths = 0

  /// Nanoseconds in which nothing is said.
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
