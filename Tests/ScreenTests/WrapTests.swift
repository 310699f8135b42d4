import Screen
import TestNumbers
import Testing

@Suite("Wrapping")
struct WrapTests {
  private func wrap(_ text: StyledText, _ width: Int, hanging: Int = 0) -> [String] {
    text.wrapped(to: width, hangingIndent: hanging).map(\.plain)
  }

  @Test("breaks at newlines, between words, and inside words that are too long")
  func breaks() {
    #expect(wrap("Two threads share one list.", 11) == ["Two threads", "share one", "list."])
    #expect(wrap("one\n\ntwo", 9) == ["one", "", "two"])
    #expect(wrap("an unbreakable word", 5) == ["an", "unbre", "akabl", "e", "word"])
    #expect(wrap("abc def", 3) == ["abc", "def"])
    #expect(wrap("", 5) == [""])
    #expect(wrap("x", 0) == [])
  }

  @Test("keeps leading spaces and drops spaces at a break")
  func spaces() {
    #expect(wrap("  ab   cd", 4) == ["  ab", "cd"])
    #expect(wrap("ab  ", 2) == ["ab"])
  }

  @Test("breaks next to wide characters")
  func wide() {
    #expect(wrap("漢字漢字漢字", 5) == ["漢字", "漢字", "漢字"])
    #expect(wrap("ab漢字", 4) == ["ab漢", "字"])
  }

  @Test("indents all lines but the first")
  func hanging() {
    #expect(wrap("• one two three", 8, hanging: 2) == ["• one", "  two", "  three"])
  }

  @Test("keeps the style of each word")
  func styles() {
    let text = StyledText("a ") + StyledText("bold word", .strong) + StyledText(" end")
    let lines = text.wrapped(to: 6)
    #expect(lines.map(\.plain) == ["a bold", "word", "end"])
    #expect(lines[1].spans == [.init("word", .strong)])
  }

  @Test("limits each line, keeps all words and fills each line as far as possible")
  func properties() {
    var random = Seeded(4)
    let words = ["a", "lock", "漢字", "producer-consumer", "é", "is", "waiting", "👍🏽", "x\u{301}y"]
    for _ in 0..<300 {
      let text = (0..<Int.random(in: 0..<20, using: &random))
        .map { _ in words[Int.random(in: 0..<words.count, using: &random)] }
        .joined(separator: " ")
      let width = Int.random(in: 2..<30, using: &random)
      let lines = wrap(StyledText(text), width)
      for line in lines { #expect(TextWidth.columns(of: line) <= width) }
      let squeezed = { (text: String) in text.filter { $0 != " " } }
      #expect(squeezed(lines.joined()) == squeezed(text))
      for (line, next) in zip(lines, lines.dropFirst()) {
        let word = next.split(separator: " ").first.map(String.init) ?? ""
        let first = word.first.map { TextWidth.columns(of: String($0)) } ?? 0
        // Wide text may break anywhere. A word that fits must not move to the next line.
        if first == 1, text.split(separator: " ").contains(Substring(word)) {
          let joined = TextWidth.columns(of: line) + 1 + TextWidth.columns(of: word)
          #expect(joined > width || TextWidth.columns(of: line) == width, "\(line)|\(next)")
        }
      }
    }
  }
}
