/// Strings.
extension LineReader {
  /// A string that is a name of the vocabulary, or none.
  mutating func name(
    _ what: String, _ line: Span<UInt8>
  ) throws(FlatLineError) -> FieldKey {
    guard isAtString(line) else { throw error(isAtEnd(line) ? .unfinished : .expected(what)) }
    let start = at
    var name = FieldKey()
    var index = at + 1
    while index < line.count {
      let byte = line[index]
      if byte == UInt8(ascii: "\"") {
        at = index + 1
        return name
      }
      if byte == UInt8(ascii: "\\") || byte < 0x20 { break }
      name.append(byte)
      index &+= 1
    }
    // It has escapes, or is none.
    _ = try skipString(line)
    return FieldKey(try unescaped(start + 1..<at - 1, line))
  }

  /// A string's text.
  mutating func text(_ what: String, _ line: Span<UInt8>) throws(FlatLineError) -> String {
    guard isAtString(line) else { throw error(isAtEnd(line) ? .unfinished : .expected(what)) }
    let start = at
    let hasEscapes = try skipString(line)
    let inside = start + 1..<at - 1
    return hasEscapes ? try unescaped(inside, line) : text(inside, line)
  }

  /// Goes over a string, quotes included, and says whether it has escapes.
  mutating func skipString(_ line: Span<UInt8>) throws(FlatLineError) -> Bool {
    at += 1
    var hasEscapes = false
    while let byte = peek(line) {
      switch byte {
      case UInt8(ascii: "\""):
        at += 1
        return hasEscapes
      case UInt8(ascii: "\\"):
        hasEscapes = true
        at += 2
      case 0..<0x20: throw error(.controlCharacter)
      default: at += 1
      }
    }
    at = line.count
    throw error(.unfinished)
  }

  /// A string's inside with its escapes resolved; half a surrogate pair becomes U+FFFD.
  func unescaped(
    _ range: Range<Int>, _ line: Span<UInt8>
  ) throws(FlatLineError) -> String {
    var bytes: [UInt8] = []
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = line[index]
      index += 1
      guard byte == UInt8(ascii: "\\") else {
        bytes.append(byte)
        continue
      }
      let wrong = FlatLineError(problem: .badEscape, column: index)
      guard index < range.upperBound else { throw wrong }
      let letter = line[index]
      index += 1
      switch letter {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): bytes.append(letter)
      case UInt8(ascii: "b"): bytes.append(0x08)
      case UInt8(ascii: "f"): bytes.append(0x0C)
      case UInt8(ascii: "n"): bytes.append(0x0A)
      case UInt8(ascii: "r"): bytes.append(0x0D)
      case UInt8(ascii: "t"): bytes.append(0x09)
      case UInt8(ascii: "u"):
        guard let unit = codeUnit(at: index, range.upperBound, line) else { throw wrong }
        index += 4
        var scalar = Unicode.Scalar(unit) ?? "\u{FFFD}"
        if unit >= 0xD800, unit < 0xDC00, index + 1 < range.upperBound,
          line[index] == UInt8(ascii: "\\"), line[index + 1] == UInt8(ascii: "u"),
          let low = codeUnit(at: index + 2, range.upperBound, line), low >= 0xDC00, low < 0xE000
        {
          index += 6
          scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)) ?? scalar
        }
        bytes.append(contentsOf: String(Character(scalar)).utf8)
      default: throw wrong
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The number of four hexadecimal digits; nil where they are not there.
  private func codeUnit(at start: Int, _ end: Int, _ line: Span<UInt8>) -> UInt32? {
    guard start + 4 <= end else { return nil }
    var unit: UInt32 = 0
    for index in start..<start + 4 {
      let byte = line[index]
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
      default: return nil
      }
      unit = unit << 4 | UInt32(digit)
    }
    return unit
  }
}
