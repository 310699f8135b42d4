import Glibc
import Pty
import TestFaults
import TestTerminal
import Testing

/// A tutor on a terminal that nobody reads, blocked in a write.
struct UnreadTutor {
  let terminal: TestTerminal

  /// Opens the tutor, fills its terminal, and makes it draw.
  init(_ arguments: String...) throws {
    terminal = try openShell(
      "exec $lockstep \(arguments.joined(separator: " "))", columns: 120, rows: 40)
    try #require(terminal.waitUntil { $0.contains("? help") || $0.contains("Choices:") })
    terminal.fill()
    terminal.send(.control("l"))
  }

  /// Opens the tutor on a terminal that is full already.
  init(fullAtStart arguments: String...) throws {
    terminal = try openShell(
      "read line; exec $lockstep \(arguments.joined(separator: " "))", columns: 120, rows: 40)
    terminal.fill()
    terminal.send(.text("\n"))
    // The program has no echo from the moment when it opens its screen.
    let deadline = ContinuousClock.now + TestTerminal.timeLimit
    while terminal.modes.echoes, .now < deadline { sched_yield() }
    try #require(!terminal.modes.echoes)
  }

  /// What a busy machine may add to the 2 s is more than the 2 s themselves.
  static let limit: Duration = .seconds(10)

  /// Sends a signal and expects the end within 2 s, plus what a busy machine adds.
  func expectEnd(by signal: Int32, _ location: SourceLocation = #_sourceLocation) {
    terminal.terminate(signal)
    let status = terminal.waitForExitUnread(Self.limit)
    #expect(status == .signalled(signal), sourceLocation: location)
    #expect(terminal.modes == terminal.modesBefore, sourceLocation: location)
    // What the terminal shows when somebody reads it at last.
    _ = terminal.waitForExit()
    #expect(terminal.isRestored, sourceLocation: location)
  }
}

@Suite("A terminal that nobody reads", .faultMatrix)
struct UnreadTerminalTests {
  @Test(
    "Row 37: A signal ends the tutor within 2 s",
    arguments: [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGSEGV])
  func drawing(signal: Int32) throws {
    try UnreadTutor("4").expectEnd(by: signal)
  }

  @Test(
    "Row 37: A signal ends a tutor whose terminal was full at the start within 2 s",
    arguments: [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGXCPU])
  func starting(signal: Int32) throws {
    try UnreadTutor(fullAtStart: "4").expectEnd(by: signal)
  }

  @Test("Row 37: The workers of a run end with the tutor")
  func workers() throws {
    let terminal = try openTutor("8")
    try #require(terminal.waitForTutor())
    terminal.send(.text("r"))
    var children: [Int32] = []
    try #require(
      terminal.waitUntil { _ in
        children = Kernel.children(of: terminal.pid)
        return !children.isEmpty
      })
    terminal.fill()
    terminal.send(.control("l"))
    terminal.terminate(SIGTERM)
    #expect(terminal.waitForExitUnread(UnreadTutor.limit) == .signalled(SIGTERM))
    for child in children { #expect(Kernel.waitForEnd(of: child)) }
  }

  @Test(
    "Row 37: The plain tutor and a headless run end within 2 s",
    arguments: [
      ("4 --plain", SIGTERM), ("4 --plain", SIGINT), ("4 --plain < /dev/null", SIGTERM),
      ("run factorial first=5000 last=6000", SIGINT),
      ("run factorial first=5000 last=6000", SIGTERM),
    ])
  func plain(words: String, signal: Int32) throws {
    let terminal = try openShell("read line; exec $lockstep \(words)")
    terminal.fill()
    terminal.send(.text("\n"))
    // The program is there when the shell has become it.
    let deadline = ContinuousClock.now + TestTerminal.timeLimit
    while .now < deadline,
      Kernel.text(of: "/proc/\(terminal.pid)/comm") != "lockstep:main\n"
        || Kernel.state(ofThread: terminal.pid, in: terminal.pid) != "S"
    {
      sched_yield()
    }
    // Ctrl-C stops a run first, and the second one ends the plain tutor.
    terminal.terminate(signal)
    #expect(terminal.waitForExitUnread(UnreadTutor.limit) == .signalled(signal))
    #expect(terminal.modes == terminal.modesBefore)
  }
}
