/// Writes JSON as bytes, without a tree in memory.
extension [UInt8] {
  /// Appends a text that is JSON already.
  public mutating func append(literal: StaticString) {
    literal.withUTF8Buffer { append(contentsOf: $0) }
  }

  /// Appends an integer in decimal digits.
  public mutating func append(decimal number: Int64) {
    if number < 0 { append(UInt8(ascii: "-")) }
    append(decimal: number.magnitude)
  }

  /// Appends an integer in decimal digits.
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

  /// Appends a JSON string. Also escapes the control characters beyond ASCII and the marks that
  /// change the direction of a line, so that a line is safe to show on a terminal.
  public mutating func append(quoted text: String) {
    append(UInt8(ascii: "\""))
    var (first, second): (UInt8, UInt8) = (0, 0)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        append(UInt8(ascii: "\\"))
        append(byte)
      case 0..<0x20, 0x7F: append(escaped: UInt16(byte))
      case 0x80...0x9F where second == 0xC2:
        removeLast()
        append(escaped: UInt16(byte))
      case 0x8E...0x8F where first == 0xE2 && second == 0x80,
        0xA8...0xAE where first == 0xE2 && second == 0x80,
        0xA6...0xA9 where first == 0xE2 && second == 0x81:
        removeLast(2)
        append(escaped: 0x2000 | UInt16(second & 0x3F) << 6 | UInt16(byte & 0x3F))
      default: append(byte)
      }
      (first, second) = (second, byte)
    }
    append(UInt8(ascii: "\""))
  }

  private mutating func append(escaped unit: UInt16) {
    let digits: StaticString = "0123456789abcdef"
    append(literal: "\\u")
    digits.withUTF8Buffer { digits in
      for place in 0..<4 { append(digits[Int(unit >> (12 - 4 * place)) & 15]) }
    }
  }
}
