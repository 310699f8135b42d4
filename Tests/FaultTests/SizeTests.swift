import Glibc
import Pty
import TestFaults
import TestNumbers
import TestTerminal
import Testing

@Suite("Sizes of the terminal", .faultMatrix)
struct SizeTests {
  @Test(
    "Rows 1 and 3: A terminal that is too small gets one clipped text, and q quits",
    arguments: [(1, 1), (500, 1), (1, 200), (2, 2), (3, 3)])
  func tiny(columns: Int, rows: Int) throws {
    let terminal = try openTutor("4", columns: columns, rows: rows)
    #expect(terminal.waitUntil { !$0.isCursorVisible && $0.screen.contains { !$0.isEmpty } })
    terminal.resize(columns: 80, rows: 24)
    #expect(terminal.waitForTutor())
    terminal.resize(columns: columns, rows: rows)
    terminal.expectQuit()
  }

  @Test("Row 2: A terminal without a size has that of its type")
  func noSize() throws {
    let terminal = try openShell(
      "stty rows 0 cols 0; exec $lockstep 4", columns: 80, rows: 24)
    #expect(terminal.waitUntil { $0.screen[23].contains("? help") })
    terminal.expectQuit()
  }

  @Test("Row 4: A large terminal is drawn in few bytes")
  func large() throws {
    let terminal = try openTutor("4", columns: 500, rows: 200)
    #expect(terminal.waitUntil { $0.screen[199].contains("? help") })
    // Three full frames of one byte for each cell.
    #expect(terminal.output.count < 3 * 500 * 200)
    terminal.expectQuit()
  }

  @Test("Row 5: A huge terminal needs little memory")
  func huge() throws {
    let terminal = try openTutor("4", columns: 1000, rows: 1000)
    #expect(terminal.waitForTutor())
    #expect(try #require(Kernel.peakMemory(of: terminal.pid)) < 200_000_000)
    terminal.expectQuit()
  }

  @Test("Row 6: Impossible sizes do not crash the tutor")
  func impossible() throws {
    // The emulator has an ordinary size. The program draws less than it was told to.
    let terminal = try openShell("stty rows 65535 cols 65535; exec $lockstep 4")
    #expect(terminal.waitUntil { $0.isInAlternateScreen && !$0.isCursorVisible })
    terminal.expectQuit()
    for (lines, columns) in [("999999", "999999"), ("65535", "65535"), ("-5", "abc"), ("", "0")] {
      let terminal = try openTutor("4", environment: ["LINES": lines, "COLUMNS": columns])
      #expect(terminal.waitUntil { $0.screen[39].contains("? help") })
      terminal.expectQuit()
    }
  }

  @Test("Row 7: LINES and COLUMNS that are no sizes are ignored")
  func invalidVariables() throws {
    for (lines, columns) in [
      ("-5", "abc"), ("0", "-1"), ("1e3", " 80"), ("99999999999999999999", "x"),
    ] {
      let terminal = try openTutor(
        "4", columns: 80, rows: 24, environment: ["LINES": lines, "COLUMNS": columns])
      #expect(terminal.waitUntil { $0.screen[23].contains("? help") })
      terminal.expectQuit()
    }
  }

  @Test("Row 8: After a storm of 2,000 resizes, the screen is that of a fresh start")
  func storm() throws {
    let terminal = try openTutor("4", columns: 80, rows: 24)
    try #require(terminal.waitForTutor())
    let fresh = terminal.settledScreen()
    var random = Seeded(8)
    for _ in 0..<2000 {
      terminal.resize(
        columns: [0, 1, 2, 3, 80, 500].randomElement(using: &random) ?? 80,
        rows: [0, 1, 2, 3, 10, 24, 200].randomElement(using: &random) ?? 24)
      // Some sizes reach the screen, and others change before the program sees them.
      if Int.random(in: 0..<8, using: &random) == 0 { _ = terminal.waitUntil(.zero) { _ in false } }
    }
    terminal.resize(columns: 80, rows: 24)
    #expect(terminal.waitUntil { $0.screen == fresh })
    #expect(terminal.settledScreen() == fresh)
    // The program is idle again.
    let time = try #require(Kernel.processorTime(of: terminal.pid))
    _ = terminal.waitUntil(.milliseconds(300)) { _ in false }
    #expect(try #require(Kernel.processorTime(of: terminal.pid)) - time < .milliseconds(150))
    terminal.expectQuit()
  }

  /// The keys that open a layer, and a text that it shows.
  private static let layers: [(keys: String, text: String)] = [
    ("", "? help"), ("?", "Help"), ("L", "Lessons"), (":", "Commands"), ("p", "Parameters"),
    ("S", "Settings"), ("/lock", "/lock"),
  ]

  @Test("Row 9: A layer survives sizes that are too small for it", arguments: layers.indices)
  func layer(index: Int) throws {
    let (keys, text) = Self.layers[index]
    let terminal = try openTutor("4", columns: 80, rows: 24)
    try #require(terminal.waitForTutor())
    for key in keys { terminal.send(.text(String(key))) }
    try #require(terminal.waitUntil { $0.contains(text) })
    let before = terminal.settledScreen()
    for (columns, rows) in [(20, 5), (1, 1), (40, 12), (200, 60)] {
      terminal.resize(columns: columns, rows: rows)
      _ = terminal.settledScreen()
    }
    terminal.resize(columns: 80, rows: 24)
    #expect(terminal.waitUntil { $0.screen == before })
    terminal.terminate()
    #expect(terminal.waitForExit() == .signalled(SIGTERM))
  }

  @Test("Row 9: A live run survives sizes that are too small for it")
  func run() throws {
    let terminal = try openTutor("4", columns: 80, rows: 24)
    try #require(terminal.waitForTutor())
    terminal.send(.text("r"))
    for (columns, rows) in [(20, 5), (1, 1), (40, 12), (80, 24)] {
      terminal.resize(columns: columns, rows: rows)
    }
    #expect(terminal.waitUntil { $0.contains("completed") && $0.screen[23].contains("? help") })
    terminal.expectQuit()
  }
}
