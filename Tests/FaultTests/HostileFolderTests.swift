import Events
import Glibc
import TestEvents
import TestFaults
import TestTerminal
import Testing

/// The system calls of a program that strace has written down.
private struct Trace {
  let lines: [Substring]

  init(_ path: String) throws {
    lines = try #require(Kernel.text(of: path, limit: 64 << 20)).split(separator: "\n")
  }

  func calls(_ name: String) -> [Substring] { lines.filter { $0.contains("\(name)(") } }

  /// The full paths that were opened, or that the program tried to open.
  var opened: [String] {
    ["open", "openat", "creat"].flatMap(calls).compactMap { line in
      line.split(separator: "\"", omittingEmptySubsequences: false).dropFirst().first
        .map(String.init)
    }.filter { $0.hasPrefix("/") }
  }
}

@Suite("A folder of hostile files", .faultMatrix)
struct HostileFolderTests {
  private let home: FaultHome
  private let outside: TemporaryFolder

  init() throws {
    home = try FaultHome()
    outside = try TemporaryFolder()
    try outside.write("# Secret\n\nthe secret words\n", to: "secret.md")
  }

  /// Attacks with marks that the program itself never sends.
  private static let attack = [
    "\u{1B}[5;8;53m", "\u{1B}[99;77H", "\u{1B}]0;stolen\u{07}", "\u{1B}]52;c;aGVsbG8=\u{07}",
    "\u{1B}P+q\u{1B}\\", "\u{1B}_x\u{1B}\\", "\u{9B}99;77H", "\u{9D}0;x\u{9C}",
    "\u{7F}\u{08}\u{0B}",
    "\u{202E}turned\u{2069}", "&#27;[99;77H", "&#x9b;99;77H",
  ].joined(separator: "x")

  private func makeLessons() throws {
    try home.folder.makeFolder("docs")
    let text = { (name: String) in
      """
      ---
      exec: touch \(name)
      include: /etc/hostname
      ---

      # \(name) \(Self.attack)

      needle \(Self.attack) [a](javascript:alert(1)) [b](file:///etc/hostname) [c](http://127.0.0.1:1/)
      [d](\(outside("secret.md"))) [e](../../../../../etc/passwd) [f](out.md) ![g](/etc/hostname)
      <script src="http://127.0.0.1:1/x"></script> <img src="file:///etc/hostname">

      ## Run

      ```lockstep
      run $(touch x) \(Self.attack)
      ```

      ```sh
      touch ran
      ```

      ```python ../../etc/hostname
      import os
      ```

      ## End

      end of \(name)
      """
    }
    try home.folder.write(text("one"), to: "docs/1.md")
    try home.folder.write(text("two"), to: "docs/2-\(Self.attack.replacing("/", with: "")).md")
    let long = String(repeating: "many words here\n\n", count: 8_000)
    try home.folder.write(text("long") + "\n\n" + long, to: "docs/3.md")
    try home.folder.write([0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0], to: "docs/4.md")
    try home.folder.write([0xFF, 0x9B, 0x33, 0x31, 0x6D, 0x0A], to: "docs/5.txt")
    try home.folder.link("docs/out.md", to: outside("secret.md"))
    try home.folder.link("docs/host.md", to: "/etc/hostname")
    try home.folder.link("docs/mem.md", to: "/proc/self/mem")
    try home.folder.link("docs/outside", to: outside.path)
    try home.folder.link("docs/inside.md", to: "1.md")
    try #require(mkfifo(home.folder("docs/pipe.md"), 0o600) == 0)
  }

  /// Opens the program on a terminal under strace.
  private func open(_ words: String...) throws -> TestTerminal {
    try TestTerminal(
      columns: 120, rows: 40, path: try #require(Tool.strace.path),
      arguments: [
        "-f", "-o", home.folder("trace"), "-e",
        "trace=execve,execveat,connect,sendto,open,openat,openat2,creat", try Program.path,
      ] + words,
      environment: TestTerminal.environment.merging(home.variables) { $1 })
  }

  private func expectHarmless(_ output: [UInt8]) throws {
    let text = try #require(String(validating: output, as: UTF8.self))
    for forbidden in [
      "\u{1B}]", "\u{1B}P", "\u{1B}_", "\u{1B}c", "\u{1B}[5;8;53m", "\u{1B}[99;77H", "\u{07}",
    ] {
      #expect(!text.contains(forbidden), "\(forbidden.debugDescription)")
    }
    let hidden = OutputBytes.forbidden(in: text).filter {
      !["U+1b", "U+d", "U+8", "U+e", "U+f", "U+9"].contains($0)
    }
    #expect(hidden.isEmpty)
  }

  /// Nothing was started but the parser, nothing was connected, nothing outside was opened.
  private func expectNothingLeft(parsers: Int) throws {
    let trace = try Trace(home.folder("trace"))
    let starts = trace.calls("execve") + trace.calls("execveat")
    #expect(starts.count == 1 + parsers, "\(starts)")
    #expect(starts.dropFirst().allSatisfy { $0.contains("__parse") })
    #expect(trace.calls("connect").isEmpty && trace.calls("sendto").isEmpty)
    let program = try Program.path
    let own = [
      home.folder.path + "/", String(program.prefix { $0 != "/" }), "/lib/", "/lib64/", "/usr/lib/",
      "/etc/ld.so.", "/etc/terminfo", "/usr/share/terminfo", "/usr/share/locale", "/proc/self/",
      "/proc/cpuinfo", "/proc/sys/vm/", "/etc/localtime", "/sys/devices/system/cpu",
      "/sys/fs/cgroup", "/dev/null", "/dev/tty",
      "/dev/pts/",
      String(program.prefix(through: program.lastIndex(of: "/") ?? program.startIndex)),
    ].filter { !$0.isEmpty }
    let foreign = trace.opened.filter { path in !own.contains { path.hasPrefix($0) } }
      .filter { !$0.contains("/usr/lib/swift") && !$0.hasSuffix(".so") && !$0.contains(".so.") }
    #expect(foreign.isEmpty, "\(Set(foreign))")
    #expect(!trace.lines.contains { $0.contains(outside.path) && $0.contains("open") })
    #expect(!trace.opened.contains("/proc/self/mem"))
  }

