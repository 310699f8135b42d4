import Glibc
import Screen
import TestTerminal
import Testing

@testable import Curses

/// Tests of `Terminal` on a pseudo-terminal inside the test process. They run one at a time, because
/// ncurses and signals belong to the process.
@Suite("A terminal", .serialized)
struct TerminalTests {
  static let variables = ["TERM": "xterm-256color"]

  /// Opens the program's end of a test terminal, runs the body with it and closes it again.
  func withTerminal(
    columns: Int = 40, rows: Int = 8, _ variables: [String: String] = Self.variables,
    ascii: Bool = false,
    _ body: (inout Terminal, borrowing SignalRelay, TestTerminal) throws -> Void
  ) throws {
    let outside = try TestTerminal(columns: columns, rows: rows)
    let descriptor = open(outside.path, O_RDWR | O_NOCTTY | O_CLOEXEC)
    defer { close(descriptor) }
    let relay = try SignalRelay()
    do {
      var terminal = try Terminal(
        after: relay, preferences: LookPreferences(session: LookChoices(isASCII: ascii)),
        environment: TerminalEnvironment(variables), input: descriptor, output: descriptor)
      try body(&terminal, relay, outside)
      terminal.close()
    }
    #expect(outside.waitUntil { !$0.isInAlternateScreen && $0.isCursorVisible && !$0.wantsMouse })
    #expect(outside.modes == outside.modesBefore)
  }

  func frame(_ terminal: borrowing Terminal, _ text: StyledText) -> Frame {
    var frame = Frame(terminal.size, glyphs: terminal.glyphs)
    frame.put(text, at: Point(x: 1, y: 1))
    return frame
  }

  @Test("shows frames in the alternate screen and restores the main screen")
  func draws() throws {
    try withTerminal { terminal, _, outside in
      #expect(terminal.size == Size(columns: 40, rows: 8))
      #expect(terminal.look.colorDepth == .colors256)
      let text = StyledText("漢e\u{301}", .heading) + StyledText(" A", .actor(0)) + " 👍"
      terminal.draw(frame(terminal, text))
      #expect(outside.waitUntil { $0.contains(" 漢e\u{301} A 👍") })
      #expect(outside.isInAlternateScreen && !outside.isCursorVisible)
      #expect(outside.cell(x: 1, y: 1).isBold && outside.cell(x: 5, y: 1).foreground == 214)
    }
  }

  @Test("writes a frame in one piece", .enabled(if: writeCalls() != nil))
  func onePiece() throws {
    try withTerminal(columns: 60, rows: 24) { terminal, _, outside in
      var frame = Frame(terminal.size, glyphs: terminal.glyphs)
      for row in 0..<8 { frame.put("word", at: Point(x: 5 * row, y: 2 * row)) }
      let before = try #require(writeCalls())
      terminal.draw(frame)
      let after = try #require(writeCalls())
      #expect(after - before == 1)
      #expect(outside.waitUntil { $0.contains("word") })
    }
  }

  @Test("draws rows that moved up without scrolling the terminal")
  func movedRows() throws {
    try withTerminal(columns: 60, rows: 24) { terminal, _, outside in
      for first in 0..<6 {
        var frame = Frame(terminal.size, glyphs: terminal.glyphs)
        for row in 2..<22 {
          let text = String(repeating: "event \(first + row) ", count: 5)
          frame.put(text, at: Point(x: 0, y: row))
        }
        terminal.draw(frame)
        #expect(outside.waitUntil { $0.screen[21].hasPrefix("event \(first + 21) ") })
        #expect(outside.screen[2].hasPrefix("event \(first + 2) "))
      }
      let output = String(decoding: outside.output, as: UTF8.self)
      let commands = output.split(separator: "\u{1B}[").map { $0.drop { $0.isNumber || $0 == ";" } }
      #expect(!commands.contains { $0.hasPrefix("S") || $0.hasPrefix("T") || $0.hasPrefix("M") })
    }
  }

  @Test("opens on types whose terminfo entry has no size", arguments: ["linux", "hurd"])
  func sizelessTypes(type: String) throws {
    try withTerminal(["TERM": type]) { terminal, _, outside in
      #expect(terminal.size == Size(columns: 40, rows: 8))
      terminal.draw(frame(terminal, "here"))
      #expect(outside.waitUntil { $0.contains(" here") })
    }
  }

