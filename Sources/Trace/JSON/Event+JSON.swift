extension Event {
  /// The event as one flat JSON object on one line, without a line's end.
  public func json() -> String {
    var bytes: [UInt8] = []
    writeJSON(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Adds the event as one flat JSON object on one line, without a line's end: the header, the
  /// kind's fields in the order of the table, the line. An unknown kind goes out as it came in.
  public func writeJSON(to bytes: inout [UInt8]) {
    let kind = self.kind
    if kind == .unknown, let line = texts.first {
      bytes.append(contentsOf: line.utf8)
      return
    }
    bytes.append(literal: "{\"seq\":")
    bytes.append(decimal: seq)
    bytes.append(literal: ",\"t\":")
    bytes.append(decimal: time)
    bytes.append(literal: ",\"pid\":")
    bytes.append(decimal: Int64(pid))
    bytes.append(literal: ",\"tid\":")
    bytes.append(decimal: Int64(tid))
    bytes.append(literal: ",\"actor\":")
    bytes.append(decimal: UInt64(record.actor))
    bytes.append(contentsOf: kind.json)
    if record.object != 0 {
      bytes.append(literal: ",\"object\":")
      bytes.append(decimal: UInt64(record.object))
    }
    writeFields(of: kind, to: &bytes)
    if record.line != 0 {
      bytes.append(literal: ",\"line\":")
      bytes.append(decimal: UInt64(record.line))
    }
    bytes.append(UInt8(ascii: "}"))
  }

  private func writeFields(of kind: EventKind, to bytes: inout [UInt8]) {
    var text = 0
    for field in kind.fields {
      switch field.content {
      case .integer, .nanoseconds:
        guard let number = record[field.slot] else { continue }
        bytes.append(contentsOf: field.prefix)
        bytes.append(decimal: number)
      case .word(let words):
        guard let number = record[field.slot] else { continue }
        bytes.append(contentsOf: field.prefix)
        if let index = Int(exactly: number), words.indices.contains(index) {
          bytes.append(quoted: words[index])
        } else {
          bytes.append(decimal: number)
        }
      case .text:
        defer { text += 1 }
        guard text < texts.count else { continue }
        bytes.append(contentsOf: field.prefix)
        bytes.append(quoted: texts[text])
      case .value:
        if let number = record[field.slot] {
          bytes.append(contentsOf: field.prefix)
          bytes.append(UInt8(ascii: "\""))
          bytes.append(decimal: number)
          bytes.append(UInt8(ascii: "\""))
        } else if text < texts.count {
          bytes.append(contentsOf: field.prefix)
          bytes.append(quoted: texts[text])
        }
      }
    }
  }
}

extension [UInt8] {
  mutating func append(literal: StaticString) {
    literal.withUTF8Buffer { append(contentsOf: $0) }
  }

  mutating func append(decimal number: Int64) {
    if number < 0 { append(UInt8(ascii: "-")) }
    append(decimal: number.magnitude)
  }

  mutating func append(decimal number: UInt64) {
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
  mutating func append(quoted text: String) {
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
