import Glibc
import Pty
import TestFaults
import TestNumbers
import TestTerminal
import Testing

@Suite("Signals to the tutor", .faultMatrix)
struct SignalTests {
  /// Signals that end the tutor. All others leave it alive.
  private static let ending: [Int32] = {
    let named = [
      SIGHUP, SIGINT, SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGPIPE, SIGTERM,
      SIGSTKFLT, SIGXCPU, SIGVTALRM, SIGPROF, SIGIO, SIGPWR, SIGSYS,
    ]
    return named + (34...64)
  }()

  private static let harmless: [Int32] = [
    SIGUSR1, SIGUSR2, SIGALRM, SIGCHLD, SIGCONT, SIGURG, SIGWINCH, SIGXFSZ, 32, 33,
  ]

  @Test("Row 32: Each signal that ends the tutor restores the terminal first", arguments: ending)
  func ends(signal: Int32) throws {
    let terminal = try openTutor("4", columns: 80, rows: 24)
    try #require(terminal.waitForTutor())
    terminal.terminate(signal)
    #expect(terminal.waitForExit() == .signalled(signal))
    #expect(terminal.isRestored)
  }

  @Test("Row 32: Other signals do no harm, however many arrive")
  func flood() throws {
    let terminal = try openTutor("4")
    try #require(terminal.waitForTutor())
    for _ in 0..<1000 {
      for signal in Self.harmless { terminal.terminate(signal) }
    }
    terminal.send(.text("?"))
    #expect(terminal.waitUntil { $0.contains("Help") })
    terminal.send(.escape)
    #expect(terminal.waitUntil { !$0.contains("Help") })
    terminal.expectQuit()
  }

  @Test("Row 26: SIGTERM at any moment restores the terminal and leaves no child")
  func terminatedAtAnyMoment() throws {
    var random = Seeded(26)
    for round in 0..<24 {
      let terminal = try openTutor("8", columns: 80, rows: 24)
      // From before the first byte to the middle of a run of processes.
      let moment = Int.random(in: 0...3, using: &random)
      if moment > 0 { try #require(terminal.waitForTutor()) }
      if moment > 1 { terminal.send(.text("r")) }
      let size =
        terminal.output.count + Int.random(in: 0...(moment == 3 ? 20_000 : 2000), using: &random)
      _ = terminal.waitUntil(.milliseconds(300)) { $0.output.count >= size }
      let children = Kernel.children(of: terminal.pid)
      terminal.terminate(SIGTERM)
      #expect(terminal.waitForExit() == .signalled(SIGTERM), "round \(round)")
      #expect(terminal.isRestored, "round \(round), moment \(moment)")
      for child in children { #expect(Kernel.waitForEnd(of: child)) }
    }
  }

  @Test("Workers inherit no disposition and no blocked signal from the tutor")
  func workers() throws {
    let terminal = try openTutor("8", columns: 80, rows: 24)
    try #require(terminal.waitForTutor())
    terminal.send(.text("r"))
    var status = ""
    // A worker ignores what the terminal sends to the group, and libc ignores its own signals.
    let ignored = [SIGHUP, SIGINT, SIGQUIT, 32, 33].reduce(UInt64(0)) { $0 | 1 << UInt64($1 - 1) }
    func mask(_ name: String) -> UInt64? {
      status.split(separator: "\n").first { $0.hasPrefix(name) }
        .flatMap { UInt64($0.dropFirst(name.count).drop { $0.isWhitespace }, radix: 16) }
    }
    try #require(
      terminal.waitUntil { terminal in
        let child = Kernel.children(of: terminal.pid).first
        status = child.flatMap { Kernel.text(of: "/proc/\($0)/status") } ?? ""
        // The program has replaced the copy of the tutor once it ignores Ctrl-C.
        return status.hasPrefix("Name:\tworker") && (mask("SigIgn:") ?? 0) & 2 != 0
      })
    #expect(mask("SigIgn:").map { $0 & ~ignored } == 0)
    #expect(mask("SigBlk:") == 0)
    terminal.expectQuit()
  }

  @Test("Row 31: After SIGSTOP and SIGCONT, the screen is drawn again")
  func stoppedAndContinued() throws {
    let terminal = try openTutor("4")
    try #require(terminal.waitForTutor())
    for _ in 0..<5 {
      terminal.terminate(SIGSTOP)
      try #require(
        terminal.waitUntil { _ in Kernel.state(ofThread: terminal.pid, in: terminal.pid) == "T" })
      terminal.send(.text("?"))
      let before = terminal.output.count
      terminal.terminate(SIGCONT)
      #expect(terminal.waitUntil { $0.output.count > before + 2000 && $0.contains("Help") })
      terminal.send(.escape)
      #expect(terminal.waitUntil { !$0.contains("Help") })
    }
    terminal.expectQuit()
  }