  @Test("sends nothing for an equal frame and little for a small change")
  func sendsChanges() throws {
    try withTerminal { terminal, _, outside in
      var frame = Frame(terminal.size)
      for y in 0..<8 { frame.put(String(repeating: "x", count: 40), at: Point(x: 0, y: y)) }
      terminal.draw(frame)
      #expect(outside.waitUntil { $0.screen.allSatisfy { $0.count == 40 } })
      let before = outside.output.count
      terminal.draw(frame)
      frame.put("A", at: Point(x: 20, y: 4))
      terminal.draw(frame)
      #expect(outside.waitUntil { $0.contains("A") })
      #expect(outside.output.count - before < 20)
    }
  }

  @Test("shows the cursor at the given position")
  func cursor() throws {
    try withTerminal { terminal, _, outside in
      let frame = frame(terminal, "x")
      terminal.draw(frame, cursor: Point(x: 3, y: 2))
      #expect(outside.waitUntil { $0.isCursorVisible && $0.cursor == (3, 2) })
      terminal.draw(frame, cursor: Point(x: 99, y: 2))
      #expect(outside.waitUntil { !$0.isCursorVisible })
    }
  }

  @Test("reads keys, mouse events and pastes")
  func inputs() throws {
    try withTerminal { terminal, _, outside in
      terminal.draw(frame(terminal, "x"))
      #expect(outside.waitUntil { $0.contains("x") && $0.wantsMouse })
      outside.send(
        .text("ré"), .up, .left, .pageDown, .home, .backTab, .delete, .function(5), .control("c"))
      outside.send(
        .press(x: 3, y: 2), .drag(x: 4, y: 2), .release(x: 5, y: 2), .wheelUp(x: 1, y: 1),
        .wheelDown(x: 1, y: 1), .paste("quit\nq"), .escape)
      var inputs: [Input] = []
      while inputs.count < 17 {
        var poller = pollfd(fd: terminal.inputDescriptor, events: Int16(POLLIN), revents: 0)
        let count = poll(&poller, 1, terminal.inputDeadline == nil ? 10_000 : 0)
        try #require(count > 0 || terminal.inputDeadline != nil)
        inputs += terminal.inputs(at: terminal.inputDeadline ?? 0)
      }
      #expect(
        inputs.prefix(10) == [
          .key(.character("r")), .key(.character("é")), .key(.up), .key(.left), .key(.pageDown),
          .key(.home), .key(.backTab), .key(.delete), .key(.function(5)), .key(.control("c")),
        ])
      #expect(
        inputs.dropFirst(10) == [
          .mouse(Mouse(Point(x: 3, y: 2), .press)), .mouse(Mouse(Point(x: 4, y: 2), .drag)),
          .mouse(Mouse(Point(x: 5, y: 2), .release)), .mouse(Mouse(Point(x: 1, y: 1), .wheelUp)),
          .mouse(Mouse(Point(x: 1, y: 1), .wheelDown)), .paste("quit\nq"), .key(.escape),
        ])
      #expect(terminal.inputs(at: 0) == [])
    }
  }

  @Test("adopts the window's size and repaints, even when the size changes often")
  func resizes() throws {
    try withTerminal { terminal, relay, outside in
      kill(getpid(), SIGWINCH)
      var poller = pollfd(fd: relay.descriptor, events: Int16(POLLIN), revents: 0)
      #expect(poll(&poller, 1, 10_000) == 1)
      #expect(relay.drain() == [.windowChange])
      for round in 0..<150 {
        let (columns, rows) = (1 + round * 7 % 90, 1 + round * 5 % 40)
        outside.resize(columns: columns, rows: rows)
        #expect(terminal.resize() == Size(columns: columns, rows: rows))
        var frame = Frame(terminal.size)
        Pane("漢字 storm", trailing: "note").draw(into: &frame, in: frame.bounds)
        terminal.draw(frame)
        #expect(outside.waitUntil { $0.screen == frame.lines }, "\(terminal.size)")
      }
      outside.resize(columns: 30, rows: 5)
      terminal.resize()
      terminal.draw(frame(terminal, "calm"))
      #expect(outside.waitUntil { $0.screen == ["", " calm", "", "", ""] })
      #expect(terminal.inputs(at: 0) == [])
    }
  }

  @Test("releases the terminal to an editor and restores its content afterwards")
  func releases() throws {
    try withTerminal { terminal, _, outside in
      let frame = frame(terminal, "lesson")
      terminal.draw(frame)
      #expect(outside.waitUntil { $0.contains("lesson") })
      terminal.release()
      #expect(outside.waitUntil { !$0.isInAlternateScreen && !$0.wantsMouse })
      #expect(outside.modes == outside.modesBefore)
      terminal.reclaim()
      terminal.draw(frame)
      #expect(
        outside.waitUntil { $0.isInAlternateScreen && $0.contains("lesson") && $0.wantsMouse })
      #expect(!outside.modes.echoes)
    }
  }

  @Test("draws only ASCII on request, or if the terminal shows nothing else")
  func ascii() throws {
    try withTerminal(ascii: true) { terminal, _, outside in
      #expect(terminal.glyphs == .ascii)
      var careless = Frame(terminal.size)
      careless.put("┃漢x", at: Point(x: 0, y: 0))
      terminal.draw(careless)
      #expect(outside.waitUntil { $0.contains("x") })
      let drawn = outside.output.allSatisfy { $0 < 0x80 }
      #expect(drawn)
    }
    try withTerminal(["TERM": "vt100"]) { terminal, _, _ in
      #expect(terminal.glyphs == .ascii && terminal.look.colorDepth == .none)
    }
  }

  @Test("uses as many colours as the terminal and the environment allow")
  func colors() throws {
    try withTerminal(["TERM": "xterm"]) { terminal, _, outside in
      #expect(terminal.look.colorDepth == .colors8)
      terminal.draw(frame(terminal, StyledText("A", .actor(0))))
      #expect(outside.waitUntil { $0.contains("A") })
      #expect(outside.cell(x: 1, y: 1).foreground == 3)
    }
    try withTerminal(["TERM": "xterm-256color", "NO_COLOR": "1"]) { terminal, _, outside in
      terminal.draw(frame(terminal, StyledText("A", .heading)))
      #expect(outside.waitUntil { $0.contains("A") })
      #expect(outside.cell(x: 1, y: 1).foreground == nil && outside.cell(x: 1, y: 1).isBold)
    }
  }

  @Test("reports that it is gone")
  func gone() throws {
    let outside = try TestTerminal()
    let descriptor = open(outside.path, O_RDWR | O_NOCTTY | O_CLOEXEC)
    defer { close(descriptor) }
    let relay = try SignalRelay()
    var terminal = try Terminal(
      after: relay, environment: TerminalEnvironment(Self.variables), input: descriptor,
      output: descriptor)
    let wasGone = terminal.isGone
    outside.hangUp()
    let isGone = terminal.isGone
    let inputs = terminal.inputs(at: 0)
    #expect(!wasGone && isGone && inputs.isEmpty)
  }

  @Test("fails to open without a suitable terminal")
  func refused() throws {
    let outside = try TestTerminal()
    let descriptor = open(outside.path, O_RDWR | O_NOCTTY | O_CLOEXEC)
    let null = open("/dev/null", O_RDWR | O_CLOEXEC)
    defer {
      close(descriptor)
      close(null)
    }
    let relay = try SignalRelay()
    func error(_ variables: [String: String], _ descriptor: Int32) -> TerminalError? {
      do throws(TerminalError) {
        _ = try Terminal(
          after: relay, environment: TerminalEnvironment(variables), input: descriptor,
          output: descriptor)
        return nil
      } catch { return error }
    }
    #expect(error(Self.variables, null) == .notATerminal)
    #expect(error([:], descriptor) == .noTerminalType)
    #expect(error(["TERM": "never-heard-of"], descriptor) == .unknownTerminalType("never-heard-of"))
    #expect(error(["TERM": "dumb"], descriptor) == .cannotMoveCursor("dumb"))
    #expect(outside.modes == outside.modesBefore)
    #expect(throws: TerminalError.self) { _ = try SignalRelay() }
  }
}

/// The number of write calls of this thread, or nil if the kernel does not count them.
private func writeCalls() -> Int? {
  guard let file = fopen("/proc/thread-self/io", "r") else { return nil }
  defer { fclose(file) }
  var line = [CChar](repeating: 0, count: 128)
  while fgets(&line, Int32(line.count), file) != nil {
    let words = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
      .split { $0 == " " || $0 == "\n" }
    if words.first == "syscw:" { return words.last.flatMap { Int($0) } }
  }
  return nil
}
