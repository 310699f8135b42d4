import Events
import Glibc
import TestEvents
import TestFaults
import TestTerminal
import Testing

@Suite("Every output is safe to show", .faultMatrix)
struct OutputSafetyTests {
  private let home: FaultHome
  private static let attack = OutputBytes.attack

  init() throws { home = try FaultHome() }

  private func expectSafe(_ run: Program, _ words: [String]) {
    #expect(OutputBytes.forbidden(in: run.standardOutput).isEmpty, "\(words)")
    #expect(OutputBytes.forbidden(in: run.standardError).isEmpty, "\(words)")
    #expect(!(run.standardOutput + run.standardError).isEmpty, "\(words)")
  }

  @Test("Row 71: Words of the command line come back without control characters")
  func words() throws {
    let attack = Self.attack
    for words in [
      [attack], ["open", attack], ["open", "--at", attack, home.folder.path], ["check", attack],
      ["run", attack], ["run", "lock", attack], ["run", "lock", "\(attack)=1"],
      ["run", "lock", "--engine", attack], ["run", "lock", "--format", attack],
      ["run", "lock", "--speed", attack], ["run", "lock", "-o", "/no/\(attack)"],
      ["replay", attack], ["replay", "--speed", attack, "x"], ["export", attack],
      ["export", attack, "--format", "svg"], ["progress", attack], ["help", attack],
      ["completions", attack], ["--\(attack)"], ["list", attack], ["doctor", "--\(attack)"],
      ["man", attack], ["--theme", attack], ["---complete", "run", "lock", attack],
    ] {
      let run = try home.run(words)
      // A completion holds a tab between a word and its explanation.
      if words[0] == "---complete" { continue }
      expectSafe(run, words)
      #expect(run.status == 1 || run.status == 2, "\(words) \(run)")
    }
  }

  @Test("Row 71: Names and texts of documents are safe in the output of check, open and progress")
  func documents() throws {
    try home.folder.makeFolder("docs")
    let attack = Self.attack
    let text = """
      # T \(attack)

      [a \(attack)](missing\(attack).md) ![b](c\(attack).png) [d](#\(attack))

      ```lockstep
      run \(attack)
      ```

      ```python x.py
      \(attack)
      ```

      ## S \(attack)

      `\(attack)` &#27;[31m &#x9b;31m &amp;#27;
      """
    try home.folder.write(text, to: "docs/a\(attack).md")
    try home.folder.write("print('\(attack)'\n", to: "docs/x.py")
    try home.folder.write("x", to: "docs/\(attack).py")
    for words in [
      ["check", home.folder("docs")], ["check", "--json", home.folder("docs")],
      ["check", "--hints", home.folder("docs/a\(attack).md")],
      ["open", "--plain", home.folder("docs")],
      ["progress"], ["progress", "--json"], ["progress", "--reset", "--yes", home.folder("docs")],
    ] {
      let run = try home.run(words)
      expectSafe(run, words)
      if words[0] != "check" { #expect(run.status == 0, "\(words) \(run)") }
    }
  }

  @Test("Row 61: A hostile recording is safe in every output, and its data is kept as escapes")
  func recording() throws {
    let attack = Self.attack
    let events = [
      Event(
        .runStart, seq: 1, time: 10, pid: 7, tid: 7,
        texts: ["lock\(attack)", "x=\(attack)", attack, attack]),
      Event(.output, seq: 2, time: 30, pid: 7, tid: 7, texts: [attack]),
      Event(.result, seq: 3, time: 35, pid: 7, tid: 7, texts: [attack, attack]),
      // A clock that jumped must not stop a replay for years.
      Event(.output, seq: 4, time: .max / 2, pid: 7, tid: 7, texts: ["late"]),
      Event(.runFinish, seq: 5, time: .max / 2 + 1, pid: 7, tid: 7),
    ]
    let lines = [RecordingHeader(demo: "lock\(attack)").json()] + events.map { $0.json() }
    for line in lines { #expect(OutputBytes.forbidden(in: line).isEmpty) }
    let path = home.folder("run\(attack).ndjson")
    try home.folder.write(lines.joined(separator: "\n") + "\n", to: "run\(attack).ndjson")
    for words in [
      ["replay", path], ["export", path, "--format", "text"], ["export", path, "--format", "svg"],
      ["export", path, "--format", "chrome"],
    ] {
      let run = try home.run(words)
      expectSafe(run, words)
      #expect(run.status == 0, "\(words) \(run)")
    }
    let trace = try home.run("export", path, "--format", "chrome").standardOutput
    #expect(trace.contains(#"\u001b]0;stolen\u0007"#) && trace.contains(#"\u202eturned"#))
    let broken = path + "2"
    write(Array("\(lines[0])\n\(attack)\n".utf8), to: broken)
    for words in [["replay", broken], ["export", broken, "--format", "text"]] {
      let run = try home.run(words)
      #expect(run.status == 1)
      #expect(OutputBytes.forbidden(in: run.standardOutput + run.standardError).isEmpty)
    }
    let read = try home.run("replay", path)
    #expect(read.standardOutput.contains("late"))
  }

  @Test("Row 71: doctor, list, man and help are safe with any environment")
  func environment() throws {
    let attack = Self.attack
    try home.folder.makeFolder("bin\(attack)")
    let python = "#!/bin/sh\nprintf '3.\\033[31m\\233 %s\\n' \"$0\"\n"
    try home.folder.write(python, to: "bin\(attack)/python3")
    chmod(home.folder("bin\(attack)/python3"), 0o755)
    let changes = [
      "PATH": home.folder("bin\(attack)") + ":/usr/bin:/bin", "TERM": attack,
      "COLORFGBG": attack, "LANG": attack, "NO_COLOR": attack,
    ]
    for words in [["doctor"], ["list"], ["list", "--json"], ["--help"], ["help", "run"]] {
      let run = try home.run(words, changes: changes)
      expectSafe(run, words)
      #expect(run.status == 0, "\(words) \(run)")
    }
    let manual = try home.run("man", changes: changes)
    #expect(OutputBytes.forbidden(in: manual.standardOutput).isEmpty)
    #expect(try home.run("doctor", changes: changes).standardOutput.contains("3.␛[31m"))
  }
}
