import Glibc
import TestFaults
import TestTerminal
import Testing

@Suite("Faults of documents", .faultMatrix)
struct DocumentFaultTests {
  private let home: FaultHome

  init() throws { home = try FaultHome() }

  private func quit(_ terminal: TestTerminal) {
    terminal.send(.text("q"))
    #expect(terminal.waitForExit() == .exited(0))
    #expect(terminal.modes == terminal.modesBefore)
  }

  /// The time until a document is on the screen.
  private func timeToPicture(_ path: String, _ text: String) throws -> Duration {
    let terminal = try home.open("open", path)
    #expect(terminal.waitUntil { $0.contains(text) && $0.contains("? help") })
    let time = ContinuousClock.now - terminal.started
    quit(terminal)
    return time
  }

  @Test("Row 66: The beginning of 60 MB of Markdown is on the screen within a second")
  func large() throws {
    let section =
      "\n## Section\n\n" + String(repeating: "Many words to read here. ", count: 40) + "\n"
    let text = "# Large\n\nthe first words\n" + String(repeating: section, count: 59_000)
    try home.folder.write(text, to: "large.md")
    try home.folder.write("# Tiny\n\nthe first words\n", to: "tiny.md")
    _ = try timeToPicture(home.folder("tiny.md"), "the first words")
    let tiny = try timeToPicture(home.folder("tiny.md"), "the first words")
    let large = try timeToPicture(home.folder("large.md"), "the first words")
    // To read all of it takes a debug build more than half a minute.
    #expect(large - tiny < .seconds(10), "\(large) beside \(tiny)")
  }

  @Test(
    "Row 66: The rest of a document comes while the beginning is on the screen", .needs(.strace))
  func rest() throws {
    let words = String(repeating: "Many words to read here. ", count: 40)
    let text =
      "# Slow\n\nthe first words\n" + String(repeating: "\n## Section\n\n\(words)\n", count: 150)
    let path = home.folder("slow.md")
    try home.folder.write(text, to: "slow.md")
    // A slow disk: the second part of the file comes after 3 s. Only the reading thread reads it.
    let terminal = try TestTerminal(
      columns: 120, rows: 40, path: try #require(Tool.strace.path),
      arguments: [
        "-f", "-o", home.folder("trace"), "-P", path, "-e", "trace=read", "-e",
        "inject=read:delay_enter=3000000:when=2", try Program.path, "open", path,
      ], environment: TestTerminal.environment.merging(home.variables) { $1 })
    #expect(
      terminal.waitUntil {
        $0.contains("the first words") && $0.contains("still being read") && $0.contains("? help")
      })
    #expect(terminal.waitUntil { $0.contains("reading /") })
    #expect(terminal.waitUntil { $0.contains("everything is read") })
    #expect(
      terminal.waitUntil { $0.contains("the first words") && !$0.contains("still being read") })
    terminal.send(.text("]"))
    #expect(terminal.waitUntil { $0.contains("step 2 of 150") })
    quit(terminal)
  }

  @Test("Row 64: A large file that is no text is refused by its first bytes", .needs(.strace))
  func binary() throws {
    try home.folder.write([0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0], to: "program.md")
    try #require(truncate(home.folder("program.md"), 53_000_000) == 0)
    let run = try home.run(
      "open", home.folder("program.md"),
      before: [
        try #require(Tool.strace.path), "-f", "-o", home.folder("trace"), "-e", "trace=read", "-P",
        home.folder("program.md"),
      ])
    let check = try home.run("check", home.folder("program.md"))
    #expect(check.status == 1)
    #expect(
      check.standardOutput.contains("not a document")
        && !check.standardOutput.contains("split it"))
    #expect(run.status == 1)
    #expect(run.standardError.contains("program.md is a program (ELF), not a document"))
    let reads = try #require(Kernel.text(of: home.folder("trace"), limit: 1 << 20))
      .split(separator: "\n").compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }
    #expect(!reads.isEmpty && reads.reduce(0, +) <= 65_536)
  }

  @Test(
    "Row 67: A document of one long line, or of very many lines, opens and scrolls",
    arguments: ["line", "lines"])
  func shape(kind: String) throws {
    let text =
      kind == "line"
      ? String(repeating: "word ", count: 1_000_000)
      : String(repeating: "a line\n", count: 200_000)
    try home.folder.write("the first words " + text, to: "shape.txt")
    let terminal = try home.open("open", home.folder("shape.txt"))
    #expect(terminal.waitUntil { $0.contains("the first words") && $0.contains("? help") })
    #expect(terminal.waitUntil { !$0.contains("still being read") })
    for _ in 0..<20 { terminal.send(.pageDown) }
    #expect(terminal.waitUntil { !$0.contains("the first words") })
    terminal.send(.text("g"))
    #expect(terminal.waitUntil { $0.contains("the first words") })
    quit(terminal)
  }

  @Test(
    "Row 78: Odd names in a folder are safe, and folders that are too deep are left out by name")
  func folders() throws {
    try home.folder.makeFolder("odd")
    let names: [[UInt8]] = [
      Array("a\nb".utf8), Array("a\u{1B}[31mb".utf8), [0x61, 0xFF, 0x9B],
      [UInt8](repeating: 0x6E, count: 250),
    ]
    for name in names {
      try home.folder.write(
        Array("the words\n".utf8),
        toPath: Array(home.folder("odd/").utf8) + name + Array(".md".utf8))
    }
    let odd = try home.run("open", "--plain", home.folder("odd"))
    #expect(odd.status == 0 && odd.standardOutput.contains("the words"))
    #expect(OutputBytes.forbidden(in: odd.standardOutput + odd.standardError).isEmpty)
    var path = home.folder("deep")
    for _ in 0..<100 {
      mkdir(path, 0o700)
      path += "/d"
    }
    try home.folder.write("words\n", to: "deep/a.md")
    let deep = try home.run("open", "--plain", home.folder("deep"))
    #expect(deep.status == 0 && deep.standardError.contains("deep in"), "\(deep)")
  }

  @Test("Row 80: Front matter is text, and a run block with impossible values is none")
  func frontMatter() throws {
    let aliases = (1...20).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]" }
    let keys = (1...300).map { "key\($0): {" }
    let text = (["---"] + aliases + keys + ["steps: -1", "threads: 1000000000", "---", ""])
      .joined(separator: "\n")
    let runs = ["sizes=1000000000", "tasks=-1", "tasks=1e9", "tasks=99999999999999999999"]
      .map { "```lockstep\nrun pool-sizing \($0)\n```\n" }.joined(separator: "\n")
    try home.folder.write(text + "\n# T\n\nthe words\n\n" + runs, to: "front.md")
    let opened = try home.run("open", "--plain", home.folder("front.md"), input: "r\nnext\nr\n")
    #expect(opened.status == 0 && opened.standardOutput.contains("the words"), "\(opened)")
    #expect(!opened.standardOutput.contains("completed"))
    let check = try home.run("check", home.folder("front.md"))
    #expect(check.status == 1)
    #expect(
      check.lines.count { $0.contains(": sizes=") || $0.contains(": tasks=") } == 4, "\(check)")
  }
}
