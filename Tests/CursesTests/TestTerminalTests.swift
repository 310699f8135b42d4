import Testing
import TestTerminal

@Suite("A test terminal")
struct TestTerminalTests {
  private func shell(_ script: String, columns: Int = 40, rows: Int = 6) throws -> TestTerminal {
    try TestTerminal(columns: columns, rows: rows, path: "/bin/sh", arguments: ["-c", script])
  }

  @Test("shows a program's output with colours and attributes, and its exit status")
  func output() throws {
    let terminal = try shell("printf 'one\\n\\033[1;7;38;5;214mtwo\\033[0m 漢x'; exit 7")
    #expect(terminal.waitForExit() == .exited(7))
    #expect(terminal.screen[0] == "one")
    #expect(terminal.screen[1] == "two 漢x")
    let cell = terminal.cell(x: 0, y: 1)
    #expect(cell.text == "t" && cell.isBold && cell.isReversed && cell.foreground == 214)
    #expect(cell.background == nil && terminal.cell(x: 0, y: 0).foreground == nil)
    #expect(terminal.cell(x: 4, y: 1).columns == 2)
    #expect(terminal.cursor == (7, 1))
    #expect(terminal.output.starts(with: Array("one\r\n".utf8)))
  }

  @Test("gives the program keys, a controlling terminal and default signal handlers")
  func keys() throws {
    let terminal = try shell(
      "trap 'echo caught' INT; tty; until read line; do :; done; echo \"got $line\" >/dev/tty")
    #expect(terminal.waitUntil { $0.contains(terminal.path) })
    terminal.send(.control("c"))
    #expect(terminal.waitUntil { $0.contains("caught") })
    terminal.send(.text("héllo"), .enter)
    #expect(terminal.waitForExit() != nil)
    #expect(terminal.contains("got héllo"))
  }

  @Test("notifies the program of a new window size")
  func resize() throws {
    let terminal = try shell(
      "trap 'stty size' WINCH; stty size; while read line; do :; done; exit 0")
    #expect(terminal.waitUntil { $0.contains("6 40") })
    terminal.resize(columns: 51, rows: 9)
    #expect(terminal.waitUntil { $0.contains("9 51") })
    #expect(terminal.screen.count == 9)
  }

  @Test("shows whether a program restored the terminal's modes")
  func modes() throws {
    let terminal = try shell("stty raw -echo; echo ready; read line; stty sane")
    #expect(terminal.waitUntil { $0.contains("ready") })
    #expect(!terminal.modes.echoes && !terminal.modes.isCanonical)
    #expect(terminal.modes != terminal.modesBefore)
    terminal.terminate(9)
    #expect(terminal.waitForExit() == .signalled(9))
    #expect(!terminal.modes.echoes)
    #expect(terminal.modesBefore.echoes && terminal.modesBefore.isCanonical)
  }

  @Test("tracks the alternate screen, the cursor's visibility and mouse reports")
  func properties() throws {
    let terminal = try shell(
      "printf '\\033[?1049h\\033[?25l\\033[?1002h.'; read l; printf '\\033[?1049l\\033[?25h'")
    #expect(terminal.waitUntil { $0.isInAlternateScreen && !$0.isCursorVisible && $0.wantsMouse })
    terminal.send(.enter)
    #expect(terminal.waitForExit() == .exited(0))
    #expect(!terminal.isInAlternateScreen && terminal.isCursorVisible)
  }

  @Test("hangs up and so ends the program")
  func hangUp() throws {
    let terminal = try TestTerminal(path: "/bin/cat")
    terminal.hangUp()
    #expect(terminal.waitForExit() == .signalled(1))
  }

  @Test("stops waiting when the program ends or the time expires")
  func givesUp() throws {
    let ended = try shell("exit 0")
    #expect(!ended.waitUntil { $0.contains("never") })
    let silent = try TestTerminal(path: "/bin/cat")
    #expect(!silent.waitUntil(.milliseconds(20)) { $0.contains("never") })
    #expect(silent.exitStatus == nil)
  }

  @Test("throws if the program cannot start")
  func missing() {
    #expect(throws: PtyError.self) { try TestTerminal(path: "/nonexistent/program") }
  }

  @Test("handles a large output")
  func flood() throws {
    let terminal = try shell("i=0; while [ $i -lt 3000 ]; do echo line $i; i=$((i+1)); done")
    #expect(terminal.waitForExit() == .exited(0))
    #expect(terminal.contains("line 2999"))
  }
}
