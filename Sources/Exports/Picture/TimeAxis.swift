/// The time axis of a picture.
struct TimeAxis {
  /// The end in nanoseconds of the run, at least 1.
  let end: UInt64
  let left: Double
  let width: Double

  func x(_ time: UInt64) -> Double {
    left + width * (Double(min(time, end)) / Double(end))
  }

  /// Five to eleven round times at equal distances, from 0.
  var ticks: [UInt64] {
    let step = Self.step(for: end)
    return (0...end / step).map { $0 * step }
  }

  /// 1, 2 or 5 times a power of ten, so that five to ten steps cover the axis.
  static func step(for end: UInt64) -> UInt64 {
    var power: UInt64 = 1
    while power <= end / 100 { power *= 10 }
    for factor: UInt64 in [1, 2, 5] where end / (power * factor) <= 10 { return power * factor }
    return power * 10
  }
}
