import Glibc
import Pty
import TestFaults
import TestNumbers
import TestTerminal
import Testing

@Suite("Input to the tutor", .faultMatrix)
struct InputTests {
  /// The tutor, on a terminal of 80×24 with a lesson open. Files that keys may save go to its home.
  private func open() throws -> TestTerminal {
    let terminal = try openShell("cd; exec $lockstep 4", columns: 80, rows: 24)
    try #require(terminal.waitForTutor())
    return terminal
  }

  /// Opens and closes the help to see that the tutor takes keys.
  private func expectAlive(_ terminal: TestTerminal, _ location: SourceLocation = #_sourceLocation)
  {
    terminal.send(.escape)
    _ = terminal.settledScreen()
    terminal.send(.escape)
    _ = terminal.settledScreen()
    terminal.send(.text("?"))
    #expect(terminal.waitUntil { $0.contains("Help") }, sourceLocation: location)
    terminal.send(.escape)
    #expect(terminal.waitUntil { !$0.contains("Help") }, sourceLocation: location)
  }

  @Test("Row 102: Random bytes as keys leave the tutor alive, or end it in order")
  func randomBytes() throws {
    var random = Seeded(102)
    for round in 0..<6 {
      let terminal = try open()
      // Rounds without q and Ctrl-C last to their end.
      let isTame = round % 2 == 0
      let bytes = (0..<8000).map { _ in
        let byte = UInt8.random(in: 0...255, using: &random)
        return isTame && [0x03, 0x1A, UInt8(ascii: "q")].contains(byte) ? 0x20 : byte
      }
      for start in stride(from: 0, to: bytes.count, by: 500) {
        terminal.send(bytes: Array(bytes[start..<start + 500]))
        _ = terminal.waitUntil(.zero) { _ in false }
      }
      // It quits by some of the keys, or takes all of them and lives.
      _ = terminal.settledScreen()
      terminal.terminate()
      let status = try #require(terminal.waitForExit(), "round \(round)")
      #expect(
        [.exited(0), .signalled(SIGINT), .signalled(SIGTERM)].contains(status),
        "round \(round): \(status)")
      #expect(terminal.isRestored, "round \(round)")
    }
  }

  @Test("Row 103: A paste of 10 MB is text, and no command")
  func hugePaste() throws {
    let terminal = try open()
    terminal.send(.text("/"))
    #expect(terminal.waitUntil { $0.contains("/find") })
    let line = Array("quit\rq r \u{1B}[31m q\r".utf8)
    var paste = Array("\u{1B}[200~start".utf8)
    while paste.count < 10_000_000 { paste += line }
    paste += Array("\u{1B}[201~".utf8)
    for start in stride(from: 0, to: paste.count, by: 65_536) {
      terminal.send(bytes: Array(paste[start..<min(paste.count, start + 65_536)]))
      _ = terminal.waitUntil(.zero) { _ in false }
    }
    #expect(terminal.waitUntil { $0.contains("start") })
    #expect(try #require(Kernel.peakMemory(of: terminal.pid)) < 300_000_000)
    expectAlive(terminal)
    #expect(!terminal.contains("A add_thread"))
    terminal.expectQuit()
  }

  @Test("Row 103: What follows an end marker inside a paste runs no command")
  func endInsidePaste() throws {
    let terminal = try open()
    terminal.send(.text("/"))
    #expect(terminal.waitUntil { $0.contains("/find") })
    // A terminal that lets the marker through pastes this text.
    terminal.send(.paste("a\u{1B}[201~r"))
    #expect(terminal.waitUntil { $0.contains("/ar") })
    expectAlive(terminal)
    #expect(!terminal.contains("A add_thread"))
    terminal.expectQuit()
  }

  @Test("Row 104: Keys that arrive byte by byte are whole keys, and unknown ones are ignored")
  func byteByByte() throws {
    let terminal = try open()
    let sequences = [
      "\u{1B}OB", "\u{1B}[6~", "\u{1B}[5~", "\u{1B}[1;5C", "\u{1B}[97;5u", "\u{1B}[27;5;113~",
      "\u{1B}[113;5u", "é", "漢", "👍",
    ]
    for sequence in sequences {
      #expect(terminal.send(pieces: sequence.utf8.map { [$0] }), "\(sequence.debugDescription)")
    }
    expectAlive(terminal)
    terminal.expectQuit()
  }

  @Test("Row 105: Mouse reports outside the screen are ignored, and the mouse is off at the end")
  func mouse() throws {
    let terminal = try open()
    #expect(terminal.wantsMouse)
    let reports = [
      "\u{1B}[<0;9999;9999M", "\u{1B}[<0;0;0M", "\u{1B}[<0;-5;-7M", "\u{1B}[<64;1;99999M",
      "\u{1B}[<32;500;3M", "\u{1B}[<99999999999999999999;1;1M", "\u{1B}[<0;1;1m", "\u{1B}[<;;M",
      "\u{1B}[M !!", "\u{1B}[M\u{20}\u{FF}\u{FF}", "\u{1B}[M#\u{7F}\u{7F}", "\u{1B}[<35;80;24M",
    ]
    for report in reports { terminal.send(bytes: report.unicodeScalars.map { UInt8($0.value) }) }
    expectAlive(terminal)
    terminal.expectQuit()
    #expect(String(decoding: terminal.output, as: UTF8.self).contains("\u{1B}[?1000l"))
  }
}
