internal import Trace

/// The progress of reading a long recording, reported at most once for each fifth.
struct RecordingProgress: Sendable {
  /// The start of the current interval, on the monotonic clock.
  private var since: UInt64?
  private var fifths = 0

  /// The minimum interval between reports, in nanoseconds.
  private static let interval: UInt64 = 2_000_000_000

  /// Returns a sentence if a report is due.
  /// - Parameters:
  ///   - read: the number of bytes read.
  ///   - size: the size of the recording in bytes, or nil if it is unknown.
  ///   - events: the number of events read.
  ///   - now: the monotonic clock, in nanoseconds.
  mutating func note(read: Int, of size: Int?, events: Int, _ now: UInt64) -> String? {
    guard let since else {
      self.since = now
      return nil
    }
    guard now >= since + Self.interval else { return nil }
    guard let size, size > 0 else {
      self.since = now
      return "\(PlainRunText.counted(events, "event")) have been read."
    }
    let fifth = min(4, read / max(1, size / 5))
    guard fifth > fifths else { return nil }
    fifths = fifth
    self.since = now
    return "\(fifth * 20) percent of the recording has been read."
  }
}
