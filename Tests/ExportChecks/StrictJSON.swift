/// A JSON value, parsed strictly according to RFC 8259.
public enum StrictJSON: Sendable, Equatable {
  case null
  case bool(Bool)
  /// A number, as written.
  case number(String)
  case string(String)
  case array([StrictJSON])
  /// The members in order, without duplicate names.
  case object([Member])

  /// A member of an object.
  public struct Member: Sendable, Equatable {
    /// The name of the member.
    public let name: String
    /// The value of the member.
    public let value: StrictJSON
  }

  /// A parse error.
  public struct Problem: Error, Equatable, CustomStringConvertible {
    /// The expected syntax.
    public let expected: String
    /// The byte, from 0.
    public let offset: Int

    public var description: String { "byte \(offset): expected \(expected)" }
  }

  /// Parses a text.
  /// - Throws: `Problem` if it is not valid JSON.
  public static func parse(_ text: [UInt8]) throws(Problem) -> StrictJSON {
    var reader = Reader(bytes: text)
    let value = try reader.value(depth: 0)
    reader.skipSpace()
    guard reader.at == text.count else { throw reader.problem("the end") }
    return value
  }

  /// The value of a member, or nil.
  public subscript(name: String) -> StrictJSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// The text of a string.
  public var string: String? { if case .string(let text) = self { text } else { nil } }
  /// The number, as written.
  public var number: String? { if case .number(let text) = self { text } else { nil } }
  /// The number, if it is an integer.
  public var integer: Int? { number.flatMap { Int($0) } }
  /// The values of an array.
  public var array: [StrictJSON]? { if case .array(let values) = self { values } else { nil } }
  /// The members of an object.
  public var members: [Member]? { if case .object(let members) = self { members } else { nil } }

  private struct Reader {
    let bytes: [UInt8]
    var at = 0

    func problem(_ expected: String) -> Problem { Problem(expected: expected, offset: at) }
    var byte: UInt8? { at < bytes.count ? bytes[at] : nil }

    mutating func skipSpace() {
      while let byte, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { at += 1 }
    }

    mutating func take(_ text: StaticString) -> Bool {
      let count = text.utf8CodeUnitCount
      guard at + count <= bytes.count else { return false }
      for index in 0..<count where bytes[at + index] != text.utf8Start[index] { return false }
      at += count
      return true
    }

    mutating func value(depth: Int) throws(Problem) -> StrictJSON {
      guard depth < 64 else { throw problem("less nesting") }
      skipSpace()
      switch byte {
      case UInt8(ascii: "{"): return try object(depth)
      case UInt8(ascii: "["): return try array(depth)
      case UInt8(ascii: "\""): return .string(try string())
      default:
        if take("null") { return .null }
        if take("true") { return .bool(true) }
        if take("false") { return .bool(false) }
        return .number(try number())
      }
    }

    private mutating func object(_ depth: Int) throws(Problem) -> StrictJSON {
      at += 1
      var members: [Member] = []
      var names: Set<String> = []
      skipSpace()
      if take("}") { return .object([]) }
      repeat {
        skipSpace()
        let name = try string()
        guard names.insert(name).inserted else { throw problem("another name than \(name)") }
        skipSpace()
        guard take(":") else { throw problem("a colon") }
        members.append(Member(name: name, value: try value(depth: depth + 1)))
        skipSpace()
      } while take(",")
      guard take("}") else { throw problem("a comma or }") }
      return .object(members)
    }

    private mutating func array(_ depth: Int) throws(Problem) -> StrictJSON {
      at += 1
      var values: [StrictJSON] = []
      skipSpace()
      if take("]") { return .array([]) }
      repeat {
        values.append(try value(depth: depth + 1))
        skipSpace()
      } while take(",")
      guard take("]") else { throw problem("a comma or ]") }
      return .array(values)
    }

    private mutating func number() throws(Problem) -> String {
      let start = at
      _ = take("-")
      if !take("0") { try digits() }
      if take(".") { try digits() }
      if take("e") || take("E") {
        _ = take("+") || take("-")
        try digits()
      }
      return String(decoding: bytes[start..<at], as: UTF8.self)
    }

    private mutating func digits() throws(Problem) {
      let start = at
      while let byte, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { at += 1 }
      guard at > start else { throw problem("a digit") }
    }

    private mutating func string() throws(Problem) -> String {
      guard take("\"") else { throw problem("a string") }
      var text: [UInt8] = []
      while let byte {
        at += 1
        switch byte {
        case UInt8(ascii: "\""):
          guard let string = String(validating: text, as: UTF8.self) else {
            throw problem("valid UTF-8")
          }
          return string
        case UInt8(ascii: "\\"): text += Array(String(try escape()).utf8)
        case 0..<0x20: throw problem("no control character")
        default: text.append(byte)
        }
      }
      throw problem("the end of the string")
    }

    private mutating func escape() throws(Problem) -> Character {
      let plain: [(StaticString, Character)] = [
        ("\"", "\""), ("\\", "\\"), ("/", "/"), ("b", "\u{8}"), ("f", "\u{C}"), ("n", "\n"),
        ("r", "\r"), ("t", "\t"),
      ]
      for (letter, meaning) in plain where take(letter) { return meaning }
      guard take("u"), at + 4 <= bytes.count,
        let code = UInt32(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16),
        let scalar = Unicode.Scalar(code)
      else { throw problem("an escape") }
      at += 4
      return Character(scalar)
    }
  }
}
