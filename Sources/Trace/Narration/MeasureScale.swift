/// The format of a column of measured numbers: all in the same unit and with the same number of
/// decimals, so that they can be compared.
public struct MeasureScale: Sendable, Equatable {
  /// The unit sign after each number, such as `ms`; empty for counts.
  public let sign: String
  /// The unit as a word: `milliseconds`.
  let word: String
  /// The size of this unit in the measure's own unit.
  private let size: Int64
  private let decimals: Int

  /// Creates the format for a column.
  /// - Parameters:
  ///   - unit: `ns`, `B`, `%`, `/100` for hundredths, empty for counts, or any other unit.
  ///   - least: the smallest number of the column, which decides the decimals.
  ///   - greatest: the greatest number of the column, which decides the unit.
  public init(unit: String, least: Int64, greatest: Int64) {
    let units: [(size: Int64, sign: String, word: String)]
    switch unit {
    case "ns":
      units = [
        (1_000_000_000, "s", "seconds"), (1_000_000, "ms", "milliseconds"),
        (1_000, "µs", "microseconds"), (1, "ns", "nanoseconds"),
      ]
    case "B":
      units = [
        (1_000_000_000, "GB", "gigabytes"), (1_000_000, "MB", "megabytes"),
        (1_000, "kB", "kilobytes"), (1, "B", "bytes"),
      ]
    case "%": units = [(1, "%", "percent")]
    case "/100":
      (size, sign, word, decimals) = (100, "", "", 2)
      return
    default: units = [(1, unit, unit)]
    }
    // Seconds from ten seconds on; two seconds are 2,000 milliseconds.
    let reach: (Int64) -> Int64 = { $0 == 1_000_000_000 ? 10 * $0 : $0 }
    let chosen = units.first { greatest >= reach($0.size) } ?? units[units.count - 1]
    (size, sign, word) = chosen
    let isFine = least < 10 * chosen.size || greatest < 100 * chosen.size
    decimals = chosen.size > 1 && isFine ? (least > 0 && least < chosen.size / 10 ? 2 : 1) : 0
  }

  /// The rounded number without its unit: `1,803`, `0.4`; `<0.01` if it would round to zero.
  public func number(_ value: Int64) -> String {
    let factor: Int64 = decimals == 2 ? 100 : decimals == 1 ? 10 : 1
    let step = max(1, size / factor)
    let magnitude = value.magnitude
    let rounded =
      (magnitude / UInt64(step)) + (magnitude % UInt64(step) * 2 >= UInt64(step) ? 1 : 0)
    if rounded == 0, value > 0, decimals > 0 { return decimals == 2 ? "<0.01" : "<0.1" }
    let whole = ValueText.grouped(Int(clamping: rounded / UInt64(factor)))
    let rest = String(rounded % UInt64(factor))
    let missing = String(repeating: "0", count: max(0, decimals - rest.count))
    let sign = value < 0 && rounded > 0 ? "-" : ""
    return sign + whole + (decimals == 0 ? "" : "." + missing + rest)
  }

}

extension ValueText {
  /// A single measured value: `803 ms`, `1.2 MB`, `45 %`, `1.97`.
  public static func measure(_ value: Int64, unit: String, voice: NarratorVoice = .brief) -> String
  {
    if unit == "ns" { return voice.duration(value) }
    let size = Int64(clamping: value.magnitude)
    let scale = MeasureScale(unit: unit, least: size, greatest: size)
    let word = voice == .spoken ? scale.word : scale.sign
    return word.isEmpty ? scale.number(value) : scale.number(value) + " " + word
  }
}
