import Testing

@testable import Screen

@Suite("Text width")
struct TextWidthTests {
  @Test("is the number of columns that a frame uses")
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

  @Test("finds the prefix and the suffix that fit, without splitting a character")
  func cuts() {
    #expect(TextWidth.prefix("漢字abc", fitting: 3) == ("漢", 2))
    #expect(TextWidth.suffix("abc漢字", fitting: 3) == ("字", 2))
    #expect(TextWidth.prefix("e\u{301}x", fitting: 1) == ("e\u{301}", 1))
    #expect(TextWidth.prefix("abc", fitting: -1) == ("", 0))
    #expect(TextWidth.suffix("abc", fitting: 9) == ("abc", 3))
  }

  @Test(
    "truncates with an ellipsis, between words if possible",
    arguments: [
      ("the list is empty", 17, "the list is empty"), ("the list is empty", 14, "the list is…"),
      ("the list is empty", 12, "the list is…"), ("producer-consumer", 8, "produce…"),
      ("a producer-consumer", 10, "a produce…"), ("producer-consumer", 12, "producer-…"),
      ("remove_thread-1", 13, "remove_…"), ("12 is 34 (56 digits)", 15, "12 is 34…"),
      ("abc", 1, "…"), ("abc", 0, ""),
      ("漢字漢字", 5, "漢字…"),
      ("漢字漢字", 4, "漢…"),
    ])
  func truncates(text: String, columns: Int, short: String) {
    #expect(TextWidth.truncated(text, to: columns) == short)
  }

  @Test("limits truncated text to its room")
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
