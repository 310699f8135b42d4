import Glibc
import TestFaults
import TestTerminal
import Testing

@Suite("Cut input on a terminal", .faultMatrix)
struct CutKeysOnTerminalTests {
  private func open() throws -> TestTerminal {
    let terminal = try openTutor("4")
    #expect(terminal.waitUntil { $0.contains("? help") })
    return terminal
  }

  private func leave(_ terminal: TestTerminal) {
    terminal.send(.text("q"))
    #expect(terminal.waitForExit() == .exited(0))
  }

  private func pieces(_ texts: String...) -> [[UInt8]] { texts.map { Array($0.utf8) } }

  @Test("A cut end of a paste does not lock the keyboard")
  func cutPasteEnd() throws {
    let terminal = try open()
    #expect(terminal.send(pieces: pieces("\u{1B}[200~ab\u{1B}[20", "1~", "?")))
    #expect(terminal.waitUntil { $0.contains("Help") })
    terminal.send(.escape)
    #expect(terminal.waitUntil { !$0.contains("Help") })
    leave(terminal)
  }

  @Test("A paste without an end does not lock the keyboard")
  func lostPasteEnd() throws {
    let terminal = try open()
    terminal.send(.text("/"))
    #expect(terminal.send(pieces: pieces("\u{1B}[200~lock")))
    #expect(terminal.waitUntil { $0.contains("/lock") })
    terminal.send(.escape)
    #expect(terminal.waitUntil { !$0.contains("/lock") })
    terminal.send(.text("?"))
    #expect(terminal.waitUntil { $0.contains("Help") })
    terminal.send(.control("c"))
    #expect(terminal.waitForExit() != nil)
  }

  @Test("Row 103: A pasted text runs no command, however it is cut")
  func pastedQuit() throws {
    let terminal = try open()
    terminal.send(.text("/"))
    let text = "\u{1B}[200~q\rr\u{1B}[201~"
    #expect(terminal.send(pieces: text.utf8.map { [$0] }))
    #expect(terminal.waitUntil { $0.contains("/q") })
    terminal.send(.escape)
    #expect(terminal.waitUntil { !$0.contains("/q") })
    #expect(terminal.send(pieces: text.utf8.map { [$0] } + pieces("?")))
    #expect(terminal.waitUntil { $0.contains("Help") })
    #expect(!terminal.contains("list.append"))
    terminal.send(.escape)
    leave(terminal)
  }

  @Test("Row 18: A cut answer of the terminal starts nothing")
  func cutAnswer() throws {
    let terminal = try open()
    #expect(terminal.send(pieces: pieces("\u{1B}]11;rgb:1f", "1f/2020/2020\u{1B}", "\\", "?")))
    #expect(terminal.waitUntil { $0.contains("Help") })
    terminal.send(.escape)
    #expect(terminal.waitUntil { !$0.contains("Help") && !$0.contains("running") })
    leave(terminal)
  }

  @Test("Row 104: A character may come byte by byte")
  func cutCharacter() throws {
    let terminal = try open()
    terminal.send(.text("/"))
    #expect(terminal.send(pieces: "漢字".utf8.map { [$0] }))
    #expect(terminal.waitUntil { $0.contains("/漢字") })
    terminal.send(.escape)
    leave(terminal)
  }

  @Test("Esc alone closes a layer, without another key")
  func escape() throws {
    let terminal = try open()
    terminal.send(.text("?"))
    #expect(terminal.waitUntil { $0.contains("Help") })
    terminal.send(.escape)
    #expect(terminal.waitUntil { !$0.contains("Help") })
    leave(terminal)
  }

  @Test("The screen follows a resize, whatever LINES and COLUMNS say")
  func staleSize() throws {
    let terminal = try openTutor(
      "4", columns: 100, rows: 30, environment: ["COLUMNS": "200", "LINES": "60"])
    func isFooterLast(_ terminal: TestTerminal, _ rows: Int) -> Bool {
      terminal.screen.count == rows && terminal.screen[rows - 1].contains("? help")
    }
    #expect(terminal.waitUntil { isFooterLast($0, 30) })
    for (columns, rows) in [(90, 28), (130, 45), (60, 20)] {
      terminal.resize(columns: columns, rows: rows)
      #expect(terminal.waitUntil { isFooterLast($0, rows) }, "\(columns)×\(rows)")
    }
    leave(terminal)
  }

  @Test("LINES and COLUMNS make the screen smaller, and it follows a resize below that")
  func smallerSize() throws {
    let terminal = try openTutor(
      "4", columns: 120, rows: 40, environment: ["COLUMNS": "90", "LINES": "30"])
    #expect(
      terminal.waitUntil {
        $0.screen[29].contains("? help") && $0.screen.allSatisfy { $0.count <= 90 }
      })
    #expect(!terminal.screen[30...].contains { !$0.isEmpty })
    terminal.resize(columns: 80, rows: 24)
    #expect(terminal.waitUntil { $0.screen[23].contains("? help") })
    leave(terminal)
  }
}