  @Test(
    "Rows 71, 72, 75, 81 and 83: A hostile folder starts nothing, leads nowhere and controls nothing",
    .needs(.strace))
  func lessons() throws {
    try makeLessons()
    let terminal = try open("open", home.folder("docs"))
    #expect(terminal.waitUntil { $0.contains("? help") && $0.contains("needle") })
    // The beginning may be there before the rest.
    #expect(terminal.waitUntil { $0.contains("of 14 seen") })
    for _ in 0..<30 { terminal.send(.down) }
    // Every link is followed, and the run that is none is asked for.
    for _ in 0..<8 { terminal.send(.tab, .enter, .text("r")) }
    terminal.send(.escape, .escape, .text("/needle"), .enter, .text("nnn"), .escape)
    terminal.send(.text("L"))
    #expect(terminal.waitUntil { $0.contains("Lessons") })
    terminal.send(.escape)
    #expect(terminal.waitUntil { !$0.contains("esc close") })
    terminal.send(.text("t"))
    #expect(terminal.waitUntil { $0.contains("type to find") })
    terminal.send(.escape)
    #expect(terminal.waitUntil { !$0.contains("type to find") })
    // A ] soon after Esc would count as the rest of a sequence.
    terminal.send(.text("g"))
    for _ in 0..<20 { terminal.send(.text("]")) }
    #expect(
      terminal.waitUntil { $0.contains("many words here") || $0.contains("end of") },
      "\(terminal.screen)")
    terminal.send(.text("q"))
    #expect(terminal.waitForExit() == .exited(0))
    try expectHarmless(terminal.output)
    try expectNothingLeft(parsers: 1)
    let output = String(decoding: terminal.output, as: UTF8.self)
    #expect(
      output.contains("leads out of") && !output.contains("secret words"))
  }

  @Test(
    "Rows 61 and 83: A hostile recording starts nothing, leads nowhere and controls nothing",
    .needs(.strace))
  func recordings() throws {
    let attack = Self.attack
    var events = [
      Event(
        .runStart, seq: 1, time: 10, pid: 7, tid: 7,
        texts: ["lock", "x=\(attack)", "native\(attack)", attack])
    ]
    for seq: UInt64 in 2..<200 {
      events.append(Event(.output, seq: seq, time: seq * 1_000, pid: 7, tid: 7, texts: [attack]))
    }
    events.append(Event(.runFinish, seq: 200, time: .max / 2, pid: 7, tid: 7))
    let lines = [RecordingHeader(demo: "lock").json()] + events.map { $0.json() }
    try home.folder.write(lines.joined(separator: "\n") + "\n", to: "run.ndjson")
    let terminal = try open("replay", home.folder("run.ndjson"))
    #expect(terminal.waitUntil { $0.contains("? help") && $0.contains("output") })
    terminal.send(.text("/turned"), .enter, .text("nN"), .escape, .text("gG.,"))
    // Not in the lesson, where Enter runs the step.
    for pane in "234523" { terminal.send(.text(String(pane)), .down, .enter, .escape) }
    terminal.send(.text("q"))
    #expect(terminal.waitForExit() == .exited(0))
    try expectHarmless(terminal.output)
    try expectNothingLeft(parsers: 0)
    for format in ["text", "svg", "chrome"] {
      let run = try home.run(
        "export", home.folder("run.ndjson"), "--format", format,
        before: [
          try #require(Tool.strace.path), "-f", "-o", home.folder("trace"), "-e",
          "trace=execve,execveat,connect,sendto,open,openat,creat",
        ])
      #expect(run.status == 0 && OutputBytes.forbidden(in: run.standardOutput).isEmpty)
      try expectNothingLeft(parsers: 0)
    }
  }

  @Test("Row 75: A link in an opened folder that leads out of it is refused and named")
  func links() throws {
    try makeLessons()
    let run = try home.run("open", "--plain", home.folder("docs"))
    #expect(run.status == 0)
    for name in ["out.md", "host.md", "mem.md"] {
      #expect(
        run.standardError.contains(
          "\(home.folder("docs"))/\(name) is a link that leads out of \(home.folder("docs")), "
            + "so it is not opened"), "\(run.standardError)")
    }
    #expect(run.standardError.contains("pipe.md is a pipe"))
    #expect(run.standardError.contains("outside is a link to a folder, which is not followed"))
    #expect(!run.standardOutput.contains("secret words"))
    let check = try home.run("check", home.folder("docs"))
    #expect(check.standardError.contains("out.md is a link that leads out of"))
    #expect(!check.standardOutput.contains("secret words"))
    // A file that the user names may be a link.
    let named = try home.run("open", "--plain", home.folder("docs/out.md"))
    #expect(named.standardOutput.contains("secret words"))
  }
}
