import Glibc
import Pty
import TestDocuments
import TestFaults
import TestTerminal
import Testing

@testable import Checking

@Suite("lockstep check", .faultMatrix)
struct CheckTests {
  /// Makes a folder of files with the output of `printf` for each text, and runs a script in it.
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

  @Test("The built-in lessons have no findings")
  func builtIn() throws {
    let run = try Program("check")
    #expect(run.status == 0 && run.standardOutput.isEmpty)
    #expect(run.standardError.contains(" steps, nothing to fix"))
  }

  @Test("The project's documents, with their links and anchors, have no findings")
  func documents() throws {
    let root = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }
    let run = try Program(
      "check", "--strict", root + "/README.md", root + "/CONTRIBUTING.md", root + "/Docs")
    #expect(run.status == 0 && run.standardOutput.isEmpty, "\(run.standardOutput)")
  }

  @Test("Errors are listed by file, line and column, and fail the check")
  func findings() throws {
    let run = try inFolder(
      [
        ("02-b.md", "# B\\n\\n[a](01-a.md#one) [b](01-a.md#two)\\n"),
        ("01-a.md", "# A\\n\\n## One\\n\\n```lockstep\\nrun factorail\\n```\\n"),
      ], "lockstep check .")
    #expect(run.status == 1)
    #expect(
      run.lines == [
        "./01-a.md:6:5: there is no demo \"factorail\" (did you mean factorial?); "
          + "lockstep list shows all demos",
        "./02-b.md:3:22: no heading of 01-a.md has the anchor #two",
      ])
    #expect(run.standardError == "2 lessons, 2 steps, 2 errors\n")
  }

  @Test("Warnings pass, unless the check is strict")
  func warnings() throws {
    let files = [("a.md", "## A\\n\\nx\\n")]
    let lenient = try inFolder(files, "lockstep check a.md")
    #expect(lenient.status == 0 && lenient.lines.count == 1)
    #expect(lenient.lines.first?.hasPrefix("a.md:1:1: warning: ") == true)
    #expect(lenient.standardError == "1 lesson, 1 step, 1 warning\n")
    #expect(try inFolder(files, "lockstep check --strict a.md").status == 1)
  }

  @Test("Hints name steps that do not fit a small screen, if asked for")
  func fit() throws {
    let files = [("a.md", "# A\\n\\n## One\\n\\n\(String(repeating: "- x\\n\\n", count: 12))")]
    let quiet = try inFolder(files, "lockstep check --strict a.md")
    #expect(quiet.status == 0 && quiet.lines.isEmpty)
    #expect(
      quiet.standardError == "1 lesson, 1 step, nothing to fix; 1 hint (see it with --hints)\n")
    let reported = try inFolder(files, "lockstep check --hints a.md")
    // The heading, twelve items with empty lines between them, the end, and two empty lines.
    #expect(reported.lines == ["a.md:3:1: hint: step 1 fills 27 rows of 21 at 80×24"])
    #expect(reported.status == 0)
  }

  @Test("A document from standard input links from the working directory")
  func standardInput() throws {
    let run = try inFolder(
      [("b.md", "")], "printf '# A\\n\\n[a](b.md) [b](c.md)\\n' | lockstep check -")
    #expect(run.lines == ["-:3:15: the link to c.md is broken"])
    #expect(run.status == 1)
  }

  @Test("--json prints one JSON object")
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

  @Test("A file that is not a lesson is one finding, and a pipe does not block")
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
    let files = run.lines.map { String($0.prefix { $0 != ":" }) }
    let expected = [
      "./binary.md", "./evil␛[31m‹U+0085›.md", "./large.md", "./latin.md", "./pipe.md",
    ]
    #expect(files.sorted() == expected)
    #expect(run.standardOutput.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 })
    #expect(run.standardOutput.contains("pipe.md:1:1: ./pipe.md is a pipe"))
    #expect(run.standardError.contains("./dangling.md is a broken link"))
    #expect(run.standardOutput.contains("latin.md:1:6: the byte 0xE9 is not UTF-8"))
    #expect(
      run.standardOutput.contains("binary.md:1:1: this is not text"))
  }

  @Test("Another encoding is an error that mentions lockstep open")
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
    "A command fails if its output cannot be written",
    arguments: ["check --json", "man", "--help", "completions bash"])
  func fullDisk(words: String) throws {
    let run = try Program.bash("lockstep \(words) > /dev/full")
    #expect(run.status == 1)
    #expect(run.standardError.hasPrefix("lockstep: standard output could not be written: "))
  }

  @Test("A file that does not exist has one status for every command")
  func missing() throws {
    for words in [
      ["open", "/nowhere/a.md"], ["check", "/nowhere/a.md"], ["replay", "/nowhere/a.ndjson"],
      ["export", "/nowhere/a.ndjson", "--format", "text"],
    ] {
      let run = try Program(words)
      #expect(run.status == 2, "\(words)")
      #expect(run.standardError.contains("does not exist"), "\(words)")
    }
  }

  @Test("A missing path and unknown words are wrong usage")
  func wrongUsage() throws {
    #expect(try Program("check", "/nowhere/at all.md").status == 2)
    #expect(
      try Program("check", "/nowhere/at all.md").standardError
        == "lockstep: /nowhere/at all.md does not exist\n")
    #expect(try Program("check", "--josn").status == 2)
    #expect(try Program("chekc").standardError.contains("did you mean check?"))
  }

  @Test("A folder without documents fails the check")
  func noDocument() throws {
    for words in ["nodocs", "--json nodocs", "a.md nodocs"] {
      let run = try inFolder([("a.md", "# A\\n")], "mkdir nodocs; lockstep check \(words)")
      #expect(run.status == 1 && run.standardOutput.isEmpty)
      #expect(run.standardError == "lockstep: there is no document in nodocs\n")
    }
  }

  @Test(
    "A document of any kind has the lessons and steps that it opens with, none over two screens")
  func oneReader() throws {
    for name in ["notes.txt", "notes.md", "notes", "notes.text"] {
      let folder = try TemporaryFolder()
      try folder.write(KeptDocuments.text(KeptDocuments.handout), to: name)
      let check = try Program("check", "--hints", folder(name))
      #expect(check.status == 0)
      #expect(check.standardError.hasPrefix("5 lessons, 16 steps, nothing to fix"), "\(name)")
      let rows = check.lines.compactMap { line in
        line.firstRange(of: " fills ").flatMap {
          Int(line[$0.upperBound...].prefix { $0.isNumber })
        }
      }
      #expect(!rows.isEmpty && rows.allSatisfy { $0 <= 42 })
      let open = try Program(
        ["open", folder(name), "--plain"], input: "lessons\nquit\n")
      #expect(open.standardOutput.contains("5 Source Code: nap. "))
    }
  }

  @Test("A step that is shown as several counts as several")
  func pages() throws {
    let folder = try TemporaryFolder()
    let line = "Some words of a line that is as long as most lines of a document are.\n\n"
    try folder.write("# T\n\n## S\n\n" + String(repeating: line, count: 900), to: "a.md")
    let check = try Program("check", folder("a.md"))
    let open = try Program(["open", folder("a.md"), "--plain"], input: "quit\n")
    #expect(check.standardError.hasPrefix("1 lesson, 2 steps, nothing to fix"))
    #expect(open.standardOutput.hasSuffix("1 of 2 steps seen. Good-bye.\n"))
  }

  @Test("All documents of a folder are checked, as all of them open")
  func folder() throws {
    let run = try inFolder(
      [
        ("a.md", "# A\\n"), ("b.txt", "1. One\\n\\nText.\\n\\n2. Two\\n\\nText.\\n"),
        ("c.py", "x\\n"),
      ],
      "lockstep check .")
    #expect(run.standardError.hasPrefix("3 lessons, 3 steps, nothing to fix"))
  }

  @Test("The same lesson number twice in a course is a warning")
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

  @Test("Listings beside the lessons are compiled and not executed")
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

  @Test("Row 95: Without python3, one note says that listings were not compiled")
  func noPython() throws {
    let run = try Program(["check"], environment: ["PATH=/nowhere"])
    #expect(run.status == 0)
    #expect(
      run.standardError.hasPrefix(
        "python3 was not found, so the listings were not compiled\n8 lessons"))
  }

  @Test("Output on a terminal cannot control it")
  func terminal() throws {
    let path = try Program.path
    let terminal = try TestTerminal(
      columns: 80, rows: 10, path: "/bin/bash",
      arguments: [
        "--norc", "-c", "printf '# A\\n\\n[a](\u{1B}c\u{9B}31m)\\n' | '\(path)' check --json -",
      ], environment: TestTerminal.environment)
    #expect(terminal.waitForExit() == .exited(1))
    #expect(terminal.screen.contains { $0.contains("\"findings\"") })
    #expect(terminal.screen.contains { $0.contains("\\u001bc") && $0.contains("31m is") })
    #expect(terminal.screen.contains { $0.contains(#"\u009b31m"#) })
  }
}

@Suite("Files of a check")
struct CheckedFilesTests {
  @Test("A file is read only when it is checked")
  func late() throws {
    let folder = try TemporaryFolder()
    try folder.write("old", to: "a.md")
    let files = try CheckedFiles(paths: [folder.path])
    try folder.write("new", to: "a.md")
    #expect(try files.documents[0].content().get() == Array("new".utf8))
  }
}
