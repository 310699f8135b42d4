/// Where the times of a run stand in a picture, and which of them are told.
struct TimeAxis {
  /// Nanoseconds of the run, at least one.
  let end: UInt64
  let left: Double
  let width: Double

  func x(_ time: UInt64) -> Double {
    left + width * (Double(min(time, end)) / Double(end))
  }

  /// Round times at even distances, from 0: five to eleven of them.
  var ticks: [UInt64] {
    let step = Self.step(for: end)
    return (0...end / step).map { $0 * step }
  }

  /// 1, 2 or 5 times a power of ten, of which five to ten make the whole.
  static func step(for end: UInt64) -> UInt64 {
    var power: UInt64 = 1
    while power <= end / 100 { power *= 10 }
    for factor: UInt64 in [1, 2, 5] where end / (power * factor) <= 10 { return power * factor }
    return power * 10
  }
}
