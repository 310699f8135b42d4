import Glibc
import TestTerminal
import Testing

@Suite("Plain tutor through pipes")
struct PlainProgramTests {
  private static let utf8 = ["PATH=/usr/bin:/bin", "LANG=C.UTF-8"]

  /// Whether a text contains only readable characters and newlines.
  private static func isPlain(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      scalar == "\n" || scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value)
    }
  }

  @Test("A script reads and runs a whole lesson, changes parameters and leaves")
  func wholeLesson() throws {
    var typed = ""
    for step in 1...9 {
      let counts = [7, 8].contains(step)
      // The runs are shortened, so that all of them together take only a moment.
      for run in 1...2 {
        typed += "run \(run)\nparameters \(run)\n"
        typed +=
          counts ? "increments=10 runs=2\n" : "items=3 add-delay=1ms remove-delay=2ms pause=0\n"
        typed += "run\n"
      }
      typed += counts ? "runs=0\n" : "items=0\n"
      typed += "state\ntimeline\nevents\nresults\nfinding\n"
      typed += step < 9 ? "next\n" : "progress\ncontents\nquit\n"
    }
    let short = typed.replacing("run 1\n", with: "").replacing("run 2\n", with: "")
    let run = try Program(["4", "--plain"], environment: Self.utf8, input: short)
    #expect(run.status == 0 && run.standardError.isEmpty)
    #expect(Self.isPlain(run.standardOutput))
    let lines = run.lines
    for step in 1...9 { #expect(lines.contains { $0.hasPrefix("Step \(step) of 9: ") }) }
    #expect(lines.count { $0.hasPrefix("Running producer-consumer") } == 14)
    #expect(lines.count { $0.hasPrefix("Running lost-update") } == 4)
    #expect(lines.count { $0.contains("The run has completed.") } == 18)
    #expect(lines.count { $0.hasPrefix("\"0\" is not a value of items, which") } == 7)
    #expect(lines.contains { $0.hasPrefix("9 of ") && $0.hasSuffix(" steps seen.") })
    #expect(lines.contains("Lesson 4: A producer and a consumer. All 9 steps seen, 9 run."))
    #expect(lines.last?.hasPrefix("9 of ") == true && lines.last?.hasSuffix("Good-bye.") == true)
  }

  @Test("A script's lines wait for runs, and the end of input waits too")
  func order() throws {
    let run = try Program(
      ["4"], environment: Self.utf8, input: "run items=2 add-delay=1ms remove-delay=2ms\n3\n1")
    let lines = run.lines
    let over = try #require(lines.firstIndex { $0.contains("The run has completed.") })
    let next = try #require(lines.firstIndex { $0.hasPrefix("Step 2 of 9") })
    let last = try #require(lines.lastIndex { $0.contains("The run has completed.") })
    #expect(over < next && next < last && lines.last?.hasPrefix("2 of ") == true)
    #expect(run.status == 0)
  }

  @Test("Without input, the tutor prints the step and ends")
  func noInput() throws {
    let run = try Program(["7/2"], environment: Self.utf8)
    #expect(run.status == 0 && run.standardError.isEmpty)
    #expect(run.lines.first == "Lesson 7: Factorials on a thread pool.")
    #expect(run.lines.dropFirst().first?.hasPrefix("Step 2 of 6") == true)
    #expect(Self.isPlain(run.standardOutput))
  }

  @Test("A piped document is printed to its end without a terminal")
  func pipedDocument() throws {
    let words = ["-w", try Program.path, "open", "-", "--plain"]
    let run = try Program(
      path: "/usr/bin/setsid", words, environment: Self.utf8, input: "# A page\n\nIts words.\n")
    #expect(run.status == 0 && run.standardError.isEmpty)
    #expect(run.lines.contains("Its words.") && run.lines.last?.hasSuffix("Good-bye.") == true)
  }

  @Test("The smallest number is handled as a wrong choice", arguments: ["run", "go", "step"])
  func smallest(word: String) throws {
    let run = try Program(
      ["--plain"], environment: Self.utf8, input: "\(word) \(Int.min)\nquit\n")
    #expect(run.status == 0 && run.lines.last?.hasSuffix("Good-bye.") == true)
  }

  @Test("A document that cannot be opened is reported once")
  func complaints() throws {
    let folder = try TemporaryFolder()
    try folder.write("# A page\n\nIts words.\n", to: "page.md")
    let run = try Program(
      ["open", folder("page.md"), folder("none.md"), "--plain"], environment: Self.utf8)
    #expect(run.lines.contains("Its words."))
    #expect(run.standardError == "lockstep: \(folder("none.md")) does not exist\n")
  }

  @Test("A problem of a folder is reported once, however often it is named")
  func folderWarnings() throws {
    let folder = try TemporaryFolder()
    try folder.write("# A page\n\nIts words.\n", to: "page.md")
    try #require(symlink("nowhere.md", folder("lost.md")) == 0)
    let run = try Program(
      ["open", folder.path, folder.path + "/", folder("."), "--plain"], environment: Self.utf8,
      input: "lessons\nagain\n")
    #expect(run.standardError == "lockstep: \(folder("lost.md")) is a broken link\n")
    #expect(!run.standardOutput.contains("lost.md"))
  }

  @Test("Progress is saved, and the next start continues there")
  func progress() throws {
    let home = try TemporaryFolder()
    let environment = Self.utf8 + ["HOME=\(home.path)"]
    for redirection in ["", " >/dev/full 2>&1"] {
      let command = "'\(try Program.path)' 7/\(redirection.isEmpty ? 2 : 4) --plain\(redirection)"
      _ = try Program(path: "/bin/sh", ["-c", command], environment: environment)
    }
    let run = try Program(["--plain"], environment: environment, input: "progress\n")
    #expect(run.lines.dropFirst().first?.hasPrefix("Step 4 of 6") == true)
    #expect(run.lines.contains { $0.hasPrefix("2 of ") && $0.hasSuffix(" steps seen.") })
  }

  @Test("In a locale without UTF-8, all output is ASCII", arguments: ["C", "POSIX"])
  func ascii(locale: String) throws {
    let run = try Program(
      ["7", "--plain"], environment: ["PATH=/usr/bin:/bin", "LC_ALL=\(locale)"], input: "1\nhelp\n")
    #expect(run.status == 0 && run.standardOutput.contains("1 x 2 x 3"))
    #expect(run.standardOutput.utf8.allSatisfy { $0 == 10 || $0 >= 0x20 && $0 < 0x7F })
  }

  @Test("Control characters in the input are never printed")
  func hostileInput() throws {
    let run = try Program(
      ["4"], environment: Self.utf8, input: "\u{1B}[31m\u{7}\r\n\0\u{9B}2J\nquit\n")
    #expect(run.status == 0 && Self.isPlain(run.standardOutput))
  }

  @Test("A closed pipe ends the tutor quietly, even if SIGPIPE is ignored")
  func brokenPipe() throws {
    for trap in ["", "trap '' PIPE; "] {
      let terminal = try TestTerminal(
        path: "/bin/bash",
        arguments: [
          "-c",
          "\(trap)printf '1\\nq\\n' | \(try Program.path) 4 | head -1; echo ${PIPESTATUS[1]}.",
        ])
      #expect(terminal.waitUntil { $0.contains("141.") })
      #expect(terminal.contains("Lesson 4: A producer and a consumer."))
      #expect(!terminal.contains("lockstep:"))
    }
  }

  @Test(
    "An output that cannot be written is reported with status 1", arguments: [">/dev/full", ">&-"])
  func badOutput(redirection: String) throws {
    let terminal = try TestTerminal(
      columns: 200, path: "/bin/bash",
      arguments: ["-c", "\(try Program.path) --plain <&- \(redirection); echo $?."])
    #expect(terminal.waitUntil { $0.contains("1.") })
    #expect(terminal.contains("lockstep: standard output could not be written"))
  }

  @Test("A closed input counts as empty")
  func closedInput() throws {
    let terminal = try TestTerminal(
      columns: 200, path: "/bin/bash",
      arguments: ["-c", "\(try Program.path) --plain <&- | tail -1; echo ${PIPESTATUS[0]}."])
    #expect(terminal.waitUntil { $0.contains("0.") })
    #expect(terminal.contains("1 of ") && terminal.contains(" steps seen. Good-bye."))
  }
}

