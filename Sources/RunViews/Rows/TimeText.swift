/// Times of a fixed format, for clocks and columns that must not jump. `ValueText.duration` formats
/// other durations.
package enum TimeText {
  /// Returns seconds with one decimal: `0.9 s`.
  static func seconds(_ nanoseconds: UInt64) -> String {
    tenths(nanoseconds, of: 1_000_000_000) + " s"
  }

  /// Returns milliseconds with one decimal, for columns: `12.4 ms`.
  static func milliseconds(_ nanoseconds: Int64) -> String {
    tenths(UInt64(max(0, nanoseconds)), of: 1_000_000) + " ms"
  }

  /// Returns a CPU time in milliseconds, or in seconds if it is longer: `12.4 ms`, `1.5 s`.
  static func computed(_ nanoseconds: Int64) -> String {
    nanoseconds < 1_000_000_000
      ? milliseconds(nanoseconds) : seconds(UInt64(nanoseconds))
  }

  /// Returns a time of the run in seconds, to the microsecond: `0.701 204`.
  package static func moment(_ nanoseconds: UInt64) -> String {
    let micros = nanoseconds / 1_000
    return "\(micros / 1_000_000)." + padded(micros / 1_000 % 1_000) + " "
      + padded(micros % 1_000)
  }

  /// Returns a number with one decimal, rounded.
  static func tenths(_ amount: UInt64, of unit: UInt64) -> String {
    let tenths = amount / unit * 10 + (amount % unit * 10 + unit / 2) / unit
    return "\(tenths / 10).\(tenths % 10)"
  }

  private static func padded(_ number: UInt64) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 3 - digits.count)) + digits
  }
}
