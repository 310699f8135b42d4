/// Round lengths for the end of an axis, so that a growing chart is rarely rescaled.
enum BarScale {
  /// Returns the first of 1, 2, 5, 10, 20, 50 … milliseconds that is not below a time, in
  /// nanoseconds.
  static func axisEnd(after time: UInt64) -> UInt64 { end(after: time, steps: [10, 20, 50]) }

  /// Returns an end in finer steps, for bars, so that at most a fifth of the axis is empty.
  /// - Parameter unit: A tenth of the smallest end, a power of ten.
  static func barEnd(after time: UInt64, from unit: UInt64 = 100_000) -> UInt64 {
    end(after: time, steps: [10, 12, 15, 18, 22, 27, 33, 40, 50, 60, 70, 85], from: unit)
  }

  /// - Parameter steps: tenths of a power of ten, from 10 to below 100.
  private static func end(
    after time: UInt64, steps: [UInt64], from unit: UInt64 = 100_000
  ) -> UInt64 {
    var unit = unit
    while unit < UInt64.max / 1_000 {
      for step in steps where time <= unit * step { return unit * step }
      unit *= 10
    }
    return time
  }
}
