/// How fast a run's clock goes, by which all its delays are measured: a film at another speed.
public enum RunSpeed: Int64, EventWord, Comparable {
  case quarter, half, normal, double, quadruple
  /// Whenever all wait, the clock goes on to where the next delay ends: nobody waits for time.
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

  /// The speed as words within a sentence.
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

  /// Quarters of a nanosecond of the run in each nanosecond of the machine; that of an unlimited
  /// run while somebody computes.
  public var quarters: UInt64 {
    switch self {
    case .quarter: 1
    case .half: 2
    case .normal, .unlimited: 4
    case .double: 8
    case .quadruple: 16
    }
  }

  /// The next faster or slower one; nil beyond the last.
  public func stepped(by steps: Int) -> RunSpeed? { RunSpeed(rawValue: rawValue + Int64(steps)) }

  public static func < (left: RunSpeed, right: RunSpeed) -> Bool { left.rawValue < right.rawValue }
}
