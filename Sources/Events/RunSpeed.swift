/// The speed of a run's clock. All delays of the run are measured by that clock.
public enum RunSpeed: Int64, EventWord {
  case quarter, half, normal, double, quadruple
  /// Whenever all actors wait, the clock jumps to the end of the next delay.
  case unlimited

  public var word: String {
    switch self {
    case .quarter: "0.25"
    case .half: "0.5"
    case .normal: "1"
    case .double: "2"
    case .quadruple: "4"
    case .unlimited: "max"
    }
  }

  /// The speed in words, for use in a sentence.
  public var phrase: String {
    switch self {
    case .quarter: "at a quarter of its speed"
    case .half: "at half its speed"
    case .normal: "at its own speed"
    case .double: "at twice its speed"
    case .quadruple: "at four times its speed"
    case .unlimited: "as fast as it can"
    }
  }

  /// How many quarters of a nanosecond the run's clock advances in one real nanosecond; for an
  /// unlimited run, while an actor computes.
  public var quarters: UInt64 {
    switch self {
    case .quarter: 1
    case .half: 2
    case .normal, .unlimited: 4
    case .double: 8
    case .quadruple: 16
    }
  }

  /// The speed so many steps faster, or slower if negative; nil beyond the ends.
  public func stepped(by steps: Int) -> RunSpeed? { RunSpeed(rawValue: rawValue + Int64(steps)) }
}
