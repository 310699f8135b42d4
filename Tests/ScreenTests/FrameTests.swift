import Testing

@testable import Screen

@Suite("A frame")
struct FrameTests {
  private func frame(_ columns: Int, _ rows: Int, _ draw: (inout Frame) -> Void) -> Frame {
    var frame = Frame(Size(columns: columns, rows: rows))
    draw(&frame)
    return frame
  }

  @Test("shows text at its position and returns its width")
  func puts() {
    var frame = Frame(Size(columns: 12, rows: 3))
    #expect(frame.put("lock", at: Point(x: 2, y: 1), style: .strong) == 4)
    #expect(frame.difference(from: "\n  lock") == nil)
    #expect(frame[Point(x: 2, y: 1)].style == .strong)
    #expect(frame[Point(x: 1, y: 1)].style == .text)
  }

  @Test("clips text at its edges and at the clip rectangle, on all sides")
  func clips() {
    let clipped = frame(6, 3) {
      $0.put("abcdefgh", at: Point(x: -2, y: 0))
      $0.put("abcdefgh", at: Point(x: 0, y: 1), in: Rect(x: 2, y: 0, width: 2, height: 3))
      $0.put("never", at: Point(x: 0, y: 7))
      $0.put("never", at: Point(x: 0, y: 2), in: Rect(x: 0, y: 0, width: 6, height: 2))
    }
    #expect(clipped.difference(from: "cdefgh\n  cd") == nil)
  }

  @Test("never draws half of a wide character")
  func wide() {
    let edge = frame(5, 2) {
      $0.put("漢字漢", at: Point(x: 0, y: 0))
      $0.put("漢字", at: Point(x: -1, y: 1))
    }
    #expect(edge.difference(from: "漢字\n 字") == nil)
    #expect(edge[Point(x: 0, y: 0)].columns == 2)
    #expect(edge[Point(x: 1, y: 0)].isContinuation)
  }

  @Test("blanks the other half of a wide character that new text cuts")
  func overwritesWide() {
    #expect(
      frame(4, 1) {
        $0.put("漢字", at: Point(x: 0, y: 0))
        $0.put("x", at: Point(x: 1, y: 0))
      }.difference(from: " x字") == nil)
    #expect(
      frame(4, 1) {
        $0.put("漢字", at: Point(x: 0, y: 0))
        $0.put("中", at: Point(x: 1, y: 0))
      }.difference(from: " 中") == nil)
  }

  @Test("puts nothing after text that does not fit")
  func styledClip() {
    let text = StyledText("漢") + StyledText("ab", .strong)
    #expect(frame(1, 1) { $0.put(text, at: Point(x: 0, y: 0)) }.difference(from: "") == nil)
  }

  @Test("keeps combining marks, and emoji sequences in one pair of cells")
  func marks() {
    let frame = frame(8, 1) { $0.put("e\u{301}👩‍👩‍👧x👍🏽y", at: Point(x: 0, y: 0)) }
    #expect(frame[Point(x: 0, y: 0)].text == "e\u{301}")
    #expect(frame[Point(x: 1, y: 0)].text == "👩‍👩‍👧")
    #expect(frame[Point(x: 3, y: 0)].text == "x")
    #expect(frame[Point(x: 4, y: 0)].text == "👍🏽")
    #expect(frame[Point(x: 6, y: 0)].text == "y")
    for place in [1, 4] {
      #expect(frame[Point(x: place, y: 0)].columns == 2)
      #expect(
        frame[Point(x: place, y: 0)].marks(joiningEmoji: false, joiningLetters: true).isEmpty)
      #expect(frame[Point(x: place + 1, y: 0)].isContinuation)
    }
  }

  @Test("leaves out the joiners between letters for a terminal that does not know them")
  func joiners() {
    let frame = frame(8, 1) { $0.put("می\u{200C}ر", at: Point(x: 0, y: 0)) }
    let cell = frame[Point(x: 1, y: 0)]
    #expect(cell.marks(joiningEmoji: false, joiningLetters: false).isEmpty)
    #expect(cell.marks(joiningEmoji: false, joiningLetters: true) == ["\u{200C}"])
  }

  @Test(
    "keeps the first picture of a sequence that does not fit, and the plain form of a narrow one",
    arguments: [
      ("👨‍👩‍👧‍👦x", ["👨", "", "x"]), ("👩🏽‍💻x", ["👩🏽‍💻", "", "x"]), ("👩🏽‍❤️‍👨🏿x", ["👩🏽", "", "x"]),
      ("❤️x", ["❤", "x"]), ("1️⃣x", ["1\u{20E3}", "x"]), ("🇩🇪x", ["🇩", "🇪", "x"]),
      ("🏴󠁧󠁢󠁥󠁮󠁧󠁿x", ["🏴", "", "x"]),
      ("🏳️‍🌈x", ["🏳", "x"]),
    ])
  func sequences(text: String, cells: [String]) {
    let frame = frame(8, 1) { $0.put(text, at: Point(x: 0, y: 0)) }
    #expect(cells.indices.map { frame[Point(x: $0, y: 0)].text } == cells)
  }

  @Test("keeps at most four marks in a cell")
  func manyMarks() {
    let pile = "a" + String(repeating: "\u{301}", count: 500) + "b"
    let frame = frame(3, 1) { $0.put(pile, at: Point(x: 0, y: 0)) }
    #expect(frame[Point(x: 0, y: 0)].marks.count == 4)
    #expect(frame[Point(x: 1, y: 0)].text == "b")
  }

  @Test("fills and restyles rectangles and draws boxes")
  func shapes() {
    var frame = Frame(Size(columns: 6, rows: 4))
    frame.fill(frame.bounds, with: ".")
    frame.drawBox(Rect(x: 1, y: 0, width: 4, height: 3))
    frame.restyle(Rect(x: 0, y: 3, width: 2, height: 9)) { $0.adding(.reverse) }
    #expect(frame.difference(from: ".╭──╮.\n.│..│.\n.╰──╯.\n......") == nil)
    #expect(frame[Point(x: 1, y: 3)].style.flags == .reverse)
    #expect(frame[Point(x: 2, y: 3)].style.flags == [])
  }

  @Test("contains only ASCII with ASCII glyphs, and keeps the columns")
  func ascii() {
    var frame = Frame(Size(columns: 24, rows: 3), glyphs: .ascii)
    frame.drawBox(Rect(x: 0, y: 0, width: 4, height: 3))
    frame.put("é→漢│x µs … “q”", at: Point(x: 5, y: 1))
    #expect(frame.difference(from: "+--+\n|  | e>??|x us ~ \"q\"\n+--+") == nil)
    #expect(frame.lines.joined().utf8.allSatisfy { $0 < 0x80 })
  }

  @Test("describes the difference from a drawing")
  func differs() {
    let frame = frame(3, 1) { $0.put("abc", at: Point(x: 0, y: 0)) }
    #expect(frame.difference(from: "abd")?.contains("abc") == true)
    #expect(frame.difference(from: "abc  \n\n") == nil)
  }
}
