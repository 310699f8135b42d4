import Screen
import Testing

@Suite("Text widths")
struct TextWidthTests {
  @Test("are the columns that a frame uses, whatever the text")
  func agreeWithFrames() {
    for text in ["", "abc", "漢字", "e\u{301}", "👍🏽", "👩‍👩‍👧", "\u{1B}[m", "a\tb", "‹é›", "한국", "\u{378}"]
    {
      var frame = Frame(Size(columns: 60, rows: 1))
      #expect(frame.put(text, at: Point(x: 0, y: 0)) == TextWidth.columns(of: text), "\(text)")
    }
    #expect(TextWidth.columns(of: "漢") == 2)
    #expect(TextWidth.columns(of: "x") == 1)
    #expect(TextWidth.columns(of: "\u{7}") == 1)
  }

  @Test("cut text from the front and from the back, never through a character")
  func cuts() {
    #expect(TextWidth.prefix("漢字abc", fitting: 3) == ("漢", 2))
    #expect(TextWidth.suffix("abc漢字", fitting: 3) == ("字", 2))
    #expect(TextWidth.prefix("e\u{301}x", fitting: 1) == ("e\u{301}", 1))
    #expect(TextWidth.prefix("abc", fitting: -1) == ("", 0))
    #expect(TextWidth.suffix("abc", fitting: 9) == ("abc", 3))
  }

  @Test(
    "shorten between words where one ends near, with an ellipsis",
    arguments: [
      ("the list is empty", 17, "the list is empty"), ("the list is empty", 14, "the list is…"),
      ("the list is empty", 12, "the list is…"), ("producer-consumer", 8, "produce…"),
      ("a producer-consumer", 10, "a produce…"), ("abc", 1, "…"), ("abc", 0, ""),
      ("漢字漢字", 5, "漢字…"),
      ("漢字漢字", 4, "漢…"),
    ])
  func truncates(text: String, columns: Int, short: String) {
    #expect(TextWidth.truncated(text, to: columns) == short)
  }

  @Test("never let shortened text grow over its room")
  func bounded() {
    let styled =
      StyledText("The adder puts ", .strong) + StyledText("漢字 a number at", .link) + " it"
    for columns in 0..<40 {
      for glyphs in [Glyphs.unicode, .ascii] {
        let short = TextWidth.truncated(styled.plain, to: columns, glyphs: glyphs)
        #expect(TextWidth.columns(of: short) <= columns)
        #expect(styled.truncated(to: columns, glyphs: glyphs).plain == short)
      }
    }
    #expect(styled.truncated(to: 22).spans.map(\.style) == [.strong, .link])
  }
}
