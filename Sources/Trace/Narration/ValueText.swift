import Events

/// Values and durations as a person can take them in.
public enum ValueText {
  /// A value on one line, cut to a length: head, `…`, tail, and how long it is in full:
  /// `93326215…00000000 (158 digits)`.
  /// - Parameter limit: how many characters head, `…` and tail may have together.
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

  /// A text in full on one line, however it is then wrapped; a long number by its ends, since
  /// nobody reads its middle.
  /// - Parameter limit: how many characters a text may have that is no sentence any more.
  public static func whole(_ value: String, limit: Int = 600) -> String {
    isNumber(value) ? abbreviated(value) : abbreviated(value, limit: limit)
  }

  private static func isNumber(_ value: String) -> Bool {
    let digits = value.utf8.first == UInt8(ascii: "-") ? value.utf8.dropFirst() : value.utf8[...]
    return digits.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
  }

  /// Whether whoever recorded the value has left its middle out already, and said how long it is.
  private static func isAbbreviated(_ value: String) -> Bool {
    value.utf8.count <= 96 && value.contains("…")
      && (value.hasSuffix(" digits)") || value.hasSuffix(" characters)"))
  }

  /// Values side by side; of a long row the first and the last few, and how many there are.
  static func row(_ sequence: SequenceState, limit: Int = 12) -> String {
    let count = sequence.count
    guard count > 0 else { return "empty" }
    func text(_ range: Range<Int>) -> String {
      sequence.values(in: range).map { abbreviated($0.text) }.joined(separator: " ")
    }
    if count <= limit { return text(0..<count) }
    let part = limit / 2
    return "\(text(0..<part)) … \(text(count - part..<count)) (\(count))"
  }

  /// A duration in the unit that suits it, rounded to three digits or so: `25 µs`, `1.5 s`.
  public static func duration(_ nanoseconds: Int64) -> String {
    let (number, unit) = measured(nanoseconds)
    return "\(number) \(unit.sign)"
  }

  /// The same with the unit as a word, for whoever hears it: `25 microseconds`, `1 second`.
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
      // One decimal is enough below a hundred, and none tells nothing above.
      let digit = max(1, size < 100 * unit.length ? unit.length / 10 : unit.length)
      let rounded = (size + digit / 2) / digit * digit
      // What rounds up to a thousand belongs to the next unit.
      guard rounded < 1000 * unit.length || index == units.count - 1 else { continue }
      let tenths = unit.length > 1 ? rounded % unit.length / (unit.length / 10) : 0
      return ("\(sign)\(rounded / unit.length)\(tenths == 0 ? "" : ".\(tenths)")", unit)
    }
    preconditionFailure("the last unit takes every duration")
  }

  /// A moment of the run: `0.751 s`.
  public static func moment(_ nanoseconds: Int64) -> String {
    let milliseconds = max(0, nanoseconds) / 1_000_000
    let rest = String(milliseconds % 1000)
    return "\(milliseconds / 1000).\(String(repeating: "0", count: 3 - rest.count))\(rest) s"
  }

  /// The text with spaces for line ends and other control characters, so that a line stays one.
  public static func singleLine(_ text: some StringProtocol) -> String {
    guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return String(text) }
    return String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
  }
}
