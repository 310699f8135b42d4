import Glibc
import Pty
import TestFaults
import TestTerminal
import Testing

@Suite("Ends that the program does not choose", .faultMatrix)
struct CrashTests {
  /// Opens a lesson in which a fault happens.
  private func open(_ fault: String, at place: String) throws -> TestTerminal {
    try openTutor("4", environment: FaultShim.environment(fault, at: place))
  }

  @Test(
    "Rows 40 and 42: A fault restores the terminal, reports the crash and ends by its signal",
    .needs(.cc),
    arguments: [
      ("trap", SIGILL), ("abort", SIGABRT), ("segv", SIGSEGV), ("bus", SIGBUS), ("fpe", SIGFPE),
    ])
  func fault(name: String, signal: Int32) throws {
    for place in ["main", "lockstep:state"] {
      let terminal = try open(name, at: place)
      #expect(terminal.waitForExit() == .signalled(signal), "\(place)")
      #expect(terminal.isRestored, "\(place)")
      #expect(terminal.contains("lockstep crashed (signal"), "\(place)")
    }
  }

  @Test(
    "Row 41: A stack overflow on any thread restores the terminal", .needs(.cc),
    arguments: ["main", "lockstep:state", "lockstep:drain", "add_thread"])
  func overflow(place: String) throws {
    let terminal = try open("overflow", at: place)
    if place == "lockstep:drain" || place == "add_thread" {
      #expect(terminal.waitForTutor())
      terminal.send(.text("r"))
    }
    #expect(terminal.waitForExit() == .signalled(SIGSEGV))
    #expect(terminal.isRestored)
    #expect(terminal.contains("lockstep crashed (signal 11)"))
  }

  @Test(
    "exit() from a library restores the terminal, on any thread", .needs(.cc),
    arguments: ["exit", "thread-exit"])
  func exitCall(name: String) throws {
    let terminal = try open(name, at: "main")
    #expect(terminal.waitForExit() == .exited(7))
    #expect(terminal.isRestored)
  }

  @Test("exit() in a forked child leaves the terminal to the tutor", .needs(.cc))
  func forkedExit() throws {
    let terminal = try open("fork-exit", at: "main")
    #expect(terminal.waitForTutor())
    terminal.send(.text("?"))
    #expect(terminal.waitUntil { $0.contains("Help") })
    #expect(terminal.isInAlternateScreen && terminal.wantsMouse && !terminal.modes.echoes)
    terminal.send(.escape)
    terminal.expectQuit()
  }

  @Test("An alarm of a library does not end the tutor", .needs(.cc))
  func foreignAlarm() throws {
    let terminal = try open("alarm", at: "main")
    #expect(terminal.waitForTutor())
    terminal.terminate(SIGALRM)
    terminal.send(.text("?"))
    #expect(terminal.waitUntil { $0.contains("Help") })
    terminal.send(.escape)
    terminal.expectQuit()
  }

  @Test("Row 108: Only the first thread draws", .needs(.cc))
  func oneThreadDraws() throws {
    let terminal = try open("curses", at: "nowhere")
    #expect(terminal.waitForTutor())
    terminal.send(.text("r"))
    #expect(terminal.waitUntil { $0.contains("completed") })
    terminal.resize(columns: 90, rows: 30)
    #expect(terminal.waitUntil { $0.screen[29].contains("? help") })
    terminal.expectQuit()
  }

  @Test("Row 109: After ten crashes at the start, the next start is an ordinary one", .needs(.cc))
  func crashesAtStart() throws {
    let home = try TemporaryFolder()
    for _ in 0..<10 {
      let environment = try FaultShim.environment("abort", at: "main").merging([
        "HOME": home.path
      ]) { $1 }
      let terminal = try openTutor("4", environment: environment)
      #expect(terminal.waitForExit() == .signalled(SIGABRT))
    }
    let terminal = try openTutor(environment: ["HOME": home.path])
    #expect(terminal.waitForTutor())
    terminal.expectQuit()
    let state = home.names(in: ".local/state/lockstep").filter { $0 != ".lock" }
    #expect(state == ["progress.json"])
  }
}
