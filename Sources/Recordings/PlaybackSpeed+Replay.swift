import RunViews

extension PlaybackSpeed {
  /// The longest pause of a text replay, in nanoseconds of the run. A clock that jumped or a
  /// hand-written file must not stop the replay.
  static let longestWait: UInt64 = 60_000_000_000

  /// The time to wait between two moments of the run, in nanoseconds. 0 if the second is not later.
  func wait(from moment: UInt64, to next: UInt64) -> UInt64 {
    next > moment ? machineTime(of: min(next - moment, Self.longestWait)) : 0
  }
}
