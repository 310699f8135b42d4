import Events

/// Values and durations as short, readable texts.
public enum ValueText {
  /// A value on one line, shortened to its ends with its full length:
  /// `93326215…00000000 (158 digits)`.
  /// - Parameter limit: the longest result, in characters, without the length in parentheses.
  public static func abbreviated(_ value: String, limit: Int = 24) -> String {
    let limit = max(3, limit)
    if value.utf8.count <= limit { return singleLine(value) }
    let count = value.count
    if count <= limit || isAbbreviated(value) { return singleLine(value) }
    let tail = (limit - 1) / 2
    let digits = value.utf8.first == UInt8(ascii: "-") ? count - 1 : count
    let length = isNumber(value) ? "\(digits) digits" : "\(count) characters"
    return singleLine(value.prefix(limit - 1 - tail)) + "…" + singleLine(value.suffix(tail))
      + " (\(length))"
  }

  /// A text on one line, in full up to a limit; a long number is shortened to its ends.
  /// - Parameter limit: the longest text, in characters.
  public static func whole(_ value: String, limit: Int = 600) -> String {
    isNumber(value) ? abbreviated(value) : abbreviated(value, limit: limit)
  }

  /// A shortened value with ends that are short enough for some columns: `93…00 (158 digits)`.
  /// Other values stay as they are.
  public static func fitted(_ value: String, to columns: Int) -> String {
    guard value.count > columns, isAbbreviated(value), let mark = value.firstIndex(of: "…"),
      let length = value.lastIndex(of: "(")
    else { return value }
    let head = value[..<mark]
    let tail = value[value.index(after: mark)..<length].dropLast()
    let ends = columns - 2 - value[length...].count
    guard ends >= 4 else { return value }
    return head.prefix((ends + 1) / 2) + "…" + tail.suffix(ends / 2) + " " + value[length...]
  }

  private static func isNumber(_ value: String) -> Bool {
    let digits = value.utf8.first == UInt8(ascii: "-") ? value.utf8.dropFirst() : value.utf8[...]
    return digits.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
  }

  /// Whether the recorded value is already shortened to its ends.
  private static func isAbbreviated(_ value: String) -> Bool {
    value.utf8.count <= 96 && value.contains("…")
      && (value.hasSuffix(" digits)") || value.hasSuffix(" characters)"))
  }

  private static let longestRow = 12

  /// Values separated by spaces; for a long row the first and last ones, and their number.
  static func row(_ sequence: SequenceState) -> String {
    let count = sequence.count
    guard count > 0 else { return "empty" }
    func text(_ range: Range<Int>) -> String {
      sequence.values(in: range).map { abbreviated($0.text) }.joined(separator: " ")
    }
    if count <= longestRow { return text(0..<count) }
    let part = longestRow / 2
    return "\(text(0..<part)) … \(text(count - part..<count)) (\(count))"
  }

  /// A duration in a suitable unit, rounded to about three digits: `25 µs`, `1.5 s`.
  public static func duration(_ nanoseconds: Int64) -> String {
    let (number, unit) = measured(nanoseconds)
    return "\(number) \(unit.sign)"
  }

  /// A duration with the unit as a word: `25 microseconds`, `1 second`.
  public static func spokenDuration(_ nanoseconds: Int64) -> String {
    let (number, unit) = measured(nanoseconds)
    return "\(number) \(unit.word)\(number == "1" ? "" : "s")"
  }

  private static let units: [(length: UInt64, sign: String, word: String)] = [
    (1, "ns", "nanosecond"), (1_000, "µs", "microsecond"), (1_000_000, "ms", "millisecond"),
    (1_000_000_000, "s", "second"),
  ]

  private static func measured(
    _ nanoseconds: Int64
  ) -> (number: String, unit: (length: UInt64, sign: String, word: String)) {
    let sign = nanoseconds < 0 ? "-" : ""
    let size = nanoseconds.magnitude
    for (index, unit) in units.enumerated() {
      // One decimal below a hundred, none above.
      let digit = max(1, size < 100 * unit.length ? unit.length / 10 : unit.length)
      let rounded = (size + digit / 2) / digit * digit
      // A number that rounds up to a thousand belongs to the next unit.
      guard rounded < 1000 * unit.length || index == units.count - 1 else { continue }
      let tenths = unit.length > 1 ? rounded % unit.length / (unit.length / 10) : 0
      return ("\(sign)\(rounded / unit.length)\(tenths == 0 ? "" : ".\(tenths)")", unit)
    }
    preconditionFailure("the last unit fits every duration")
  }

  /// A time of the run: `0.751 s`.
  public static func moment(_ nanoseconds: Int64) -> String {
    let milliseconds = max(0, nanoseconds) / 1_000_000
    let rest = String(milliseconds % 1000)
    return "\(milliseconds / 1000).\(String(repeating: "0", count: 3 - rest.count))\(rest) s"
  }

  /// The text with spaces instead of line endings and other control characters.
  public static func singleLine(_ text: some StringProtocol) -> String {
    guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return String(text) }
    return String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
  }
}
