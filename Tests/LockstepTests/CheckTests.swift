import Glibc
import TestTerminal
import Testing

@Suite("The check")
struct CheckTests {
  /// Makes a folder with what `printf` makes of each text, and runs a script in it.
  private func inFolder(_ files: [(String, String)], _ script: String) throws -> Program {
    let make = files.map { "printf '\($0.1)' > '\($0.0)'" }.joined(separator: "\n")
    return try Program.bash(
      """
      set -e
      folder=$(mktemp -d)
      trap 'rm -rf "$folder"' EXIT
      cd "$folder"
      \(make)
      set +e
      \(script)
      """)
  }

  @Test("finds nothing in the lessons that come with the program")
  func builtIn() throws {
    let run = try Program("check")
    #expect(run.status == 0 && run.standardOutput.isEmpty)
    #expect(run.standardError.contains(" steps, nothing to mend"))
  }

  @Test("finds nothing in the project's documents, their links and anchors included")
  func documents() throws {
    let root = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }
    let run = try Program(
      "check", "--strict", root + "/README.md", root + "/CONTRIBUTING.md", root + "/Docs")
    #expect(run.status == 0 && run.standardOutput.isEmpty, "\(run.standardOutput)")
  }

  @Test("names each finding by file, line and column, in order, and fails")
  func findings() throws {
    let run = try inFolder(
      [
        ("02-b.md", "# B\\n\\n[a](01-a.md#one) [b](01-a.md#two)\\n"),
        ("01-a.md", "# A\\n\\n## One\\n\\n```lockstep\\nrun factorail\\n```\\n"),
      ], "lockstep check .")
    #expect(run.status == 1)
    #expect(
      run.lines == [
        "./01-a.md:6:5: no demo is called \"factorail\" (did you mean factorial?); "
          + "lockstep list names them all",
        "./02-b.md:3:22: no heading of 01-a.md has the anchor #two",
      ])
    #expect(run.standardError == "2 lessons, 2 steps, 2 errors\n")
  }

  @Test("lets warnings pass, unless they are to fail")
  func warnings() throws {
    let files = [("a.md", "## A\\n\\nx\\n")]
    let lenient = try inFolder(files, "lockstep check a.md")
    #expect(lenient.status == 0 && lenient.lines.count == 1)
    #expect(lenient.lines.first?.hasPrefix("a.md:1:1: warning: ") == true)
    #expect(lenient.standardError == "1 lesson, 1 step, 1 warning\n")
    #expect(try inFolder(files, "lockstep check --strict a.md").status == 1)
  }

  @Test("hints at steps that do not fit a small screen, where hints are asked for")
  func fit() throws {
    let files = [("a.md", "# A\\n\\n## One\\n\\n\(String(repeating: "- x\\n\\n", count: 12))")]
    let quiet = try inFolder(files, "lockstep check --strict a.md")
    #expect(quiet.status == 0 && quiet.lines.isEmpty)
    #expect(
      quiet.standardError == "1 lesson, 1 step, nothing to mend; 1 hint (see it with --hints)\n")
    let told = try inFolder(files, "lockstep check --hints a.md")
    // The heading, a list of twelve with empty lines between, the end, and two empty lines.
    #expect(told.lines == ["a.md:3:1: hint: step 1 fills 27 rows of 21 at 80×24"])
    #expect(told.status == 0)
  }

  @Test("reads a document from standard input, and links from where it is called")
  func standardInput() throws {
    let run = try inFolder(
      [("b.md", "")], "printf '# A\\n\\n[a](b.md) [b](c.md)\\n' | lockstep check -")
    #expect(run.lines == ["-:3:15: the link to c.md is broken"])
    #expect(run.status == 1)
  }

  @Test("prints one JSON object where it is asked for one")
  func json() throws {
    let run = try inFolder(
      [("a.md", "# \"A\"\\n\\n[a](b.md)\\n")],
      "lockstep check --json a.md | tr '\\n' ' '; exit ${PIPESTATUS[0]}")
    #expect(
      run.standardOutput == """
        {"findings":[{"file":"a.md","line":3,"column":5,"severity":"error",\
        "message":"the link to b.md is broken"}],"lessons":1,"steps":1}\(" ")
        """)
    #expect(run.status == 1)
  }

  @Test("tells what is no lesson in one line each, and waits for no pipe")
  func badInput() throws {
    let run = try inFolder(
      [
        ("binary.md", "a\\0b"), ("latin.md", "# caf\\351\\n"),
        ("evil\u{1B}[31m\u{85}.md", "# A\\n\\n[a](\u{1B}]0;x)\\n"),
      ],
      """
      mkfifo pipe.md; ln -s nowhere.md dangling.md
      head -c 70000 /dev/zero | tr '\\0' a > large.md
      lockstep check .
      """)
    #expect(run.status == 1)
    #expect(
      run.lines.map { $0.split(separator: ":").first.map(String.init) ?? "" }.sorted() == [
        "./binary.md", "./evil␛[31m‹U+0085›.md", "./large.md", "./latin.md", "./pipe.md",
      ])
    #expect(run.standardOutput.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 })
    #expect(run.standardOutput.contains("pipe.md:1:1: ./pipe.md is a pipe"))
    #expect(run.standardError.contains("./dangling.md is a link that leads nowhere"))
    #expect(run.standardOutput.contains("latin.md:1:6: the byte 0xE9 is not UTF-8"))
    #expect(
      run.standardOutput.contains("binary.md:1:1: this is no text"))
  }

  @Test("says of another encoding that open shows it, also where no byte of it is wrong")
  func encoding() throws {
    let name = "UTF-16 (little-endian)"
    let advice = "save the file as UTF-8 (lockstep open reads it as \(name))"
    let marked = try inFolder(
      [("a.md", "\\377\\376#\\0 \\0A\\0\\n\\0")], "lockstep check a.md")
    #expect(marked.lines == ["a.md:1:1: the byte 0xFF is not UTF-8; \(advice)"])
    let bare = try inFolder([("a.md", "#\\0 \\0A\\0\\n\\0")], "lockstep check a.md")
    #expect(bare.lines == ["a.md:1:1: this is not UTF-8; \(advice)"])
    #expect(marked.status == 1 && bare.status == 1)
  }

  @Test(
    "fails where what it found, or the manual, or the help cannot be written",
    arguments: ["check --json", "man", "--help", "completions bash"])
  func fullDisk(words: String) throws {
    let run = try Program.bash("lockstep \(words) > /dev/full")
    #expect(run.status == 1)
    #expect(run.standardError.hasPrefix("lockstep: standard output could not be written: "))
  }

  @Test("says of a path that is not there, and of words it does not know, that they are wrong")
  func wrongUsage() throws {
    #expect(try Program("check", "/nowhere/at all.md").status == 2)
    #expect(
      try Program("check", "/nowhere/at all.md").standardError
        == "lockstep: there is no /nowhere/at all.md\n")
    #expect(try Program("check", "--josn").status == 2)
    #expect(try Program("chekc").standardError.contains("did you mean check?"))
  }

  @Test("fails for a folder without a document, where nothing was checked at all")
  func noDocument() throws {
    for words in ["nodocs", "--json nodocs", "a.md nodocs"] {
      let run = try inFolder([("a.md", "# A\\n")], "mkdir nodocs; lockstep check \(words)")
      #expect(run.status == 1 && run.standardOutput.isEmpty)
      #expect(run.standardError == "lockstep: there is no document (.md) in nodocs\n")
    }
  }

  @Test("warns of a number that two folders of one course give, and fails within one folder")
  func numbers() throws {
    let files = [("7-a.md", "# A\\n")]
    let more = "mkdir sub; printf '# B\\n' > sub/07-b.md"
    let run = try inFolder(files, "\(more); lockstep check .")
    #expect(
      run.lines == [
        "./sub/07-b.md:1:1: warning: ./7-a.md is lesson 7 too; give this one another number"
      ])
    #expect(run.status == 0)
    let apart = try inFolder(files, "\(more); lockstep check 7-a.md sub")
    #expect(apart.lines.isEmpty && apart.status == 0)
  }

  @Test("compiles the listings beside the lessons, and executes nothing of them")
  func listings() throws {
    let files = [
      ("a.md", "# A\\n\\n```python x.py\\nopen(\"ran\", \"w\")\\n```\\n"),
      ("x.py", "open(\"ran\", \"w\")\\nimport y\\n"), ("y.py", "é = (\\n"),
    ]
    let run = try inFolder(files, "lockstep check .; status=$?; ls | tr '\\n' ' '; exit $status")
    guard try Program.bash("command -v python3").status == 0 else { return }
    #expect(
      run.lines == [
        "./y.py:1:1: warning: no lesson shows this listing",
        "./y.py:1:6: this does not compile: '(' was never closed", "a.md x.py y.py ",
      ])
    #expect(run.status == 1)
  }

  @Test("says once that listings were not compiled, where there is no python3")
  func noPython() throws {
    let run = try Program(["check"], environment: ["PATH=/nowhere"])
    #expect(run.status == 0)
    #expect(
      run.standardError.hasPrefix(
        "python3 was not found, so whether the listings compile was not checked\n8 lessons"))
  }

  @Test("shows nothing on a terminal that could steer it")
  func terminal() throws {
    let path = try Program.path
    let terminal = try TestTerminal(
      columns: 80, rows: 10, path: "/bin/bash",
      arguments: [
        "--norc", "-c", "printf '# A\\n\\n[a](\u{1B}c\u{9B}31m)\\n' | '\(path)' check --json -",
      ], environment: TestTerminal.environment)
    #expect(terminal.waitForExit() == .exited(1))
    #expect(terminal.screen.contains { $0.contains("\"findings\"") })
    #expect(terminal.screen.contains { $0.contains("\\u001bc") && $0.contains("31m leads") })
    #expect(terminal.screen.contains { $0.contains(#"\u009b31m"#) })
  }
}
