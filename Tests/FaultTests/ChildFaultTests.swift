import Glibc
import TestFaults
import TestTerminal
import Testing

@Suite("Faults of other programs", .faultMatrix)
struct ChildFaultTests {
  private let home: FaultHome

  init() throws { home = try FaultHome() }

  /// Makes a program that is found as python3.
  private func makePython(_ script: String, mode: mode_t = 0o755) throws -> [String: String] {
    try home.folder.makeFolder("bin")
    try home.folder.write("#!/bin/sh\n\(script)\n", to: "bin/python3")
    chmod(home.folder("bin/python3"), mode)
    return ["PATH": home.folder("bin") + ":/usr/bin:/bin"]
  }

  /// A lesson with a listing to compile.
  private func makeLesson() throws {
    try home.folder.makeFolder("docs")
    try home.folder.write("# A\n\n```python x.py\nimport y\n```\n", to: "docs/a.md")
    try home.folder.write("import y\n", to: "docs/x.py")
  }

  private static let kinds: [(script: String, words: String)] = [
    ("exit 3", "ended with status 3"), ("kill -9 $$", "was ended by signal 9"),
    ("exit 0", "printed nothing"),
    // What an old Python says to an unknown option.
    ("echo 'Unknown option: -I' >&2; exit 2", "ended with status 2"),
  ]

  @Test("Row 95: doctor and check say what a python3 did that gives no answer", arguments: 0..<4)
  func troubles(kind: Int) throws {
    let (script, words) = Self.kinds[kind]
    let changes = try makePython(script)
    try makeLesson()
    let doctor = try home.run("doctor", changes: changes)
    #expect(
      doctor.standardOutput.contains("python3      \(words); the demos run without it"), "\(doctor)"
    )
    let check = try home.run("check", home.folder("docs"), changes: changes)
    #expect(
      check.standardError.hasPrefix("python3 \(words), so the listings were not compiled\n"))
  }

  @Test("Row 95: A python3 that is missing, not executable or prints junk is named as that")
  func others() throws {
    try makeLesson()
    var doctor = try home.run("doctor", changes: ["PATH": "/nowhere"])
    #expect(doctor.standardOutput.contains("was not found; the demos run without it"), "\(doctor)")
    let changes = try makePython("echo junk; echo more")
    doctor = try home.run("doctor", changes: changes)
    #expect(doctor.standardOutput.contains("gave a strange answer: junk;"), "\(doctor)")
    let check = try home.run("check", home.folder("docs"), changes: changes)
    #expect(
      check.standardOutput.contains("python3 gave a strange answer, so this was not compiled"),
      "\(check)")
    chmod(home.folder("bin/python3"), 0o644)
    doctor = try home.run("doctor", changes: ["PATH": home.folder("bin")])
    #expect(doctor.standardOutput.contains("cannot be started: Permission denied"), "\(doctor)")
  }

  @Test("Row 95: A python3 that hangs is stopped with what it started, and doctor says so")
  func hangs() throws {
    let changes = try makePython("echo $$ > \"$0.pids\"; sleep 1000 & echo $! >> \"$0.pids\"; wait")
    let run = try home.run("doctor", changes: changes)
    #expect(run.status == 0)
    #expect(
      run.standardOutput.contains("did not answer within 5 s and was stopped"), "\(run)")
    #expect(try remains().isEmpty)
  }

  @Test(
    "Row 95: A signal that ends doctor also ends a python3 that hangs",
    arguments: [SIGINT, SIGTERM])
  func interrupted(signal: Int32) throws {
    let changes = try makePython("echo $$ > \"$0.pids\"; sleep 1000 & echo $! >> \"$0.pids\"; wait")
    // The shell stays, so that no end of a session ends python3 instead.
    let shell = try PtyProgram(
      path: "/bin/sh", arguments: ["-c", "'\(try Program.path)' doctor; echo over; read line"],
      environment: home.variables.merging(changes) { $1 })
    let pids = home.folder("bin/python3.pids")
    let hasStarted = { Kernel.text(of: pids)?.split(separator: "\n").count == 2 }
    while !hasStarted(), shell.exitStatus == nil {
      _ = shell.wait(.milliseconds(10), until: hasStarted)
    }
    let program = try #require(Kernel.children(of: shell.pid).first)
    kill(program, signal)
    #expect(
      shell.wait { String(decoding: shell.output, as: UTF8.self).contains("over") })
    #expect(try remains().isEmpty)
    shell.send(bytes: [0x0A])
    #expect(shell.waitForExit() != nil)
  }

  /// The processes of the fake python3 that have not ended.
  private func remains() throws -> [pid_t] {
    let text = try #require(Kernel.text(of: home.folder("bin/python3.pids")))
    let pids = text.split(separator: "\n").compactMap { pid_t($0) }
    #expect(pids.count == 2)
    return pids.filter { !Kernel.waitForEnd(of: $0) }
  }

  @Test("Row 97: python3 gets no secrets of the environment and no open files")
  func inherited() throws {
    let changes = try makePython("env > \"$0.env\"; ls /proc/self/fd > \"$0.fds\"; echo 3.0")
      .merging(["SECRET_TOKEN": "1", "PYTHONSTARTUP": "x", "LD_PRELOAD": ""]) { $1 }
    let run = try home.shell("exec 7< /dev/null; \"$LOCKSTEP\" doctor", changes: changes)
    #expect(run.status == 0)
    let names = try #require(Kernel.text(of: home.folder("bin/python3.env"))).split(separator: "\n")
      .compactMap { $0.split(separator: "=").first.map(String.init) }
    // The shell that runs the script adds the rest.
    #expect(
      Set(names).subtracting(["PWD", "SHLVL", "_", "OLDPWD"])
        == ["PATH", "HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "LC_ALL"])
    // ls has one more for the folder.
    #expect(Kernel.text(of: home.folder("bin/python3.fds")) == "0\n1\n2\n3\n")
  }

  @Test(
    "Row 97: Workers and the parser get no variables and no files of the terminal", .needs(.strace))
  func ownChildren() throws {
    try home.folder.write(
      "# Long\n\n" + String(repeating: "words\n\n", count: 12_000), to: "long.md")
    let trace = home.folder("trace")
    for words in [
      ["run", "pool-sizing", "sizes=1", "tasks=1"], ["open", home.folder("long.md"), "--plain"],
    ] {
      let run = try home.run(
        words,
        before: [
          try #require(Tool.strace.path), "-f", "-v", "-s", "4096", "-o", trace, "-e",
          "trace=execve",
        ], changes: ["SECRET_TOKEN": "1"])
      #expect(run.status == 0)
      let calls = try #require(Kernel.text(of: trace, limit: 1 << 20)).split(separator: "\n")
        .filter { $0.contains("execve(") }
      #expect(calls.count == 2 && calls[0].contains("SECRET_TOKEN"), "\(calls)")
      #expect(calls[1].contains(#"["SWIFT_BACKTRACE=enable=no"]"#), "\(calls)")
    }
  }
}
