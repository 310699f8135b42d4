internal import ArgumentParser
import Trace

/// How fast a recording is shown again, beside the run that it is of.
struct ReplaySpeed: Equatable, Sendable {
  /// 1 shows it as it was, 4 in a quarter of the time; nil waits for nothing.
  let ratio: Double?

  static let unlimited = ReplaySpeed(ratio: nil)

  /// No wait of the run is shown longer, in nanoseconds of the run: a clock that jumped, or a file
  /// that somebody made, must not stop the show for good.
  static let longestWait: UInt64 = 60_000_000_000

  /// How long to wait from one moment of the run to the next, in nanoseconds; 0 where the next is
  /// not later.
  func wait(from moment: UInt64, to next: UInt64) -> UInt64 {
    guard let ratio, next > moment else { return 0 }
    return UInt64(Double(min(next - moment, Self.longestWait)) / ratio)
  }
}

extension ReplaySpeed: ExpressibleByArgument {
  /// A number from 0.01 to 1000, or `max`.
  init?(argument: String) {
    if argument == RunSpeed.unlimited.word {
      self = .unlimited
      return
    }
    guard let ratio = Double(argument), (0.01...1000).contains(ratio) else { return nil }
    self.init(ratio: ratio)
  }
}

extension ReplaySpeed {
  /// The speed of the tutor's films that comes nearest.
  var nearest: RunSpeed {
    guard let ratio else { return .unlimited }
    let speeds = RunSpeed.allCases.filter { $0 != .unlimited }
    return speeds.min { distance(ratio, $0) < distance(ratio, $1) } ?? .normal
  }

  /// Whether a film of that speed is just as fast.
  func isExactly(_ speed: RunSpeed) -> Bool {
    guard let ratio else { return speed == .unlimited }
    return ratio * 4 == Double(speed.quarters)
  }

  /// How many times one is as fast as the other.
  private func distance(_ ratio: Double, _ speed: RunSpeed) -> Double {
    let other = Double(speed.quarters) / 4
    return max(ratio / other, other / ratio)
  }
}
