/// A value of a parameter.
public enum ParameterValue: Sendable, Hashable {
  /// A count.
  case integer(Int)
  /// A length of time, in nanoseconds.
  case duration(nanoseconds: Int64)
  /// One of several words, such as `on`.
  case choice(String)
  /// Consecutive counts, such as pool sizes to try.
  case span(ClosedRange<Int>)
}

extension ParameterValue: CustomStringConvertible {
  /// The value as a learner types it. Reading it gives the same value.
  public var description: String {
    switch self {
    case .integer(let count): "\(count)"
    case .duration(let nanoseconds): DurationText.shortest(nanoseconds: nanoseconds)
    case .choice(let word): word
    case .span(let range) where range.count == 1: "\(range.lowerBound)"
    case .span(let range): "\(range.lowerBound)...\(range.upperBound)"
    }
  }
}

/// Durations as a learner reads and types them: a whole or decimal number and a unit.
public enum DurationText {
  /// The units and their lengths in nanoseconds, longest first.
  static let units: [(name: String, nanoseconds: Int64)] = [
    ("s", 1_000_000_000), ("ms", 1_000_000), ("us", 1_000), ("ns", 1),
  ]

  /// The shortest exact text with a whole number, such as `1500ms`, `2s`, `0ms`.
  public static func shortest(nanoseconds: Int64) -> String {
    guard nanoseconds != 0 else { return "0ms" }
    for unit in units where nanoseconds % unit.nanoseconds == 0 {
      return "\(nanoseconds / unit.nanoseconds)\(unit.name)"
    }
    return "\(nanoseconds)ns"
  }

  /// Reads `100ms`, `1.5s`, `20us`, `20µs` or a bare `0`; nil for any other text.
  public static func nanoseconds(in text: some StringProtocol) -> Int64? {
    if text == "0" { return 0 }
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    var unitName = String(text.dropFirst(digits.count))
    if unitName == "µs" || unitName == "μs" { unitName = "us" }
    guard let unit = units.first(where: { $0.name == unitName }) else { return nil }
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = Int64(parts[0]) else { return nil }
    let (scaled, overflow) = whole.multipliedReportingOverflow(by: unit.nanoseconds)
    guard !overflow else { return nil }
    guard parts.count == 2 else { return scaled }
    guard !parts[1].isEmpty, parts[1].count <= 9 else { return nil }
    guard let fraction = Int64(parts[1]) else { return nil }
    let scale = (0..<parts[1].count).reduce(Int64(1)) { power, _ in power * 10 }
    let (total, totalOverflow) = scaled.addingReportingOverflow(fraction * unit.nanoseconds / scale)
    return totalOverflow ? nil : total
  }
}
