/// Times of a fixed shape, for clocks and columns that must not jump; `ValueText.duration` tells all
/// other lengths.
package enum TimeText {
  /// Seconds with one decimal: `0.9 s`.
  static func seconds(_ nanoseconds: UInt64) -> String {
    tenths(nanoseconds, of: 1_000_000_000) + " s"
  }

  /// Milliseconds with one decimal, so that a column of them can be compared: `12.4 ms`.
  package static func milliseconds(_ nanoseconds: Int64) -> String {
    tenths(UInt64(max(0, nanoseconds)), of: 1_000_000) + " ms"
  }

  /// A CPU time, from a second on in seconds: `12.4 ms`, `1.5 s`.
  package static func computed(_ nanoseconds: Int64) -> String {
    nanoseconds < 1_000_000_000
      ? milliseconds(nanoseconds) : seconds(UInt64(nanoseconds))
  }

  /// Where in a run something happened, to the microsecond: `0.701 204`.
  package static func moment(_ nanoseconds: UInt64) -> String {
    let micros = nanoseconds / 1_000
    return "\(micros / 1_000_000)." + padded(micros / 1_000 % 1_000) + " "
      + padded(micros % 1_000)
  }

  /// A number of one decimal, rounded.
  package static func tenths(_ amount: UInt64, of unit: UInt64) -> String {
    let tenths = amount / unit * 10 + (amount % unit * 10 + unit / 2) / unit
    return "\(tenths / 10).\(tenths % 10)"
  }

  private static func padded(_ number: UInt64) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 3 - digits.count)) + digits
  }
}
