/// Writing JSON as bytes, without a tree of it in memory.
extension [UInt8] {
  /// A text that is JSON as it stands.
  public mutating func append(literal: StaticString) {
    literal.withUTF8Buffer { append(contentsOf: $0) }
  }

  /// An integer in decimal digits.
  public mutating func append(decimal number: Int64) {
    if number < 0 { append(UInt8(ascii: "-")) }
    append(decimal: number.magnitude)
  }

  /// An integer in decimal digits.
  public mutating func append(decimal number: UInt64) {
    if number < 10 {
      append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number))
      return
    }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var start = 20
      var rest = number
      while rest > 0 {
        let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
        start -= 1
        digits[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
        rest = quotient
      }
      append(contentsOf: UnsafeBufferPointer(rebasing: digits[start...]))
    }
  }

  /// A JSON string. Escapes, beside what JSON asks for, the control characters beyond ASCII, so
  /// that a line shown on a terminal stays a line of text.
  public mutating func append(quoted text: String) {
    append(UInt8(ascii: "\""))
    var before: UInt8 = 0
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        append(UInt8(ascii: "\\"))
        append(byte)
      case 0..<0x20, 0x7F: append(escaped: byte)
      case 0x80...0x9F where before == 0xC2:
        removeLast()
        append(escaped: byte)
      default: append(byte)
      }
      before = byte
    }
    append(UInt8(ascii: "\""))
  }

  private mutating func append(escaped byte: UInt8) {
    let digits: StaticString = "0123456789abcdef"
    append(literal: "\\u00")
    digits.withUTF8Buffer { digits in
      append(digits[Int(byte >> 4)])
      append(digits[Int(byte & 15)])
    }
  }
}
