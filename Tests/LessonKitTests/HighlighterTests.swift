import LessonKit
import Testing

/// The code that tokens show.
private func code(of lines: [[Token]]) -> String {
  lines.map { $0.map(\.text).joined() }.joined(separator: "\n")
}

/// The kinds of the words in a piece of code, spaces left out.
private func kinds(_ text: String) -> [Token.Kind] {
  PythonHighlighter.lines(of: text).joined().filter { $0.text != " " }.map(\.kind)
}

@Suite("The highlighter tells code apart")
struct HighlighterTests {
  @Test("names, keywords, calls, numbers and operators each have their kind")
  func kindsOfWords() {
    #expect(kinds("def add(x):") == [.keyword, .function, .operator, .plain, .operator, .operator])
    #expect(
      kinds("with pool.map(f)")
        == [.keyword, .plain, .operator, .function, .operator, .plain, .operator])
    #expect(
      kinds("print(0x1F, 1e-3, 1_0.5j)")
        == [.builtin, .operator, .number, .operator, .number, .operator, .number, .operator])
    #expect(kinds("x = None # c") == [.plain, .operator, .keyword, .comment])
    #expect(kinds("définie()") == [.function, .operator, .operator])
  }

  @Test(
    "strings of every kind are one token up to their end",
    arguments: [
      "'a\\'b'", "\"#\"", "f\"{x}\"", "rb'\\'' ", "''", "\"\"\"a\"b\"\"\"", "Rb''' ' '''",
    ])
  func strings(text: String) {
    let first = PythonHighlighter.lines(of: text).first?.first
    #expect(first?.kind == .string)
    #expect(first?.text.count == text.split(separator: " ").joined(separator: " ").count)
  }

  @Test("a string with three quotes goes on over lines, one with a single quote does not")
  func lines() {
    let long = PythonHighlighter.lines(of: "'''a\n  b\n''' if")
    #expect(long.map { $0.map(\.kind) } == [[.string], [.string], [.string, .plain, .keyword]])
    let short = PythonHighlighter.lines(of: "'a\nif")
    #expect(short.map { $0.map(\.kind) } == [[.string], [.keyword]])
  }

  @Test("no character is ever lost, whatever the text")
  func roundTrip() {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let pieces = [
      "def ", "\"\"\"", "'''", "'", "\"", "\\", "\n", "\r\n", "#", "f'", "0x", "1e+", ".", "(",
      "é", "e\u{301}", "漢", "👩‍👩‍👧", "\t", " ", "\u{0}", "\u{1B}[", "name", "@", "$", "?",
    ]
    for _ in 0..<2_000 {
      let text = (0..<random(30)).map { _ in pieces[random(pieces.count)] }.joined()
      let again = code(of: PythonHighlighter.lines(of: text))
      #expect(again.unicodeScalars.elementsEqual(text.unicodeScalars))
    }
  }
}

@Suite("A listing's lines are found by their text")
struct ListingTests {
  private let listing = Listing(name: "x.py", text: "import a\n\nfor b in a:\n    go(b)\ngo(b)\n")

  @Test("its lines are those of the file")
  func lines() {
    #expect(listing.lines == ["import a", "", "for b in a:", "    go(b)", "go(b)"])
    #expect(listing.highlighted.count == 5)
  }

  @Test("a text that occurs once names its line; one that occurs twice, or never, names none")
  func lineOfText() {
    #expect(listing.line(of: "import a") == 1)
    #expect(listing.line(of: "for b in a:") == 3)
    #expect(listing.line(of: "go(b)") == nil)
    #expect(listing.line(of: "stop(b)") == nil)
  }
}