  /// An interactive shell, because a session leader cannot be stopped by Ctrl-Z.
  private func openInteractiveShell() throws -> TestTerminal {
    let terminal = try TestTerminal(
      columns: 120, rows: 40, path: "/bin/bash", arguments: ["--norc", "--noprofile", "-i"],
      environment: TestTerminal.environment.merging(["PS1": "ready> "]) { $1 })
    try #require(terminal.waitUntil { $0.contains("ready>") })
    return terminal
  }

  @Test("Row 30: Ctrl-Z and fg, again and again, with a new size in between")
  func suspendedAndResized() throws {
    let shell = try openInteractiveShell()
    shell.send(.text(try Program.path + " 4"), .enter)
    #expect(shell.waitUntil { $0.contains("? help") && $0.isInAlternateScreen })
    var random = Seeded(30)
    for round in 0..<10 {
      shell.send(.control("z"))
      #expect(
        shell.waitUntil { $0.contains("Stopped") && !$0.isInAlternateScreen },
        "round \(round)")
      let rows = Int.random(in: 15...50, using: &random)
      shell.resize(columns: Int.random(in: 50...150, using: &random), rows: rows)
      shell.send(.text("clear"), .enter)
      shell.send(.text("fg"), .enter)
      #expect(
        shell.waitUntil { $0.isInAlternateScreen && $0.screen[rows - 1].contains("? help") },
        "round \(round)")
    }
    shell.send(.text("q"))
    #expect(shell.waitUntil { !$0.isInAlternateScreen })
    shell.send(.text("exit"), .enter)
    #expect(shell.waitForExit() == .exited(0))
  }

  @Test("Row 30: A stopped tutor can be ended from the shell", arguments: 1...20)
  func killedWhileStopped(round: Int) throws {
    // Which thread of the tutor takes the signal is up to the system, so there are several rounds.
    let shell = try openInteractiveShell()
    shell.send(.text(try Program.path + " 4"), .enter)
    #expect(shell.waitUntil { $0.contains("? help") && $0.isInAlternateScreen })
    shell.send(.control("z"))
    #expect(shell.waitUntil { $0.contains("Stopped") && !$0.isInAlternateScreen })
    shell.send(.text("kill %1; wait; echo end''ed"), .enter)
    #expect(shell.waitUntil { $0.contains("ended") && !$0.isInAlternateScreen })
    shell.send(.text("clear; jobs; echo no''thing"), .enter)
    #expect(shell.waitUntil { $0.contains("nothing") && !$0.contains("Stopped") })
    shell.send(.text("exit"), .enter)
    #expect(shell.waitForExit() == .exited(0))
  }

  @Test(
    "Row 39: A second signal during the clean-up ends the tutor immediately",
    arguments: [(SIGINT, SIGTERM), (SIGTERM, SIGINT)])
  func secondSignal(first: Int32, second: Int32) throws {
    // The clean-up takes a while, because nobody reads the terminal.
    let terminal = try UnreadTutor("4").terminal
    terminal.terminate(first)
    #expect(terminal.waitForExitUnread(.milliseconds(50)) == nil)
    terminal.terminate(second)
    // The clean-up would have ended by the first signal.
    #expect(terminal.waitForExitUnread(TestTerminal.timeLimit) == .signalled(second))
    _ = terminal.waitForExit()
    #expect(terminal.isRestored)
  }
}
