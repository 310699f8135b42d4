@testable import Rings

extension RunClock {
  /// Whether the clock is stopped, or has not started.
  var isFrozen: Bool { !face.load().isRunning }
}
