/// A place in a line of JSON, and the steps from it: one value or one mark at a time.
///
/// Each step takes the line as a span, which checks its bounds; no step goes back.
struct LineReader {
  var at = 0

  @inline(__always)
  func isAtEnd(_ line: Span<UInt8>) -> Bool { at >= line.count }

  func error(_ problem: FlatLineError.Problem) -> FlatLineError {
    FlatLineError(problem: problem, column: at + 1)
  }

  @inline(__always)
  func peek(_ line: Span<UInt8>) -> UInt8? { at < line.count ? line[at] : nil }

  @inline(__always)
  mutating func skipSpace(_ line: Span<UInt8>) {
    while let byte = peek(line), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      at += 1
    }
  }

  @inline(__always)
  mutating func take(_ byte: UInt8, _ line: Span<UInt8>) -> Bool {
    guard peek(line) == byte else { return false }
    at += 1
    return true
  }

  mutating func expect(
    _ byte: UInt8, _ what: String, _ line: Span<UInt8>
  ) throws(FlatLineError) {
    if !take(byte, line) { throw error(isAtEnd(line) ? .unfinished : .expected(what)) }
  }

  mutating func takeNull(_ line: Span<UInt8>) -> Bool { takeWord("null", line) }

  /// Enters the line's object.
  /// - Returns: the name of its first field, at whose value the reader then stands; nil where it
  ///   has none.
  mutating func firstKey(_ line: Span<UInt8>) throws(FlatLineError) -> FieldKey? {
    at = 0
    skipSpace(line)
    try expect(UInt8(ascii: "{"), "{", line)
    skipSpace(line)
    if !take(UInt8(ascii: "}"), line) { return try keyBeforeValue(line) }
    try expectEnd(line)
    return nil
  }

  /// Goes on behind a value of the line's object.
  /// - Returns: the name of the next field, at whose value the reader then stands; nil where that
  ///   was the last.
  mutating func nextKey(_ line: Span<UInt8>) throws(FlatLineError) -> FieldKey? {
    skipSpace(line)
    if take(UInt8(ascii: ","), line) {
      skipSpace(line)
      return try keyBeforeValue(line)
    }
    try expect(UInt8(ascii: "}"), ", or }", line)
    try expectEnd(line)
    return nil
  }

  private mutating func keyBeforeValue(_ line: Span<UInt8>) throws(FlatLineError) -> FieldKey {
    let key = try name("a field's name", line)
    skipSpace(line)
    try expect(UInt8(ascii: ":"), ":", line)
    skipSpace(line)
    return key
  }

  private mutating func expectEnd(_ line: Span<UInt8>) throws(FlatLineError) {
    skipSpace(line)
    if !isAtEnd(line) { throw error(.expected("the end of the line")) }
  }

  @inline(__always)
  func isAtString(_ line: Span<UInt8>) -> Bool { peek(line) == UInt8(ascii: "\"") }

  private mutating func takeWord(_ word: StaticString, _ line: Span<UInt8>) -> Bool {
    let matches = word.withUTF8Buffer { word in
      at + word.count <= line.count && word.indices.allSatisfy { word[$0] == line[at + $0] }
    }
    if matches { at += word.utf8CodeUnitCount }
    return matches
  }

  /// The line without the white space around it.
  func trimmedText(_ line: Span<UInt8>) -> String {
    var low = 0
    var high = line.count
    while low < high, line[low] <= 0x20 { low += 1 }
    while low < high, line[high - 1] <= 0x20 { high -= 1 }
    return text(low..<high, line)
  }

  /// Bytes as text; what is no UTF-8 becomes U+FFFD.
  func text(_ range: Range<Int>, _ line: Span<UInt8>) -> String {
    line.extracting(range).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
  }
}

