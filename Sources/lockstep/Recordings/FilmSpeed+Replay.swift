public import ArgumentParser
import Events
public import Tutor

extension FilmSpeed {
  /// No wait of the run is shown longer as text, in nanoseconds of the run: a clock that jumped, or
  /// a file that somebody made, must not stop the show for good.
  static let longestWait: UInt64 = 60_000_000_000

  /// How long to wait from one moment of the run to the next, in nanoseconds; 0 where the next is
  /// not later.
  func wait(from moment: UInt64, to next: UInt64) -> UInt64 {
    next > moment ? machineTime(of: min(next - moment, Self.longestWait)) : 0
  }
}

extension FilmSpeed: ExpressibleByArgument {
  /// A number within `ratios`, or `max`.
  public init?(argument: String) {
    if argument == RunSpeed.unlimited.word {
      self = .unlimited
    } else if let ratio = Double(argument) {
      self.init(ratio: ratio)
    } else {
      return nil
    }
  }
}
