import Glibc
import TestFaults
import TestTerminal
import Testing

@Suite("Look on a terminal", .faultMatrix)
struct LookOnTerminalTests {
  private func leave(_ terminal: TestTerminal) {
    terminal.send(.text("q"))
    #expect(terminal.waitForExit() == .exited(0))
    #expect(terminal.modes == terminal.modesBefore)
  }

  private func isShown(_ terminal: TestTerminal) -> Bool {
    terminal.waitUntil { $0.contains("? help") }
  }

  @Test("High contrast sets its own background, even with NO_COLOR")
  func highContrast() throws {
    let terminal = try openTutor(
      "4", "--theme", "high-contrast", environment: ["NO_COLOR": "1", "COLORFGBG": "0;15"])
    #expect(isShown(terminal))
    #expect(
      terminal.waitUntil { terminal in
        (0..<40).allSatisfy { y in
          (0..<120).allSatisfy { terminal.cell(x: $0, y: y).background == 16 }
        }
      })
    leave(terminal)
  }

  @Test(
    "In ASCII mode, all output is ASCII",
    arguments: [(["--ascii"], [:]), ([], ["LOCKSTEP_ASCII": "1"]), ([], ["TERM": "vt100"])]
      as [([String], [String: String])])
  func ascii(words: [String], environment: [String: String]) throws {
    let terminal = try TestTerminal(
      columns: 120, rows: 40, path: try Program.path, arguments: ["4"] + words,
      environment: TestTerminal.environment.merging(environment) { $1 })
    #expect(isShown(terminal))
    terminal.send(.text("r"))
    #expect(terminal.waitUntil { $0.contains("completed") })
    terminal.send(.text("?"))
    #expect(terminal.waitUntil { $0.contains("Help") })
    terminal.send(.escape, .text("LS"))
    #expect(terminal.output.allSatisfy { $0 < 0x80 })
  }

  @Test("The settings form changes the screen immediately")
  func liveSettings() throws {
    let terminal = try openTutor("4")
    #expect(isShown(terminal) && terminal.contains("╭") && terminal.wantsMouse)
    terminal.send(.text("S"))
    #expect(terminal.waitUntil { $0.contains("colours") })
    for theme in ["dark", "light", "high-contrast", "red-green-safe", "none"] {
      terminal.send(.right)
      #expect(terminal.waitUntil { $0.contains(theme) })
      let isOwn = theme == "high-contrast"
      #expect(terminal.waitUntil { $0.cell(x: 119, y: 39).background == (isOwn ? 16 : nil) })
    }
    #expect(
      terminal.waitUntil { screen in
        (0..<120).allSatisfy { screen.cell(x: $0, y: 39).foreground == nil }
      })
    terminal.send(.down, .right)
    #expect(terminal.waitUntil { !$0.contains("╭") && $0.contains("+-") })
    terminal.send(.down, .down, .right)
    #expect(terminal.waitUntil { !$0.wantsMouse })
    terminal.send(.escape)
    leave(terminal)
  }

  @Test(
    "An option or a variable reduces motion",
    arguments: [(["--reduced-motion"], ""), ([], "1")])
  func reducedMotion(words: [String], variable: String) throws {
    let terminal = try TestTerminal(
      columns: 80, rows: 24, path: try Program.path, arguments: ["4"] + words,
      environment: TestTerminal.environment.merging(["LOCKSTEP_REDUCED_MOTION": variable]) { $1 })
    #expect(isShown(terminal))
    terminal.send(.text("S"))
    #expect(terminal.waitUntil { $0.contains("reduced") })
    terminal.send(.escape)
    leave(terminal)
  }

  @Test("A very large window needs few bytes per cell")
  func largeWindow() throws {
    let terminal = try openTutor("4", columns: 500, rows: 200)
    #expect(isShown(terminal))
    #expect(terminal.output.count < 3 * 500 * 200)
    leave(terminal)
  }

  @Test("y copies the step to the terminal's clipboard and leaves the screen alone")
  func clipboard() throws {
    let terminal = try openTutor("4", environment: ["TERM_PROGRAM": "ghostty"])
    #expect(isShown(terminal))
    let before = terminal.screen
    terminal.send(.text("y"))
    #expect(terminal.waitUntil { $0.contains("copied step 1 (") && $0.contains(" lines)") })
    let output = String(decoding: terminal.output, as: UTF8.self)
    let sequences = output.split(separator: "\u{1B}]", omittingEmptySubsequences: false)
    #expect(sequences.count == 2)
    let sequence = try #require(sequences.last)
    #expect(sequence.hasPrefix("52;c;"))
    let encoded = sequence.dropFirst(5).prefix { $0 != "\u{7}" }
    #expect(encoded.count > 200 && encoded.count % 4 == 0)
    #expect(encoded.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "+/=".contains($0)) })
    // Further down, the notice has taken a row from the panes.
    #expect(terminal.screen.prefix(13) == before.prefix(13))
    leave(terminal)
  }

  @Test("y writes a private file if the terminal has no clipboard")
  func copiedFile() throws {
    let folder = try TemporaryFolder()
    let file = folder.path + "/lockstep/copied.txt"
    let terminal = try openTutor(
      "4", environment: ["TERM": "linux", "XDG_STATE_HOME": folder.path])
    #expect(isShown(terminal))
    terminal.send(.text("y"))
    #expect(terminal.waitUntil { $0.contains(file) && $0.contains("has no clipboard") })
    #expect(!terminal.output.contains(UInt8(ascii: "\u{7}")))
    var status = stat()
    #expect(stat(file, &status) == 0 && status.st_mode & 0o777 == 0o600 && status.st_size > 200)
    #expect(stat(folder.path + "/lockstep", &status) == 0 && status.st_mode & 0o777 == 0o700)
    leave(terminal)

    let nowhere = try openTutor("4", environment: ["TERM": "linux", "HOME": "/nonexistent"])
    #expect(nowhere.waitUntil { $0.contains("your progress is not saved") })
    nowhere.send(.text("y"))
    #expect(nowhere.waitUntil { $0.contains("cannot copy ") })
    leave(nowhere)
  }

  @Test(
    "Row 15: The full screen is UTF-8, unless LC_ALL is C or POSIX",
    arguments: ["", "xx_YY.UTF-8", "de_DE.ISO-8859-1"])
  func locales(name: String) throws {
    let terminal = try openTutor("4", environment: ["LC_ALL": name, "LANG": ""])
    #expect(isShown(terminal) && terminal.contains("╭"))
    leave(terminal)
    // Only now is the output complete: earlier, the last character may be cut.
    #expect(String(validating: terminal.output, as: UTF8.self) != nil)
  }

  @Test("Row 15: The full screen is ASCII if LC_ALL is C or POSIX", arguments: ["C", "POSIX"])
  func plainC(name: String) throws {
    let terminal = try openTutor("4", environment: ["LC_ALL": name, "LANG": ""])
    #expect(isShown(terminal) && terminal.contains("+"))
    terminal.send(.text("?"))
    #expect(terminal.waitUntil { $0.contains("Keys") || $0.contains("Help") })
    terminal.send(.escape)
    leave(terminal)
    #expect(terminal.output.allSatisfy { $0 < 0x80 })
  }

  @Test(
    "No value of the environment crashes the tutor",
    arguments: [
      ["COLORTERM": "\u{1B}]", "COLORFGBG": "99999999999999999999;x", "FORCE_COLOR": "-1"],
      ["LINES": "-5", "COLUMNS": "abc", "LOCKSTEP_ASCII": "\u{7}"],
      ["LINES": "999999", "COLUMNS": "", "LOCKSTEP_REDUCED_MOTION": "maybe"],
      ["TERM_PROGRAM": "\u{1B}[2J", "TMUX": "x", "STY": "y", "VTE_VERSION": "-"],
    ])
  func oddEnvironment(environment: [String: String]) throws {
    let terminal = try openTutor("4", environment: environment)
    #expect(isShown(terminal))
    terminal.send(.text("y"))
    leave(terminal)
  }

  @Test(
    "An impossible terminal type makes the tutor plain and is never printed raw",
    arguments: ["../../x", "x/../y", "\u{1B}[31mred", String(repeating: "x", count: 5_000)])
  func oddTypes(type: String) throws {
    let terminal = try openTutor("4", environment: ["TERM": type])
    #expect(terminal.waitUntil { $0.contains("Lesson 4") })
    #expect(!terminal.output.contains(0x1B))
  }

  @Test("A damaged terminal description does not crash the tutor")
  func damagedDescription() throws {
    let folder = try TemporaryFolder()
    let file = folder.path + "/x/xterm-256color"
    try #require(mkdir(folder.path + "/x", 0o700) == 0)
    for seed in 0..<4 {
      // With and without the magic number of a terminal description.
      let noise = (0..<1024).map { UInt8(truncatingIfNeeded: ($0 &* 197 &+ seed) ^ ($0 >> 3)) }
      let bytes = (seed % 2 == 0 ? [0x1A, 0x01] : []) + noise
      let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
      try #require(descriptor >= 0 && write(descriptor, bytes, bytes.count) == bytes.count)
      close(descriptor)
      let terminal = try openTutor("4", environment: ["TERMINFO": folder.path])
      // The full screen with another terminal description, or plain mode without one.
      #expect(terminal.waitUntil { $0.contains("? help") || $0.contains("Lesson 4") })
    }
  }

  @Test("An unknown theme is wrong usage")
  func oddTheme() throws {
    for word in ["nosuch", "", "\u{1B}[31m", "DARK"] {
      let program = try Program("--theme", word)
      #expect(program.status == 2)
      #expect(program.standardError.split(separator: "\n").count == 1)
      #expect(!program.standardError.contains("\u{1B}"))
    }
  }

  @Test("Saved settings apply, and the environment overrides them")
  func kept() throws {
    let folder = try TemporaryFolder()
    try #require(mkdir(folder.path + "/lockstep", 0o700) == 0)
    let text = Array(#"{"theme":"high-contrast","ascii":true}"#.utf8)
    let descriptor = open(folder.path + "/lockstep/settings.json", O_WRONLY | O_CREAT, 0o600)
    try #require(descriptor >= 0 && write(descriptor, text, text.count) == text.count)
    close(descriptor)
    let terminal = try openTutor("4", environment: ["XDG_CONFIG_HOME": folder.path])
    #expect(isShown(terminal) && terminal.contains("+-"))
    #expect(terminal.cell(x: 0, y: 0).background == 16)
    leave(terminal)
    let lines = try Program(
      ["doctor"],
      environment: [
        "PATH=/usr/bin:/bin", "TERM=xterm", "LOCKSTEP_ASCII=0", "XDG_CONFIG_HOME=\(folder.path)",
      ]
    ).lines
    #expect(lines.contains { $0.hasSuffix("theme high-contrast, as set before") })
    #expect(lines.contains { $0.hasSuffix("UTF-8, because LOCKSTEP_ASCII says so") })
  }

  @Test("doctor shows colours and characters with the reason")
  func doctor() throws {
    let base = ["PATH=/usr/bin:/bin", "TERM=xterm-256color"]
    func row(_ name: String, _ environment: [String]) throws -> String {
      let lines = try Program(["doctor"], environment: base + environment).lines
      return try #require(lines.first { $0.hasPrefix(name + " ") })
    }
    #expect(try row("colours", ["NO_COLOR=1"]).hasSuffix("none, because NO_COLOR is set"))
    #expect(
      try row("colours", ["COLORFGBG=0;15"]).contains(
        "256, as many as the terminal has; theme light, because COLORFGBG"))
    #expect(
      try row("characters", ["LOCKSTEP_ASCII=1"]).hasSuffix("ASCII, because LOCKSTEP_ASCII says so")
    )
  }
}
