/// Lengths of time and places in a run as a person reads them.
enum TimeText {
  /// Seconds with one decimal: `0.9 s`.
  static func seconds(_ nanoseconds: UInt64) -> String {
    tenths(nanoseconds, of: 1_000_000_000) + " s"
  }

  /// About two or three telling digits: `25 µs`, `0.4 ms`, `1.8 s`.
  static func length(_ nanoseconds: UInt64) -> String {
    switch nanoseconds {
    case ..<1_000: "\(nanoseconds) ns"
    case ..<100_000: "\(nanoseconds / 1_000) µs"
    case ..<100_000_000: tenths(nanoseconds, of: 1_000_000) + " ms"
    case ..<1_000_000_000: "\(nanoseconds / 1_000_000) ms"
    default: tenths(nanoseconds, of: 1_000_000_000) + " s"
    }
  }

  /// Milliseconds with one decimal, so that a column of them can be compared: `12.4 ms`.
  static func milliseconds(_ nanoseconds: Int64) -> String {
    tenths(UInt64(max(0, nanoseconds)), of: 1_000_000) + " ms"
  }

  /// Where in a run something happened, to the microsecond: `0.701 204`.
  static func moment(_ nanoseconds: UInt64) -> String {
    let micros = nanoseconds / 1_000
    return "\(micros / 1_000_000)." + padded(micros / 1_000 % 1_000) + " "
      + padded(micros % 1_000)
  }

  /// A number of one decimal, rounded.
  static func tenths(_ amount: UInt64, of unit: UInt64) -> String {
    let tenths = amount / unit * 10 + (amount % unit * 10 + unit / 2) / unit
    return "\(tenths / 10).\(tenths % 10)"
  }

  private static func padded(_ number: UInt64) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 3 - digits.count)) + digits
  }
}
