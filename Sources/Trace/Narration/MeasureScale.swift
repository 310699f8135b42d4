/// How measured numbers of one unit are written beside each other, so that a column of them can be
/// compared: all in one unit, all with as many decimals.
public struct MeasureScale: Sendable, Equatable {
  /// What is written after each number, such as `ms`; empty for what is counted.
  public let sign: String
  /// The same as it is heard: `milliseconds`.
  let word: String
  /// How many of the measure's own unit are one of these.
  private let size: Int64
  private let decimals: Int

  /// - Parameters:
  ///   - unit: `ns`, `B`, `%`, `/100` for hundredths, empty for counts, or another, which stays.
  ///   - least: the smallest number of the column, for which the decimals are meant.
  ///   - greatest: the greatest number of the column, for which the unit is chosen.
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
    // Ten seconds are seconds, and two are 2,000 milliseconds.
    let reach: (Int64) -> Int64 = { $0 == 1_000_000_000 ? 10 * $0 : $0 }
    let chosen = units.first { greatest >= reach($0.size) } ?? units[units.count - 1]
    (size, sign, word) = chosen
    let isFine = least < 10 * chosen.size || greatest < 100 * chosen.size
    decimals = chosen.size > 1 && isFine ? (least > 0 && least < chosen.size / 10 ? 2 : 1) : 0
  }

  /// The number alone, rounded: `1,803`, `0.4`; `<0.01` for what is something and would be nothing.
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
  /// A measured value by itself: `803 ms`, `1.2 MB`, `45 %`, `1.97`.
  public static func measure(_ value: Int64, unit: String, voice: NarratorVoice = .brief) -> String
  {
    if unit == "ns" { return voice.duration(value) }
    let size = Int64(clamping: value.magnitude)
    let scale = MeasureScale(unit: unit, least: size, greatest: size)
    let word = voice == .spoken ? scale.word : scale.sign
    return word.isEmpty ? scale.number(value) : scale.number(value) + " " + word
  }
}
