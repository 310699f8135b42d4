/// A value that a program put somewhere: a number where it fits one, or else its text.
///
/// Each value has one form only, so that an event that was written and read back is the same.
public enum EventValue: Hashable, Sendable {
  case number(Int64)
  /// Never the decimal digits of a number that `number` could hold.
  case text(String)

  /// The number that the text is the usual decimal form of, or else the text.
  public init(_ text: String) {
    self = EventValue.decimal(text.utf8).map { .number($0) } ?? .text(text)
  }

  /// The decimal digits, or the text.
  public var text: String {
    switch self {
    case .number(let number): String(number)
    case .text(let text): text
    }
  }

  /// The number whose one decimal form these bytes are: no plus, no leading zero, no `-0`.
  static func decimal(_ digits: some Collection<UInt8>) -> Int64? {
    guard let first = digits.first else { return nil }
    let isNegative = first == UInt8(ascii: "-")
    let body = isNegative ? digits.dropFirst() : digits[...]
    guard let lead = body.first, body.count <= 19 else { return nil }
    if lead == UInt8(ascii: "0") { return isNegative || body.count > 1 ? nil : 0 }
    var number: Int64 = 0
    for byte in body {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      let digit = Int64(byte - UInt8(ascii: "0"))
      let (shifted, overflows) = number.multipliedReportingOverflow(by: 10)
      let (sum, overflowsToo) =
        isNegative
        ? shifted.subtractingReportingOverflow(digit) : shifted.addingReportingOverflow(digit)
      if overflows || overflowsToo { return nil }
      number = sum
    }
    return number
  }
}

extension Event {
  /// The value of a kind that has no other text; nil where the event does not carry one.
  public var soleValue: EventValue? {
    if let number = record[EventField.value.slot] { return .number(number) }
    return texts.first.map { .text($0) }
  }

  /// Gives the event its value in the one form that each value has; the other texts, if its kind
  /// has some, must stand already.
  public mutating func setValue(_ value: EventValue) {
    switch value {
    case .number(let number): record[EventField.value.slot] = number
    case .text(let text): texts.append(text)
    }
  }
}