@Suite("Plain tutor on a terminal")
struct PlainTerminalTests {
  /// A run that is still live after a person has typed a line.
  private static let long = "run items=1000 add-delay=20ms\r"

  private static func output(_ terminal: TestTerminal) -> String {
    String(decoding: terminal.output, as: UTF8.self)
  }

  private static func open(
    _ arguments: String..., environment: [String: String] = [:]
  ) throws -> TestTerminal {
    try TestTerminal(
      columns: 100, rows: 60, path: try Program.path, arguments: arguments,
      environment: TestTerminal.environment.merging(environment) { $1 })
  }

  @Test(
    "The tutor is plain if the full screen cannot be used or is not wanted",
    arguments: [
      ["TERM": "dumb"], ["TERM": ""], ["TERM": "nosuch"], ["TERM": "../../x"],
      ["LOCKSTEP_ACCESSIBLE": "1"],
    ])
  func automatic(environment: [String: String]) throws {
    let terminal = try Self.open("4", environment: environment)
    #expect(terminal.waitUntil { $0.contains("Choices: 1 run") && $0.screen.contains(">") })
    let saysWhy = Self.output(terminal).hasPrefix("This is the plain tutor")
    #expect(saysWhy == (environment["TERM"].map { $0 != "dumb" } ?? false))
    terminal.send(.text("q\r"))
    #expect(terminal.waitForExit() == .exited(0))
    #expect(!terminal.output.contains(0x1B))
    #expect(terminal.modes == terminal.modesBefore)
  }

