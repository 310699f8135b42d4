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
      "\u{202A}", "\u{202B}", "\u{202C}", "\u{202D}", "\u{202E}", "\u{2066}", "\u{2067}",
      "\u{2068}",
      "\u{2069}", "\u{2061}", "\u{206A}", "\u{E0041}", "\u{3164}", "\u{FFF9}", "\u{378}",
      "\u{10FFFF}", "\u{FE0F}", "\u{E0101}",
    ])
  func named(hidden: String) throws {
    let scalar = try #require(hidden.unicodeScalars.first)
    let digits = String(scalar.value, radix: 16, uppercase: true)
    let name = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    #expect(Sanitizer.displaySafe(hidden + "x") == "‹\(name)›x")
    #expect(Sanitizer.displaySafe(hidden + "x", glyphs: .ascii) == "<\(name)>x")
  }

  @Test(
    "drops marks that only guide the setting of a word",
    arguments: [
      ("co\u{AD}operate", "cooperate"), ("ภาษา\u{200B}ไทย", "ภาษาไทย"), ("שלום\u{200F}!", "שלום!"),
      ("\u{200E}a", "a"), ("100\u{2060}%", "100%"), ("a\u{FEFF}b", "ab"), ("\u{61C}x", "x"),
      ("Auf\u{200C}lage", "Auflage"), ("\u{200D}x", "x"), ("می\u{200C} x", "می x"),
    ])
  func guides(text: String, safe: String) {
    #expect(Sanitizer.displaySafe(text) == safe)
    #expect(TextWidth.columns(of: text) == TextWidth.columns(of: safe))
  }

  @Test(
    "keeps joiners between letters that they shape",
    arguments: ["می\u{200C}روم", "کتاب\u{200C}ها", "क्\u{200D}ष", "ক্\u{200C}ষ", "ශ්\u{200D}රී"])
  func joiners(text: String) {
    #expect(Array(Sanitizer.displaySafe(text).unicodeScalars) == Array(text.unicodeScalars))
    var frame = Frame(Size(columns: 20, rows: 1))
    let columns = frame.put(text, at: Point(x: 0, y: 0))
    #expect(Array(frame.lines[0].unicodeScalars) == Array(text.unicodeScalars))
    #expect(columns == TextWidth.columns(of: text))
  }

  @Test("keeps one joiner, so that many hide nothing")
  func repeatedJoiners() {
    let many = "م" + String(repeating: "\u{200C}", count: 50) + "ر"
    #expect(Array(Sanitizer.displaySafe(many).unicodeScalars) == ["م", "\u{200C}", "ر"])
  }

  @Test("accepts one selector of a form for each character, and names all others")
  func selectors() {
    #expect(Sanitizer.displaySafe("葛\u{E0100}飾") == "葛飾")
    #expect(Sanitizer.displaySafe("☺\u{FE0F}x") == "☺\u{FE0F}x")
    #expect(Sanitizer.displaySafe("☺\u{FE0F}\u{E0101}\u{E0102}") == "☺\u{FE0F}‹U+E0101›‹U+E0102›")
  }

  @Test("shows the black flag of a country whose name is in tags, and names longer tags")
  func tags() {
    #expect(Sanitizer.displaySafe("🏴󠁧󠁢󠁥󠁮󠁧󠁿x") == "🏴x")
    let long = "🏴" + String(repeating: "\u{E0061}", count: 9)
    #expect(Sanitizer.displaySafe(long) == "🏴‹U+E0061›‹U+E0061›")
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
