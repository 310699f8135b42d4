import Testing

@testable import JSON

@Suite("JSON document")
struct JSONDocumentTests {
  private func text(_ source: String) throws -> String {
    try JSONValue(parsing: Array(source.utf8)).text
  }

  @Test(
    "A document reads back as it was written",
    arguments: [
      "null", "true", "false", "0", "-17", "1.5e-3", "9223372036854775808", "\"\"", "[]", "{}",
      #"["a","é中","\u001b[31m",{"b":[1,[2,{"c":null}]]}]"#,
    ])
  func wholeRound(source: String) throws {
    #expect(try text(source) == source)
    let lines = try JSONValue(parsing: Array(source.utf8)).lines
    #expect(try text(lines) == source)
  }

  @Test("All escapes are read, including surrogate pairs")
  func escapes() throws {
    let json = try JSONValue(parsing: Array(#""\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00x""#.utf8))
    guard case .string(let string) = json else {
      Issue.record("no string")
      return
    }
    #expect(string == "\"\\/\u{8}\u{C}\n\r\té😀x")
  }

  @Test(
    "Text that is not JSON is refused",
    arguments: [
      "", " ", "nul", "NaN", "Infinity", "tru", "01", "-", "1.", ".5", "1e", "+1", "[1,]", "[1 2]",
      "{\"a\":1,}", "{\"a\"}", "{a:1}", "{1:2}", "\"a", "\"\u{1}\"", #""\x""#, #""\u12""#,
      #""\ud800""#, #""\ud800\u0041""#, #""\udc00""#, "1 2", "[]]", "'a'", "//", "\"\\",
    ])
  func refused(source: String) {
    #expect(throws: JSONError.self) { try JSONValue(parsing: Array(source.utf8)) }
  }

  @Test("Bytes that are not UTF-8 are refused")
  func invalid() {
    for bytes: [UInt8] in [
      [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
    ] {
      #expect(throws: JSONError.self) { try JSONValue(parsing: bytes) }
    }
  }

  @Test("Nesting is limited, so it cannot exhaust the stack", arguments: ["[", "{\"a\":"])
  func nesting(opening: String) throws {
    #expect(throws: JSONError.self) {
      try JSONValue(parsing: Array(String(repeating: opening, count: 100_000).utf8))
    }
    #expect(throws: JSONError.self) {
      try text(String(repeating: "[", count: 33) + String(repeating: "]", count: 33))
    }
    _ = try text(String(repeating: "[", count: 32) + String(repeating: "]", count: 32))
  }

  @Test("An error names its line")
  func line() {
    #expect(throws: JSONError(problem: "a value is missing", offset: 12, line: 2)) {
      try text("{\"a\":1,\n\"b\":x}")
    }
  }

  @Test("A printed string cannot control the terminal")
  func safe() throws {
    let text = JSONValue.string("\u{1B}]0;x\u{7}\u{9B}31m\u{202E}\u{2066}\u{7F}").text
    #expect(text.unicodeScalars.allSatisfy { (0x20..<0x7F).contains($0.value) })
    #expect(try self.text(text) == text)
  }
}