/// Numbers and values.
extension LineReader {
  /// An integer that fits its field.
  mutating func integer<Number: FixedWidthInteger>(
    _ field: @autoclosure () -> String, _ line: Span<UInt8>
  ) throws(FlatLineError) -> Number {
    let start = self
    let isNegative = take(UInt8(ascii: "-"), line)
    let first = at
    var magnitude: UInt64 = 0
    while at < line.count {
      let digit = line[at] &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      magnitude = magnitude &* 10 &+ UInt64(digit)
      at &+= 1
    }
    let count = at - first
    guard count > 0 else { throw start.error(.expected("an integer for \(field())")) }
    if count > 1, line[first] == UInt8(ascii: "0") {
      throw start.error(.expected("an integer without leading zeros for \(field())"))
    }
    if let byte = peek(line), byte == UInt8(ascii: ".") || byte | 0x20 == UInt8(ascii: "e") {
      throw start.error(.outOfRange(field: field()))
    }
    // 19 digits always fit.
    let fits = count < 20 || count == 20 && Self.fits(line.extracting(first..<at))
    let signed = isNegative ? Number(exactly: -Int128(magnitude)) : Number(exactly: magnitude)
    guard fits, let number = signed else { throw start.error(.outOfRange(field: field())) }
    return number
  }

  /// Whether 20 digits are those of a number of 64 bits.
  private static func fits(_ digits: Span<UInt8>) -> Bool {
    var number: UInt64 = 0
    for index in digits.indices {
      let (shifted, overflows) = number.multipliedReportingOverflow(by: 10)
      let (sum, overflowsToo) =
        shifted.addingReportingOverflow(UInt64(digits[index] &- UInt8(ascii: "0")))
      if overflows || overflowsToo { return false }
      number = sum
    }
    return true
  }

  /// A value: a string, or what another program wrote without quotes.
  mutating func value(_ line: Span<UInt8>) throws(FlatLineError) -> EventValue {
    if isAtString(line) {
      let start = at
      let hasEscapes = try skipString(line)
      let inside = start + 1..<at - 1
      if hasEscapes { return EventValue(try unescaped(inside, line)) }
      return line.extracting(inside).withUnsafeBufferPointer { bytes in
        EventValue.decimal(bytes).map { .number($0) }
          ?? .text(String(decoding: bytes, as: UTF8.self))
      }
    }
    let start = at
    try skipScalar(line)
    return EventValue(text(start..<at, line))
  }

  /// Goes over a value whatever it is. What is in arrays and objects is paired, not judged.
  mutating func skipValue(_ line: Span<UInt8>) throws(FlatLineError) {
    /// One bit an open bracket, the innermost lowest: whether it is an object's.
    var open: UInt64 = 0
    var depth = 0
    repeat {
      guard let byte = peek(line) else { throw error(.unfinished) }
      switch byte {
      case UInt8(ascii: "\""): _ = try skipString(line)
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        guard depth < FlatLineScanner.greatestDepth else { throw error(.tooDeep) }
        open = open << 1 | (byte == UInt8(ascii: "{") ? 1 : 0)
        depth += 1
        at += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        guard depth > 0, open & 1 == (byte == UInt8(ascii: "}") ? 1 : 0) else {
          throw error(.expected("a value"))
        }
        open >>= 1
        depth -= 1
        at += 1
      case UInt8(ascii: ","), UInt8(ascii: ":"):
        guard depth > 0 else { throw error(.expected("a value")) }
        at += 1
      case 0x20, 0x09, 0x0A, 0x0D: at += 1
      default: try skipScalar(line)
      }
    } while depth > 0
  }

  /// A number, true or false (or null within an array).
  private mutating func skipScalar(_ line: Span<UInt8>) throws(FlatLineError) {
    if takeWord("true", line) || takeWord("false", line) || takeWord("null", line) { return }
    let start = self
    _ = take(UInt8(ascii: "-"), line)
    let first = at
    while let byte = peek(line) {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): break
      case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "+"),
        UInt8(ascii: "-"):
        if at == first { throw start.error(.expected("a value")) }
      default:
        if at == first { throw start.error(.expected("a value")) }
        return
      }
      at += 1
    }
    if at == first { throw start.error(.unfinished) }
  }
}
