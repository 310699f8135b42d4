import Glibc
import Pty
import TestFaults
import TestTerminal
import Testing

@Suite("Types, locales and answers of the terminal", .faultMatrix)
struct TerminalTypeTests {
  @Test(
    "Row 11: The tutor works on eight types, without colours where there are fewer than eight",
    arguments: [
      "xterm-256color", "xterm", "linux", "vt100", "screen", "tmux-256color", "ansi", "vt52",
    ])
  func types(type: String) throws {
    let terminal = try openTutor("4", columns: 80, rows: 24, environment: ["TERM": type])
    // The emulator does not know every type, but the texts of a row arrive in one piece on each.
    #expect(terminal.waitUntil { String(decoding: $0.output, as: UTF8.self).contains("help") })
    terminal.send(.text("q"))
    #expect(terminal.waitForExit() == .exited(0))
    #expect(terminal.modes == terminal.modesBefore)
    #expect(Self.hasColors(terminal.output) == !["vt100", "vt52"].contains(type))
  }

  /// Whether a sequence sets a colour.
  private static func hasColors(_ output: [UInt8]) -> Bool {
    String(decoding: output, as: UTF8.self).contains(
      /\u{1B}\[([0-9]+;)*([349][0-7]|[34]8;5;[0-9]+)m/)
  }

  @Test(
    "Rows 12 and 13: Without a usable type, the tutor is plain, says why, and sends no escapes",
    arguments: [
      ["TERM": "dumb"], ["TERM": ""], ["TERM": "nosuch"], ["TERM": "../../x"],
      ["TERM": String(repeating: "x", count: 5000)],
    ])
  func withoutType(environment: [String: String]) throws {
    let terminal = try openTutor("4", environment: environment)
    #expect(terminal.waitUntil { $0.contains("Choices:") })
    #expect(!terminal.output.contains(0x1B))
    terminal.send(.text("q\r"))
    #expect(terminal.waitForExit() == .exited(0))
    let text = String(decoding: terminal.output, as: UTF8.self)
    #expect(environment["TERM"] == "dumb" || text.contains("TERM") || text.contains("terminal"))
    #expect(!terminal.output.contains(0x1B) && terminal.modes == terminal.modesBefore)
  }

  @Test("Row 13: Without TERM, the tutor is plain")
  func unsetType() throws {
    let terminal = try openShell("unset TERM; exec $lockstep 4")
    #expect(terminal.waitUntil { $0.contains("Choices:") && $0.contains("TERM") })
    terminal.send(.text("q\r"))
    #expect(terminal.waitForExit() == .exited(0))
    #expect(!terminal.output.contains(0x1B))
  }

  @Test("Row 14: A damaged or empty terminfo folder does no harm")
  func terminfo() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("empty")
    try folder.makeFolder("damaged")
    try folder.makeFolder("damaged/x")
    try folder.write(
      (0..<1024).map { UInt8(truncatingIfNeeded: $0 &* 37) }, to: "damaged/x/xterm-256color")
    for name in ["empty", "damaged", "missing"] {
      let terminal = try openTutor(
        "4",
        environment: [
          "TERMINFO": folder(name), "TERMINFO_DIRS": folder(name), "HOME": folder.path,
        ])
      // Depending on where else ncurses looks, the tutor has the full screen or is plain.
      #expect(terminal.waitUntil { $0.contains("? help") || $0.contains("Choices:") }, "\(name)")
      terminal.send(.text(terminal.isInAlternateScreen ? "q" : "q\r"))
      #expect(terminal.waitForExit() == .exited(0), "\(name)")
      #expect(terminal.isRestored, "\(name)")
    }
  }

  @Test("Row 16: NO_COLOR takes the colours away, if it is not empty")
  func colors() throws {
    func hasColors(_ value: String?) throws -> Bool {
      let terminal = try openTutor(
        "4", environment: value.map { ["NO_COLOR": $0] } ?? [:])
      try #require(terminal.waitForTutor())
      terminal.expectQuit()
      return Self.hasColors(terminal.output)
    }
    #expect(try hasColors(nil) && hasColors(""))
    #expect(try !hasColors("1"))
  }

  @Test("Row 17: A terminal that answers nothing delays nothing, and no key is lost")
  func noAnswers() throws {
    // The key is there before the program has begun.
    let program = try PtyProgram(
      columns: 80, rows: 24, path: try Program.path, arguments: ["4"],
      environment: PtyProgram.environment)
    program.send(bytes: Array("q".utf8))
    #expect(program.waitForExit() == .exited(0))
    #expect(program.modes == program.modesBefore)
  }
}
