import TestTerminal
import Testing

@Suite("Unknown words")
struct UsageTests {
  @Test(
    "An unknown word gets one line with a suggestion and status 2",
    arguments: [
      // A mistyped command, whatever follows it.
      (["opne", "les"], "no lesson or command is called \"opne\" (did you mean open?)"),
      (["rnu", "factorial"], "no lesson or command is called \"rnu\" (did you mean run?)"),
      (["chekc", "--strict"], "no lesson or command is called \"chekc\" (did you mean check?)"),
      (["4", "les"], "\"les\" is one word too many (see: lockstep --help)"),
      // Help on an unknown command.
      (["help", "oepn"], "no command is called \"oepn\" (did you mean open?)"),
      (["help", "zzzzzzzz"], "no command is called \"zzzzzzzz\"; there are open, list, "),
      // A missing or unknown argument leads to the help of the command.
      (["open"], "PATH is missing (see: lockstep help open)"),
      (["completions"], "SHELL is missing (see: lockstep help completions)"),
      (["open", "x", "--at"], "--at needs a value: LESSON[/STEP] (see: lockstep help open)"),
      (
        ["check", "--josn"], "no option is called --josn (did you mean --json?) (see: lockstep help"
      ),
      (["completions", "tcsh"], "SHELL tcsh: use bash, zsh or fish (see: lockstep help com"),
      (["--foo"], "no option is called --foo (see: lockstep --help)"),
      // A quote in a value gets the parser's message.
      (["list", "it's"], "Unexpected argument 'it's' (see: lockstep help list)"),
    ])
  func unknown(words: [String], message: String) throws {
    let run = try Program(words)
    #expect(run.status == 2 && run.standardOutput.isEmpty)
    #expect(run.standardError.hasPrefix("lockstep: \(message)"), "\(run.standardError)")
    #expect(run.standardError.split(separator: "\n").count == 1)
  }

  @Test(
    "A path as a command suggests lockstep open",
    arguments: [
      "les/01-who-waits.md", "README.md", "./les", "les", "les/", "les/nothing.md", "a.txt",
    ])
  func path(word: String) throws {
    let run = try inFolder("lockstep \(word)")
    #expect(run.standardError == "lockstep: to open a document: lockstep open \(word)\n")
    #expect(run.status == 2)
  }

  @Test("A word that is no path does not suggest lockstep open")
  func noPath() throws {
    for word in ["lst", "nothing/2", "44", "4.5"] {
      let run = try inFolder("lockstep \(word)")
      #expect(run.status == 2 && run.standardError.contains("no lesson or command is called"))
    }
  }

  @Test("--at suggests only lessons")
  func at() throws {
    let bad = try inFolder("lockstep open les --at mad")
    #expect(
      bad.standardError == "lockstep: no lesson is called \"mad\"; the lessons are 1 who-waits\n")
    let step = try inFolder("lockstep open les --at 1/9")
    #expect(step.standardError == "lockstep: lesson 1 has no step \"9\"; it has one step\n")
    #expect(bad.status == 2 && step.status == 2)
  }

  private func inFolder(_ script: String) throws -> Program {
    let folder = try TemporaryFolder()
    defer { withExtendedLifetime(folder) {} }
    return try Program.bash(
      """
      cd '\(folder.path)'; mkdir les
      printf '# Who waits\\n\\n## A\\n\\nx\\n' > les/01-who-waits.md
      \(script)
      """)
  }
}
