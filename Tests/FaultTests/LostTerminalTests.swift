import Glibc
import Pty
import TestFaults
import TestTerminal
import Testing

@Suite("A terminal that is lost", .faultMatrix)
struct LostTerminalTests {
  /// Closes the terminal and expects the end of the tutor.
  private func expectEndAfterHangUp(_ terminal: TestTerminal) {
    let pid = terminal.pid
    let children = Kernel.children(of: pid)
    let start = ContinuousClock.now
    terminal.hangUp()
    #expect(Kernel.waitForEnd(of: pid))
    #expect(.now - start < .seconds(2.5))
    for child in children { #expect(Kernel.waitForEnd(of: child)) }
  }

  @Test(
    "Rows 33 and 34: The tutor ends with its terminal, even if SIGHUP is ignored",
    arguments: ["", "trap '' HUP; "])
  func closed(trap: String) throws {
    for isRunning in [false, true] {
      let terminal = try openShell("\(trap)exec $lockstep 8")
      try #require(terminal.waitForTutor())
      if isRunning {
        terminal.send(.text("r"))
        try #require(terminal.waitUntil { !Kernel.children(of: $0.pid).isEmpty })
      }
      expectEndAfterHangUp(terminal)
    }
  }

  @Test("Row 44: The tutor ends when its terminal multiplexer closes the pane", .needs(.tmux))
  func pane() throws {
    let folder = try TemporaryFolder()
    let program = try Program.path
    func tmux(_ words: String...) throws -> Program {
      try Program(
        path: try Tool.tmux.foundPath, ["-S", folder("socket"), "-f", "/dev/null"] + words,
        environment: ["PATH=/usr/bin:/bin", "HOME=\(folder.path)", "LC_ALL=C.UTF-8"])
    }
    let started = try tmux(
      "new-session", "-d", "-x", "100", "-y", "30", "-P", "-F", "#{pane_pid}", "exec \(program) 4")
    defer { _ = try? tmux("kill-server") }
    let pid = try #require(started.lines.first.flatMap { Int32($0) }, "\(started.standardError)")
    let deadline = ContinuousClock.now + TestTerminal.timeLimit
    while try !tmux("capture-pane", "-p").standardOutput.contains("? help") {
      try #require(.now < deadline)
    }
    _ = try tmux("kill-pane")
    #expect(Kernel.waitForEnd(of: pid))
  }

  /// Runs the tutor under strace, which makes calls on its terminal fail. Returns the status.
  private func trace(_ injection: String, _ body: (TestTerminal) -> Void = { _ in }) throws
    -> Pty.ExitStatus?
  {
    // strace follows only calls on this path, and `tty` prints the path.
    let terminal = try openShell(
      "exec strace -f -o /dev/null -P $(tty) -e inject=\(injection) $lockstep 4")
    body(terminal)
    let status = terminal.waitForExit()
    #expect(terminal.modes == terminal.modesBefore)
    return status
  }

  @Test("Row 35: The tutor ends when it cannot write to its terminal", .needs(.strace))
  func writeError() throws {
    #expect(try trace("write:error=EIO:when=4+") == .signalled(SIGHUP))
    let later = try trace("write:error=EIO:when=12+") { terminal in
      guard terminal.waitForTutor() else { return }
      for _ in 0..<12 { terminal.send(.text("?"), .escape) }
    }
    #expect(later == .signalled(SIGHUP))
  }

  @Test(
    "Row 36: The tutor ends when reading its terminal fails or ends", .needs(.strace),
    arguments: ["error=EIO", "error=ENXIO", "retval=0"])
  func readError(injection: String) throws {
    let status = try trace("read:\(injection)") { terminal in
      guard terminal.waitForTutor() else { return }
      terminal.send(.text("?"))
    }
    #expect(status == .signalled(SIGHUP))
  }

  @Test(
    "Row 36: A read that is interrupted is tried again", .needs(.strace),
    arguments: ["EINTR", "EAGAIN"])
  func readAgain(error: String) throws {
    let status = try trace("read:error=\(error):when=1..5") { terminal in
      guard terminal.waitForTutor() else { return }
      terminal.send(.text("?"))
      #expect(terminal.waitUntil { $0.contains("Help") })
      terminal.send(.escape)
      #expect(terminal.waitUntil { !$0.contains("Help") })
      terminal.send(.text("q"))
    }
    #expect(status == .exited(0))
  }

  /// Starts the tutor in a process group without a parent in the session, so that the kernel does
  /// not stop it in the background, and takes the terminal for another group on SIGUSR1.
  private static let takingTheTerminal = #"""
    import os, select, signal
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    own_end, tutor_end = os.pipe()
    if os.fork() == 0:
        if os.fork() == 0:
            os.setpgid(0, 0)
            os.tcsetpgrp(0, os.getpid())
            for number in signal.SIGTTOU, signal.SIGPIPE:
                signal.signal(number, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGUSR1])
            os.write(tutor_end, b"%d" % os.getpid())
            program = os.environ["lockstep"]
            os.execv(program, [program, "4"])
        os._exit(0)
    os.wait()
    tutor = int(os.read(own_end, 20))
    ended = os.pidfd_open(tutor)
    signal.sigwait([signal.SIGUSR1])
    os.tcsetpgrp(0, os.getpgrp())
    os.write(1, b"taken")
    if not select.select([ended], [], [], 10)[0]:
        os.kill(tutor, signal.SIGKILL)
        os._exit(3)
    """#

  @Test(
    "Row 36: The tutor ends in a background group whose terminal another one reads",
    .needs(.python3))
  func background() throws {
    let terminal = try TestTerminal(
      columns: 120, rows: 40, path: try Tool.python3.foundPath,
      arguments: ["-c", Self.takingTheTerminal],
      environment: TestTerminal.environment.merging(["lockstep": Program.path]) { $1 })
    try #require(terminal.waitForTutor())
    terminal.terminate(SIGUSR1)
    #expect(terminal.waitUntil { $0.contains("taken") })
    terminal.send(.text("?"))
    #expect(terminal.waitForExit() == .exited(0))
    #expect(terminal.isRestored)
  }

  @Test("Row 45: The terminal's modes are those before the tutor, however odd")
  func oddModes() throws {
    for modes in ["raw -echo", "-echo -icanon min 0 time 5", "intr ^X -isig"] {
      let terminal = try openShell("stty \(modes); printf ready; head -c 1; exec $lockstep 4")
      try #require(terminal.waitUntil { $0.contains("ready") })
      let odd = terminal.modes
      #expect(odd != terminal.modesBefore)
      terminal.send(.text("\n"))
      try #require(terminal.waitForTutor())
      terminal.send(.text("q"))
      #expect(terminal.waitForExit() == .exited(0))
      #expect(terminal.modes == odd, "\(modes)")
    }
  }

  @Test("Row 46: stty tostop does not stop the tutor")
  func outputStop() throws {
    let terminal = try openShell("stty tostop; exec $lockstep 4")
    try #require(terminal.waitForTutor())
    terminal.send(.text("r"))
    #expect(terminal.waitUntil { $0.contains("completed") })
    terminal.send(.text("q"))
    #expect(terminal.waitForExit() == .exited(0))
    #expect(!terminal.isInAlternateScreen && terminal.modes.echoes)
  }
}
