import Glibc
import Screen
import TestTerminal
import Testing

@testable import Curses

extension TerminalTests {
  @Test("changes colours, symbols and mouse reports while it is open")
  func applies() throws {
    try withTerminal { terminal, _, outside in
      let text = frame(terminal, StyledText("A", .actor(0)))
      terminal.draw(text)
      #expect(outside.waitUntil { $0.cell(x: 1, y: 1).foreground == 214 && $0.wantsMouse })
      #expect(outside.cell(x: 9, y: 5).background == nil)

      let strong = LookPreferences(session: LookChoices(theme: .highContrast))
      terminal.apply(strong, takesMouse: false)
      terminal.draw(text)
      #expect(outside.waitUntil { $0.cell(x: 39, y: 7).background == 16 && !$0.wantsMouse })
      terminal.release()
      terminal.reclaim()
      terminal.draw(text)
      #expect(outside.waitUntil { $0.isInAlternateScreen && $0.contains("A") })
      #expect(!outside.wantsMouse)

      let bare = LookPreferences(session: LookChoices(theme: .monochrome, isASCII: true))
      terminal.apply(bare, takesMouse: true)
      #expect(terminal.glyphs == .ascii)
      terminal.draw(frame(terminal, StyledText("A─", .actor(0))))
      #expect(outside.waitUntil { $0.contains("A-") && $0.wantsMouse })
      #expect(outside.cell(x: 1, y: 1).foreground == nil)
      #expect(outside.cell(x: 39, y: 7).background == nil)
    }
  }

  @Test("keeps its hidden cursor at the focus")
  func restingCursor() throws {
    try withTerminal { terminal, _, outside in
      var frame = Frame(terminal.size)
      let room = Pane("List", isFocused: true).draw(
        into: &frame, in: Rect(x: 3, y: 1, width: 20, height: 6))
      terminal.draw(frame)
      #expect(outside.waitUntil { $0.contains("List") && $0.cursor == (5, 2) })
      for selection in [2, 1] {
        ListView(["one", "two", "three"], selection: selection).draw(into: &frame, in: room)
        terminal.draw(frame)
        #expect(outside.waitUntil { $0.cursor == (5, 2 + selection) })
      }
      #expect(!outside.isCursorVisible)
    }
  }

  @Test("copies a text to the clipboard, and none of it reaches the screen")
  func copies() throws {
    let variables = Self.variables.merging(["TERM_PROGRAM": "ghostty"]) { $1 }
    try withTerminal(variables) { terminal, _, outside in
      terminal.draw(frame(terminal, "calm"))
      #expect(outside.waitUntil { $0.contains("calm") })
      let before = outside.screen
      let text = "print('漢')\r\n\u{7}\u{1B}\\\u{9C}\u{1B}]52;c;AAAA\u{7}\tend"
      let outcome = terminal.copy(text)
      #expect(outcome == .copied)
      terminal.draw(frame(terminal, "calm again"))
      #expect(outside.waitUntil { $0.contains("calm again") })
      let output = String(decoding: outside.output, as: UTF8.self)
      let sequences = output.split(separator: "\u{1B}]", omittingEmptySubsequences: false)
      #expect(sequences.count == 2)
      let encoded = Clipboard.base64("print('漢')\n\\]52;c;AAAA\tend".utf8)
      #expect(sequences.last?.hasPrefix("52;c;\(encoded)\u{7}") == true)
      #expect(outside.screen.dropFirst(2) == before.dropFirst(2) && outside.screen[0] == before[0])
      let tooLong = terminal.copy(String(repeating: "x", count: 80_000))
      #expect(tooLong == .tooLong)
    }
    try withTerminal(["TERM": "linux"]) { terminal, _, outside in
      let outcome = terminal.copy("x")
      #expect(outcome == .noClipboard)
      #expect(!outside.output.contains(UInt8(ascii: "]")))
    }
  }

  @Test(
    "draws on terminals of many types with their colours",
    arguments: [
      ("xterm-256color", 256, false), ("xterm", 8, false), ("screen", 8, false),
      ("tmux-256color", 256, false), ("linux", 8, true), ("vt100", 0, true), ("vt220", 0, true),
      ("ansi", 8, true),
    ])
  func types(type: String, colors: Int, isASCII: Bool) throws {
    for kind in Theme.Kind.allCases {
      try withTerminal(["TERM": type]) { terminal, _, outside in
        #expect(terminal.look.colorDepth.rawValue == colors && terminal.look.isASCII == isASCII)
        terminal.apply(LookPreferences(session: LookChoices(theme: kind)), takesMouse: true)
        var frame = frame(terminal, StyledText("漢A", .failure) + StyledText(" lit", .lit))
        Pane("é", isFocused: true).draw(
          into: &frame, in: Rect(x: 0, y: 2, width: 20, height: 4))
        terminal.draw(frame)
        #expect(outside.waitUntil { $0.screen == frame.lines })
      }
    }
  }

  @Test(
    "uses more colours than the terminfo entry has if the terminal promises them",
    arguments: [
      (["COLORTERM": "truecolor"], 256), (["COLORTERM": "24bit"], 256), (["FORCE_COLOR": "2"], 256),
      (["COLORTERM": "yes"], 8), (["FORCE_COLOR": "1"], 8),
      (["COLORTERM": "truecolor", "NO_COLOR": "1"], 0),
    ])
  func promisedColors(variables: [String: String], colors: Int) throws {
    let all = variables.merging(["TERM": "xterm"]) { one, _ in one }
    try withTerminal(all) { terminal, _, outside in
      #expect(terminal.look.colorDepth.rawValue == colors)
      terminal.draw(frame(terminal, StyledText("A", .actor(0))))
      #expect(outside.waitUntil { $0.contains("A") })
      #expect(outside.cell(x: 1, y: 1).foreground == [256: 214, 8: 3, 0: nil][colors])
    }
  }

  @Test("has its type's size if the window reports none, and limits a huge size")
  func oddSizes() throws {
    try withTerminal { terminal, _, outside in
      let descriptor = open(outside.path, O_RDWR | O_NOCTTY | O_CLOEXEC)
      defer { close(descriptor) }
      for (columns, rows, expected) in [
        (0, 0, Size(columns: 80, rows: 24)), (500, 1, Size(columns: 500, rows: 1)),
        (1, 200, Size(columns: 1, rows: 200)), (65_535, 65_535, Size(columns: 1000, rows: 500)),
      ] {
        var window = winsize(
          ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        #expect(ioctl(descriptor, UInt(TIOCSWINSZ), &window) == 0)
        #expect(terminal.resize() == expected)
      }
      outside.resize(columns: 40, rows: 8)
      terminal.resize()
      terminal.draw(frame(terminal, "calm"))
      #expect(outside.waitUntil { $0.screen == ["", " calm", "", "", "", "", "", ""] })
    }
  }
}