  @Test("A live run can be paused, stepped, resumed and stopped by lines")
  func control() throws {
    let terminal = try Self.open("4", "--plain")
    #expect(terminal.waitUntil { $0.contains("Choices:") })
    terminal.send(.text(Self.long))
    #expect(terminal.waitUntil { Self.output($0).contains("add_thread appends 1.") })
    terminal.send(.text("\r"))
    #expect(terminal.waitUntil { Self.output($0).contains("The run is paused.") })
    #expect(terminal.waitUntil { Self.output($0).hasSuffix("\r\n> ") })
    #expect(terminal.modes.echoes)
    terminal.send(.text("one step\r"))
    #expect(terminal.waitUntil { Self.output($0).contains("The run may do one operation.") })
    #expect(terminal.waitUntil { Self.output($0).hasSuffix("\r\n> ") })
    let reported = terminal.output.count
    terminal.send(.text("go on\r"))
    #expect(
      terminal.waitUntil { $0.output.dropFirst(reported).split(separator: 10).count > 4 })
    #expect(!terminal.modes.echoes)
    terminal.send(.text("stop\r"))
    #expect(terminal.waitUntil { Self.output($0).contains("The run was stopped.") })
    terminal.send(.text("q\r"))
    #expect(terminal.waitForExit() == .exited(0))
    #expect(terminal.modes == terminal.modesBefore && !terminal.output.contains(0x1B))
  }

  @Test("Text typed during a run never appears in the middle of its lines")
  func interleaving() throws {
    let terminal = try Self.open("4", "--plain")
    #expect(terminal.waitUntil { $0.contains("Choices:") })
    terminal.send(.text(Self.long))
    #expect(terminal.waitUntil { Self.output($0).contains("add_thread appends 1.") })
    terminal.send(.text("zebra"))
    #expect(terminal.waitUntil { Self.output($0).contains("add_thread appends 9.") })
    #expect(!Self.output(terminal).contains("zebra"))
    terminal.send(.text("\r"))
    #expect(terminal.waitUntil { Self.output($0).contains("\r\n> zebra\r\n") })
    terminal.send(.text("q\r"))
    #expect(terminal.waitForExit() == .exited(0))
  }

  @Test("Ctrl-C stops the run, or leaves if nothing runs")
  func interrupt() throws {
    let terminal = try Self.open("4", "--plain")
    #expect(terminal.waitUntil { $0.contains("Choices:") })
    terminal.send(.text(Self.long))
    #expect(terminal.waitUntil { Self.output($0).contains("add_thread appends 1.") })
    terminal.send(.control("c"))
    #expect(terminal.waitUntil { Self.output($0).contains("The run was stopped.") })
    #expect(terminal.waitUntil { Self.output($0).hasSuffix("\r\n> ") })
    #expect(terminal.modes.echoes)
    terminal.send(.control("c"))
    #expect(terminal.waitForExit() == .signalled(SIGINT))
    #expect(terminal.modes == terminal.modesBefore)
  }

  @Test(
    "A signal during a run ends the tutor and restores the terminal",
    arguments: [SIGTERM, SIGHUP, SIGQUIT, SIGSEGV])
  func signalled(signal: Int32) throws {
    let terminal = try Self.open("4", "--plain")
    #expect(terminal.waitUntil { $0.contains("Choices:") })
    terminal.send(.text(Self.long))
    #expect(terminal.waitUntil { Self.output($0).contains("add_thread appends 1.") })
    terminal.terminate(signal)
    #expect(terminal.waitForExit() == .signalled(signal))
    #expect(terminal.modes == terminal.modesBefore)
  }

  @Test("Ctrl-D leaves the tutor")
  func endOfInput() throws {
    let terminal = try Self.open("4", "--plain")
    #expect(terminal.waitUntil { $0.contains("Choices:") && $0.screen.contains(">") })
    terminal.send(.control("d"))
    #expect(terminal.waitForExit() == .exited(0))
    #expect(Self.output(terminal).contains("Good-bye."))
  }

  @Test("Closing the window leaves no process")
  func hangUp() throws {
    let terminal = try Self.open("8", "--plain")
    #expect(terminal.waitUntil { $0.contains("Choices:") })
    terminal.send(.text("run sizes=4 work=5s\r"))
    var children: [Int32] = []
    // No output comes without a question, so each question is another chance to look.
    for question in 1...1000 where children.count < 4 {
      terminal.send(.text("state\r"))
      let reported = "of the run:"
      #expect(
        terminal.waitUntil { Self.output($0).ranges(of: reported).count >= question })
      children = Kernel.children(of: terminal.pid)
    }
    #expect(children.count == 4)
    let pid = terminal.pid
    terminal.hangUp()
    #expect(Kernel.waitForEnd(of: pid))
    for child in children { #expect(Kernel.waitForEnd(of: child)) }
  }
}
