/// A value that a program stored somewhere: a 64-bit number if it is one, else a text.
///
/// Each value has exactly one form, so an event is the same after writing and reading it.
public enum EventValue: Hashable, Sendable {
  case number(Int64)
  /// Never the decimal form of a number that fits `number`.
  case text(String)

  /// Creates a number if the text is the decimal form of one, else a text.
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

  /// The number with this decimal form, which has no plus, no leading zero and is not `-0`.
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
  /// The value of an event whose kind has no other text, or nil.
  public var soleValue: EventValue? {
    if let number = record[EventField.value.slot] { return .number(number) }
    return texts.first.map { .text($0) }
  }

  /// Sets the event's value. Other texts of its kind must be set before.
  public mutating func setValue(_ value: EventValue) {
    switch value {
    case .number(let number): record[EventField.value.slot] = number
    case .text(let text): texts.append(text)
    }
  }
}
