import Glibc
import Pty
import TestFaults
import TestTerminal
import Testing

@Suite("Streams that are no terminal, or fail", .faultMatrix)
struct StreamTests {
  /// Commands that print to standard output.
  private static let commands = [
    "list", "list --json", "help", "man", "check --hints", "doctor", "progress", "completions bash",
    "run factorial last=5", "run factorial last=5 --format ndjson", "4 --plain",
  ]

  @Test("Row 19: Without a terminal, no command sends an escape")
  func noTerminal() throws {
    for command in Self.commands + ["", "4", "open README.md"] {
      let run = try Program.bash(
        "cd \(FaultTable.testsFolder)/..; lockstep \(command) < /dev/null | cat")
      #expect(!run.standardOutput.isEmpty, "\(command)")
      #expect(!run.standardOutput.utf8.contains(0x1B), "\(command)")
      #expect(!run.standardError.utf8.contains(0x1B), "\(command)")
    }
  }

  @Test("Row 20: With one of the two streams elsewhere, there is no full screen")
  func oneStream() throws {
    let input = try openShell("cd; $lockstep 7/2 < /dev/null; echo status $?")
    #expect(input.waitUntil { $0.contains("status 0") })
    #expect(!input.output.contains(0x1B))
    let output = try openShell("cd; $lockstep 7/2 > out; echo status $?; head -c 300 out")
    output.send(.text("q\r"))
    #expect(output.waitUntil { $0.contains("status 0") && $0.contains("Step 2") })
    #expect(!output.output.contains(0x1B))
  }

  @Test("Row 21: Closed streams do no harm, and no file gets their numbers", .needs(.strace))
  func closedStreams() throws {
    for closed in ["<&-", ">&-", "2>&-", "<&- 2>&-", "<&- >&- 2>&-"] {
      let folder = try TemporaryFolder()
      let run = try Program.bash(
        """
        cd \(folder.path)
        strace -f -o log -e trace=openat lockstep run factorial last=3 -o rec \(closed)
        echo status $?
        """)
      #expect(
        run.lines.last
          == (closed.contains(" >&-") || closed.hasPrefix(">") ? "status 1" : "status 0"))
      let opened = String(decoding: contents(of: folder("log")) ?? [], as: UTF8.self)
        .split(separator: "\n")
      #expect(!opened.contains { $0.contains(/\/rec".* = [012]$/) }, "\(closed)")
    }
  }

  @Test("Rows 22 and 23: A reader that ends early ends the program quietly")
  func brokenPipe() throws {
    for command in Self.commands {
      for trap in ["", "trap '' PIPE; "] {
        let run = try Program.bash(
          """
          exec 3>&1
          { \(trap)timeout 20 lockstep \(command) < /dev/null 3>&-; echo $? >&3; } | head -c 1 > /dev/null
          """)
        // Short output may be written before the reader ends.
        #expect(["0", "141"].contains(run.lines.last), "\(trap)\(command)")
        #expect(!run.standardError.contains("lockstep:"), "\(trap)\(command): \(run.standardError)")
      }
    }
  }

  @Test("Row 24: Output that cannot be written is reported with status 1")
  func fullDevice() throws {
    for command in Self.commands {
      let run = try Program.bash("lockstep \(command) < /dev/null > /dev/full")
      #expect(run.status == 1, "\(command)")
      #expect(run.standardError.contains("could not be written"), "\(command)")
    }
  }

  @Test("Row 25: Keys from a file are lines of the plain tutor, and their end ends it")
  func keysFromFile() throws {
    let keys = "?\nn\n\u{1B}[A\nrun last=3\n"
    let terminal = try openShell(
      "cd; printf '\(keys)' > keys; $lockstep 7 < keys; echo status $?")
    #expect(terminal.waitUntil { $0.contains("status 0") })
  }

  @Test("Row 38: On a slow terminal, keys work and memory stays flat")
  func slowTerminal() throws {
    let terminal = try openTutor("4", columns: 80, rows: 24)
    try #require(terminal.waitForTutor())
    _ = terminal.settledScreen()
    let before = try #require(Kernel.peakMemory(of: terminal.pid))
    terminal.bytesPerSecond = 3000
    terminal.send(.text("r"))
    // The run ends long before the terminal has shown half of its events.
    #expect(terminal.waitUntil { $0.contains("completed") })
    #expect(try #require(Kernel.peakMemory(of: terminal.pid)) < before + 50_000_000)
    terminal.send(.text("?"))
    #expect(terminal.waitUntil { $0.contains("Help") })
    terminal.bytesPerSecond = nil
    terminal.send(.escape)
    terminal.expectQuit()
  }
}
