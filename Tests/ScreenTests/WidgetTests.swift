import Testing

@testable import Screen

@Suite("Widgets")
struct WidgetTests {
  private func frame(
    _ columns: Int, _ rows: Int, _ glyphs: Glyphs = .unicode, _ draw: (inout Frame) -> Void
  ) -> Frame {
    var frame = Frame(Size(columns: columns, rows: rows), glyphs: glyphs)
    draw(&frame)
    return frame
  }

  @Test("A pane shows its title on the left and its note on the right of the top edge")
  func pane() {
    var inner = Rect(width: 0, height: 0)
    let drawn = frame(23, 3) {
      inner = Pane("State", trailing: "0 ─ 0.9 s", isFocused: true).draw(into: &$0, in: $0.bounds)
    }
    #expect(
      drawn.difference(
        from: """
          ╭ State ─── 0 ─ 0.9 s ╮
          │                     │
          ╰─────────────────────╯
          """) == nil)
    #expect(inner == Rect(x: 2, y: 1, width: 19, height: 1))
    #expect(drawn[Point(x: 0, y: 0)].style == .focusBorder)
    #expect(drawn[Point(x: 2, y: 0)].style == .title)
  }

  @Test("A pane too narrow for its note shows only the truncated title")
  func narrowPane() {
    let drawn = frame(16, 2) {
      Pane("A producer and a consumer", trailing: "step 2 of 6").draw(into: &$0, in: $0.bounds)
    }
    #expect(drawn.difference(from: "╭ A producer… ─╮\n╰──────────────╯") == nil)
  }

  @Test("A pane with ASCII glyphs is pure ASCII")
  func asciiPane() {
    let drawn = frame(12, 3, .ascii) { Pane("Log").draw(into: &$0, in: $0.bounds) }
    #expect(drawn.difference(from: "+ Log -----+\n|          |\n+----------+") == nil)
  }

  @Test("A scroll view stays within its text and reveals a line")
  func scroll() {
    var scroll = ScrollView(offset: 99, contentHeight: 20, height: 5)
    #expect(scroll.offset == 15 && scroll.isAtEnd)
    scroll.scroll(by: .min)
    #expect(scroll.offset == 0)
    scroll.scroll(by: .max)
    #expect(scroll.offset == 15)
    scroll.scroll(by: -4)
    #expect(scroll.offset == 11)
    scroll.reveal(3)
    #expect(scroll.visible == 3..<8)
    scroll.reveal(9, margin: 1)
    #expect(scroll.visible == 6..<11)
    #expect(ScrollView(contentHeight: 5, height: 5).thumb == nil)
    #expect(ScrollView(contentHeight: 10, height: 5).thumb == 0..<2)
    #expect(ScrollView(offset: 5, contentHeight: 10, height: 5).thumb == 3..<5)
  }

  @Test("A scroll indicator in the right border shows the visible part")
  func indicator() {
    let drawn = frame(5, 6) {
      Pane().draw(into: &$0, in: $0.bounds)
      ScrollView(offset: 4, contentHeight: 8, height: 4).drawIndicator(
        into: &$0, paneRect: $0.bounds)
    }
    #expect(drawn.difference(from: "╭───╮\n│   │\n│   │\n│   ┃\n│   ┃\n╰───╯") == nil)
  }

  @Test("The selected row has a single style")
  func selectedRow() {
    var frame = Frame(Size(columns: 12, rows: 1))
    ListView(
      [StyledText("4", .muted) + StyledText(" of ") + StyledText("8", .success)], selection: 0
    )
    .draw(into: &frame, in: frame.bounds)
    for x in 0..<12 { #expect(frame[Point(x: x, y: 0)].style == .selection) }
  }

  @Test("A list marks the selected row and scrolls to it")
  func list() {
    let rows = (1...5).map { StyledText("lesson \($0)") }
    let drawn = frame(10, 3) {
      ListView(rows, selection: 4).draw(into: &$0, in: $0.bounds)
    }
    #expect(drawn.difference(from: "  lesson 3\n  lesson 4\n▸ lesson 5") == nil)
    #expect(drawn[Point(x: 3, y: 2)].style == .selection)
    #expect(drawn[Point(x: 3, y: 1)].style == .text)
  }

  @Test(
    "A bar shows its value in eighths of a column, and is never empty for a value above 0",
    arguments: [
      (0.0, ""), (1.0, "████"), (0.5, "██"), (0.53, "██▏"), (0.001, "▏"), (7, "████"), (-1, ""),
      (.nan, ""), (.infinity, "████"),
    ])
  func bar(value: Double, text: String) {
    #expect(Bar(value).text(columns: 4) == text)
    #expect(TextWidth.columns(of: Bar(value).text(columns: 4, glyphs: .ascii)) <= 4)
  }

  @Test("The footer leaves out hints that do not fit and keeps its note")
  func footer() {
    let hints = KeyHints(
      [.init("r", "run"), .init("space", "pause"), .init("?", "help")], trailing: "▶ 0.9 s")
    #expect(
      frame(40, 1) { hints.draw(into: &$0, in: $0.bounds) }
        .difference(from: " r run  space pause  ? help     ▶ 0.9 s") == nil)
    #expect(
      frame(30, 1) { hints.draw(into: &$0, in: $0.bounds) }
        .difference(from: " r run  space pause   ▶ 0.9 s") == nil)
    #expect(
      frame(18, 1) { hints.draw(into: &$0, in: $0.bounds) }
        .difference(from: " r run    ▶ 0.9 s") == nil)
    #expect(hints.layout(in: Rect(width: 40, height: 1)).map(\.rect.x) == [1, 8, 21])
  }

  @Test("A form field shows label, value and note, and returns the cursor's position")
  func field() {
    var cursor: Point?
    let drawn = frame(30, 1) {
      cursor = FormField(label: "items", value: "10", cursor: 1, note: "1 to 99")
        .draw(into: &$0, in: $0.bounds, labelWidth: 6, valueWidth: 5)
    }
    #expect(drawn.difference(from: "▸ items   10     1 to 99") == nil)
    #expect(cursor == Point(x: 11, y: 0))
    let long = FormField(label: "x", value: "123456789", cursor: 9)
    let scrolled = frame(12, 1) {
      cursor = long.draw(into: &$0, in: $0.bounds, labelWidth: 1, valueWidth: 5)
    }
    #expect(scrolled.difference(from: "▸ x  6789") == nil)
    #expect(cursor == Point(x: 9, y: 0))
  }

  @Test("Every widget draws only inside its rectangle, at any size")
  func sweep() {
    for frameWidth in [0, 1, 2, 3, 9] {
      for frameHeight in [0, 1, 2, 5] {
        for width in 0..<9 {
          for height in 0..<5 {
            for x in [-3, 0, 4] {
              let rect = Rect(x: x, y: x / 2, width: width, height: height)
              var frame = Frame(
                Size(columns: frameWidth, rows: frameHeight),
                glyphs: width % 2 == 0 ? .unicode : .ascii)
              frame.fill(frame.bounds, with: ".")
              drawAll(into: &frame, rect)
              expectUntouchedOutside(frame, rect)
            }
          }
        }
      }
    }
  }

  private func drawAll(into frame: inout Frame, _ rect: Rect) {
    let inner = Pane("漢字 title", trailing: "note").draw(into: &frame, in: rect)
    frame.put("漢字", at: inner.origin, in: inner)
    ScrollView(offset: 3, contentHeight: 9, height: rect.height)
      .drawIndicator(into: &frame, paneRect: rect)
    ListView(["one", "漢字"], selection: 1).draw(into: &frame, in: rect)
    KeyHints([.init("r", "run")], trailing: "x").draw(into: &frame, in: rect)
    FormField(label: "漢字", value: "漢字", cursor: 1, note: "note")
      .draw(into: &frame, in: rect, labelWidth: 3, valueWidth: 4)
    frame.drawBox(rect)
  }

  private func expectUntouchedOutside(_ frame: Frame, _ rect: Rect) {
    for y in 0..<frame.size.rows {
      for x in 0..<frame.size.columns where !rect.contains(Point(x: x, y: y)) {
        if frame[Point(x: x, y: y)].text != "." {
          Issue.record("\(rect) drew at \(x), \(y) of \(frame.size)")
        }
      }
    }
  }
}
