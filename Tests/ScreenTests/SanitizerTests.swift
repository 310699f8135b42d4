import Screen
import Testing

@Suite("The sanitiser")
struct SanitizerTests {
  @Test("makes control characters visible, in Unicode and in ASCII")
  func controls() {
    #expect(Sanitizer.displaySafe("a\u{1B}[31mb\u{0}\u{7F}\r") == "a␛[31mb␀␡␍")
    #expect(Sanitizer.displaySafe("a\u{1B}[31m\u{7F}\u{9B}", glyphs: .ascii) == "a^[31m^<U+009B>")
    #expect(Sanitizer.displaySafe("\u{9B}2J") == "‹U+009B›2J")
  }

  @Test("keeps newlines or makes them visible")
  func newlines() {
    #expect(Sanitizer.displaySafe("a\r\nb\nc") == "a\nb\nc")
    #expect(Sanitizer.displaySafe("a\r\nb", newlines: .visible) == "a␍␊b")
    #expect(Sanitizer.displaySafe("a\u{2028}b\u{85}") == "a‹U+2028›b‹U+0085›")
  }

  @Test("expands tabs to the next tab stop")
  func tabs() {
    #expect(Sanitizer.displaySafe("\ta\tbcd\te\n\tf") == "    a   bcd e\n    f")
  }

  @Test(
    "replaces invisible and bidirectional characters by their code points",
    arguments: [
      "\u{202E}", "\u{2066}", "\u{200B}", "\u{200D}", "\u{FEFF}", "\u{AD}", "\u{2060}", "\u{E0041}",
      "\u{3164}", "\u{FFF9}", "\u{378}", "\u{10FFFF}", "\u{FE0F}",
    ])
  func named(hidden: String) throws {
    let scalar = try #require(hidden.unicodeScalars.first)
    let digits = String(scalar.value, radix: 16, uppercase: true)
    let name = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    #expect(Sanitizer.displaySafe(hidden + "x") == "‹\(name)›x")
    #expect(Sanitizer.displaySafe(hidden + "x", glyphs: .ascii) == "<\(name)>x")
  }

  @Test("does not change ordinary text of any script")
  func ordinary() {
    for text in ["naïve façade", "日本語テキスト", "Привет", "שלום", "👩‍👩‍👧 ☺️", "한국어", "ครับ", "─│╭"] {
      #expect(Sanitizer.displaySafe(text) == text)
    }
  }

  @Test("puts a combining mark without a base on a dotted circle")
  func loneMark() {
    #expect(Sanitizer.displaySafe("\u{301}x") == "\u{25CC}\u{301}x")
  }

  @Test("makes every scalar safe, and is idempotent")
  func everyScalar() {
    // All planes with characters, and samples of the others.
    for value in UInt32(0)...0x10FFFF
    where value < 0x20000 || value >> 12 == 0xE0 || value % 257 == 0 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = "a\(Character(scalar))b"
      for glyphs in [Glyphs.unicode, .ascii] where glyphs == .unicode || value % 7 == 0 {
        let safe = Sanitizer.displaySafe(text, newlines: .visible, glyphs: glyphs)
        let isSafe = safe.unicodeScalars.allSatisfy {
          $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value)
            && $0.properties.generalCategory != .format
        }
        if !isSafe || Sanitizer.displaySafe(safe, newlines: .visible, glyphs: glyphs) != safe {
          Issue.record("U+\(String(value, radix: 16)) became \(safe.debugDescription)")
        }
        if glyphs == .ascii, !safe.utf8.allSatisfy({ $0 < 0x80 }) {
          Issue.record("U+\(String(value, radix: 16)) is not ASCII: \(safe)")
        }
      }
    }
  }

  @Test("cleans all text that enters a frame")
  func guardsFrames() {
    var frame = Frame(Size(columns: 40, rows: 1))
    frame.put("\u{1B}]0;x\u{7}\u{202E}ab\n\tc", at: Point(x: 0, y: 0))
    #expect(frame.difference(from: "␛]0;x␇‹U+202E›ab␊   c") == nil)
  }
}
