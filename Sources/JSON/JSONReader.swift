/// Why a text is not a JSON document.
public struct JSONError: Error, Equatable, CustomStringConvertible {
  /// What is wrong, such as `a value is missing`.
  public let problem: String
  /// The place of the problem, in bytes from the start.
  public let offset: Int
  /// The line of the problem, from 1.
  public let line: Int

  public var description: String { "line \(line): \(problem)" }
}

extension JSONValue {
  /// Reads a JSON document strictly, from a source that is not trusted.
  ///
  /// O(n) in time. The depth of nesting is limited, so no text can exhaust the stack.
  /// - Throws: `JSONError` unless the text is exactly one JSON value in UTF-8.
  public init(parsing bytes: [UInt8]) throws(JSONError) {
    var reader = JSONReader(bytes)
    self = try reader.document()
  }

  /// The value of the last field of that name, or nil.
  public subscript(name: String) -> JSONValue? {
    guard case .object(let fields) = self else { return nil }
    return fields.last { $0.0 == name }?.1
  }
}

/// A parser's place in a JSON text. It never moves back.
private struct JSONReader {
  /// Our own documents nest five deep.
  private static let depthLimit = 32

  private let bytes: [UInt8]
  private var at = 0
  private var depth = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func document() throws(JSONError) -> JSONValue {
    let value = try value()
    skipSpace()
    if at < bytes.count { throw error("there is text after the end") }
    return value
  }

  private func error(_ problem: String, at offset: Int? = nil) -> JSONError {
    let offset = offset ?? at
    let line = bytes[..<min(offset, bytes.count)].count { $0 == 0x0A } + 1
    return JSONError(problem: problem, offset: offset, line: line)
  }

  private var byte: UInt8? { at < bytes.count ? bytes[at] : nil }

  private mutating func skipSpace() {
    while let byte, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { at += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard byte == UInt8(ascii: character) else { return false }
    at += 1
    return true
  }

  // MARK: values

  private mutating func value() throws(JSONError) -> JSONValue {
    skipSpace()
    guard let byte else { throw error("the text ends too early") }
    switch byte {
    case UInt8(ascii: "{"): return try nested { reader throws(JSONError) in try reader.object() }
    case UInt8(ascii: "["): return try nested { reader throws(JSONError) in try reader.array() }
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: throw error("a value is missing")
    }
  }

  private mutating func nested(
    _ read: (inout JSONReader) throws(JSONError) -> JSONValue
  ) throws(JSONError) -> JSONValue {
    guard depth < Self.depthLimit else { throw error("values are nested too deeply") }
    depth += 1
    at += 1
    let value = try read(&self)
    depth -= 1
    return value
  }

  private mutating func object() throws(JSONError) -> JSONValue {
    var fields: [(String, JSONValue)] = []
    if take("}") { return .object(fields) }
    repeat {
      skipSpace()
      guard byte == UInt8(ascii: "\"") else { throw error("a field's name is missing") }
      let name = try string()
      guard take(":") else { throw error("a colon is missing") }
      fields.append((name, try value()))
    } while take(",")
    guard take("}") else { throw error("a comma or a closing brace is missing") }
    return .object(fields)
  }

  private mutating func array() throws(JSONError) -> JSONValue {
    var values: [JSONValue] = []
    if take("]") { return .array(values) }
    repeat { values.append(try value()) } while take(",")
    guard take("]") else { throw error("a comma or a closing bracket is missing") }
    return .array(values)
  }

  private mutating func word(_ word: String, _ value: JSONValue) throws(JSONError) -> JSONValue {
    guard bytes[at...].starts(with: word.utf8) else { throw error("a value is missing") }
    at += word.utf8.count
    return value
  }

  /// Reads a number: no leading zeros, and digits on both sides of a point.
  private mutating func number() throws(JSONError) -> JSONValue {
    let start = at
    if byte == UInt8(ascii: "-") { at += 1 }
    let isZero = byte == UInt8(ascii: "0")
    let digits = skipDigits()
    guard digits > 0, !isZero || digits == 1 else { throw error("a number is wrong", at: start) }
    var isWhole = true
    if byte == UInt8(ascii: ".") {
      isWhole = false
      at += 1
      guard skipDigits() > 0 else { throw error("a number is wrong", at: start) }
    }
    if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
      isWhole = false
      at += 1
      if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { at += 1 }
      guard skipDigits() > 0 else { throw error("a number is wrong", at: start) }
    }
    let text = String(decoding: bytes[start..<at], as: UTF8.self)
    guard isWhole, let number = Int(text) else { return .decimal(text) }
    return .number(number)
  }

  private mutating func skipDigits() -> Int {
    let start = at
    while let byte, byte >= 0x30, byte <= 0x39 { at += 1 }
    return at - start
  }

  // MARK: strings

  private mutating func string() throws(JSONError) -> String {
    at += 1
    let start = at
    var text = ""
    var pieceStart = at
    while let byte {
      switch byte {
      case UInt8(ascii: "\""):
        let piece = try piece(pieceStart)
        at += 1
        return text.isEmpty ? piece : text + piece
      case UInt8(ascii: "\\"):
        text += try piece(pieceStart)
        text.unicodeScalars.append(try escaped())
        pieceStart = at
      case 0..<0x20: throw error("a string holds a control character")
      default: at += 1
      }
    }
    throw error("a string does not end", at: start)
  }

  /// The bytes since `start` as text.
  private func piece(_ start: Int) throws(JSONError) -> String {
    guard let text = String(validating: bytes[start..<at], as: UTF8.self) else {
      throw error("a string is not UTF-8", at: start)
    }
    return text
  }

  private mutating func escaped() throws(JSONError) -> Unicode.Scalar {
    at += 1
    let letter = byte
    at += 1
    switch letter {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      let unit = try codeUnit()
      if let scalar = Unicode.Scalar(unit) { return scalar }
      guard unit < 0xDC00, bytes[at...].starts(with: #"\u"#.utf8) else { break }
      at += 2
      let low = try codeUnit()
      guard (0xDC00..<0xE000).contains(low) else { break }
      if let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)) {
        return scalar
      }
    default: break
    }
    throw error("an escape is wrong")
  }

  private mutating func codeUnit() throws(JSONError) -> UInt32 {
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard let byte, let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
        throw error("an escape is wrong")
      }
      unit = unit << 4 | UInt32(digit)
      at += 1
    }
    return unit
  }
}
