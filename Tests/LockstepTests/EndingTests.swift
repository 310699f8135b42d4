import Glibc
import TestFaults
import TestTerminal
import Testing

@Suite("Ending the tutor", .faultMatrix)
struct EndingTests {
  /// The tutor with five workers that compute, and the process IDs of the workers.
  private func tutorWithWorkers() throws -> (TestTerminal, [Int32]) {
    let terminal = try openTutor("8")
    try #require(terminal.waitUntil { $0.contains("? help") })
    // The form sets so much work that the workers still compute at the end.
    terminal.send(.text("p"))
    try #require(terminal.waitUntil { $0.contains("Parameters of pool-sizing") })
    terminal.send(.down, .down)
    for _ in 0..<8 { terminal.send(.backspace) }
    terminal.send(.text("5s"), .enter)
    try #require(terminal.waitUntil { $0.contains("task.start") || $0.contains("worker-1") })
    var children: [Int32] = []
    try #require(
      terminal.waitUntil { _ in
        children = Kernel.children(of: terminal.pid)
        return !children.isEmpty
      })
    return (terminal, children)
  }

  @Test(
    "Rows 26, 27, 28, 29 and 42: A signal ends the tutor, restores the terminal and leaves no child",
    arguments: [SIGTERM, SIGHUP, SIGQUIT, SIGINT, SIGSEGV, SIGABRT])
  func signalled(signal: Int32) throws {
    let (terminal, children) = try tutorWithWorkers()
    terminal.terminate(signal)
    #expect(terminal.waitForExit() == .signalled(signal))
    #expect(!terminal.isInAlternateScreen && terminal.isCursorVisible && !terminal.wantsMouse)
    #expect(terminal.modes == terminal.modesBefore)
    for child in children { #expect(Kernel.waitForEnd(of: child)) }
  }

  @Test("q during a run leaves no child")
  func quit() throws {
    let (terminal, children) = try tutorWithWorkers()
    terminal.send(.text("q"))
    #expect(terminal.waitForExit() == .exited(0))
    #expect(!terminal.isInAlternateScreen && terminal.modes == terminal.modesBefore)
    for child in children { #expect(Kernel.waitForEnd(of: child)) }
  }

  @Test("Row 43: kill -9 leaves no child")
  func killed() throws {
    let (terminal, children) = try tutorWithWorkers()
    terminal.terminate(SIGKILL)
    #expect(terminal.waitForExit() == .signalled(SIGKILL))
    for child in children { #expect(Kernel.waitForEnd(of: child)) }
  }

  @Test("Row 33: Closing the window leaves no process")
  func hangUp() throws {
    let (terminal, children) = try tutorWithWorkers()
    let pid = terminal.pid
    terminal.hangUp()
    #expect(Kernel.waitForEnd(of: pid))
    for child in children { #expect(Kernel.waitForEnd(of: child)) }
  }

  @Test("Ctrl-Z returns to the shell, and fg returns to the tutor")
  func suspend() throws {
    let shell = try TestTerminal(
      columns: 120, rows: 40, path: "/bin/bash", arguments: ["--norc", "--noprofile", "-i"],
      environment: TestTerminal.environment.merging(["PS1": "ready> "]) { $1 })
    #expect(shell.waitUntil { $0.contains("ready>") })
    let command = try Program.path + " 4"
    shell.send(.text(command), .enter)
    #expect(shell.waitUntil { $0.contains("? help") && $0.isInAlternateScreen })
    shell.send(.control("z"))
    #expect(shell.waitUntil { $0.contains("Stopped") && !$0.isInAlternateScreen })
    shell.send(.text("fg"), .enter)
    #expect(shell.waitUntil { $0.contains("? help") && $0.isInAlternateScreen })
    shell.send(.text("q"))
    #expect(shell.waitUntil { !$0.isInAlternateScreen })
    shell.send(.text("exit"), .enter)
    #expect(shell.waitForExit() == .exited(0))
  }
}
