public import ArgumentParser
import Trace
public import Tutor

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
