extension Parameter {
  /// A whole number within bounds.
  static func count(
    _ name: String, _ summary: String, _ range: ClosedRange<Int>, _ value: Int
  ) -> Parameter {
    Parameter(name, summary, .integer(range), default: .integer(value))
  }

  /// A time with bounds and a default in milliseconds.
  static func time(
    _ name: String, _ summary: String, milliseconds range: ClosedRange<Int64>, _ value: Int64
  ) -> Parameter {
    let unit: Int64 = 1_000_000
    return Parameter(
      name, summary, .duration(range.lowerBound * unit...range.upperBound * unit),
      default: .duration(nanoseconds: value * unit))
  }

  /// One of several words. The first word is the default.
  static func choice(_ name: String, _ summary: String, _ words: [String]) -> Parameter {
    Parameter(name, summary, .choice(words), default: .choice(words[0]))
  }

  /// The rounds of a comparison.
  static func rounds(default value: Int) -> Parameter {
    count("rounds", "times that each way is measured", 1...100, value)
  }
}
