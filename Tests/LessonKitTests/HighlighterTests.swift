import LessonKit
import TestNumbers
import Testing

/// The code of tokens.
private func code(of lines: [[Token]]) -> String {
  lines.map { $0.map(\.text).joined() }.joined(separator: "\n")
}

/// The kinds of the tokens in a piece of code, without spaces.
private func kinds(_ text: String) -> [Token.Kind] {
  PythonHighlighter.lines(of: text).joined().filter { $0.text != " " }.map(\.kind)
}

@Suite("The highlighter")
struct HighlighterTests {
  @Test("distinguishes names, keywords, calls, numbers and operators")
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
    "makes one token of each kind of string",
    arguments: [
      "'a\\'b'", "\"#\"", "f\"{x}\"", "rb'\\'' ", "''", "\"\"\"a\"b\"\"\"", "Rb''' ' '''",
    ])
  func strings(text: String) {
    let first = PythonHighlighter.lines(of: text).first?.first
    #expect(first?.kind == .string)
    #expect(first?.text.count == text.split(separator: " ").joined(separator: " ").count)
  }

  @Test("continues a triple-quoted string on the next line, but not another string")
  func lines() {
    let long = PythonHighlighter.lines(of: "'''a\n  b\n''' if")
    #expect(long.map { $0.map(\.kind) } == [[.string], [.string], [.string, .plain, .keyword]])
    let short = PythonHighlighter.lines(of: "'a\nif")
    #expect(short.map { $0.map(\.kind) } == [[.string], [.keyword]])
  }

  @Test("never loses a character")
  func roundTrip() {
    var random = Seeded(1)
    let pieces = [
      "def ", "\"\"\"", "'''", "'", "\"", "\\", "\n", "\r\n", "#", "f'", "0x", "1e+", ".", "(",
      "é", "e\u{301}", "漢", "👩‍👩‍👧", "\t", " ", "\u{0}", "\u{1B}[", "name", "@", "$", "?",
    ]
    for _ in 0..<2_000 {
      let count = Int.random(in: 0..<30, using: &random)
      let text = (0..<count).compactMap { _ in pieces.randomElement(using: &random) }.joined()
      let highlighted = code(of: PythonHighlighter.lines(of: text))
      #expect(highlighted.unicodeScalars.elementsEqual(text.unicodeScalars))
    }
  }
}

@Suite("A listing")
struct ListingTests {
  private let listing = Listing(name: "x.py", text: "import a\n\nfor b in a:\n    go(b)\ngo(b)\n")

  @Test("has the lines of its file")
  func lines() {
    #expect(listing.lines == ["import a", "", "for b in a:", "    go(b)", "go(b)"])
    #expect(listing.highlighted.count == 5)
  }

}
