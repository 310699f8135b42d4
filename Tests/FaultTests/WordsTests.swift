import Glibc
import Pty
import TestFaults
import TestTerminal
import Testing

@Suite("Words that any surroundings must allow", .faultMatrix)
struct WordsTests {
  /// Surroundings that are faults elsewhere, as a script before the command.
  private static let surroundings = [
    "stty rows 1 cols 1", "stty rows 0 cols 0", "stty rows 65535 cols 65535",
    "export LINES=-5 COLUMNS=abc", "export TERM=dumb", "unset TERM", "export TERM=",
    "export TERM=nosuch", "export TERM=../../x", "export TERMINFO=/nonexistent", "export LC_ALL=C",
    "export LC_ALL=xx_YY.UTF-8", "unset HOME", "export HOME=", "export HOME=/dev/null",
    "export XDG_STATE_HOME=relative", "mkdir -m 500 home; export HOME=$PWD/home",
    "ulimit -f 1", "exec < /dev/null", "exec <&-", "umask 777", "cd /; rmdir $OLDPWD",
    "mkdir -p s/lockstep/progress.json; export XDG_STATE_HOME=$PWD/s",
    "mkdir -p f/lockstep; mkfifo f/lockstep/progress.json; export XDG_STATE_HOME=$PWD/f",
  ]

  @Test("Row 110: --help and --version work in any surroundings", arguments: surroundings)
  func anywhere(surroundings: String) throws {
    let folder = try TemporaryFolder()
    for words in ["--help", "--version", "help", "run --help"] {
      let terminal = try openShell(
        """
        mkdir -p \(folder.path)/w; cd \(folder.path)/w
        ( \(surroundings); exec $lockstep \(words) > /dev/null 2>&1 ) || echo failed
        echo done
        """)
      #expect(terminal.waitUntil { $0.contains("done") }, "\(words)")
      #expect(!terminal.contains("failed"), "\(words)")
    }
  }

  /// Commands that print text for people.
  private static let commands = [
    "list", "help", "--help", "run --help", "open --help", "man", "check --hints", "doctor",
    "progress", "completions bash", "completions zsh", "completions fish",
    "run factorial", "run pool-sizing sizes=1,2 work=10ms", "replay rec",
    "export rec --format text",
    "4 --plain", "open doc.md --plain", "nonsense", "run nonsense", "run factorial last=x",
    "open \(long)",
    "check doc.md", "export nothing --format text", "replay",
  ]
  private static let long = String(repeating: "x", count: 300)

  @Test(
    "Row 15: In a locale without UTF-8, all text is ASCII",
    arguments: ["LC_ALL=C", "LC_ALL=POSIX", "LANG="])
  func ascii(locale: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "# Ünïcode – “title” …\n\ntext → 漢字\n\n```lockstep\nrun nothing …\n```\n", to: "doc.md")
    _ = try Program.bash("cd \(folder.path); lockstep run factorial -o rec")
    for command in Self.commands {
      let run = try Program.bash(
        "cd \(folder.path); export HOME=$PWD; unset LC_ALL; export \(locale); lockstep \(command) < /dev/null"
      )
      #expect(
        run.standardOutput.utf8.allSatisfy { $0 < 0x80 },
        "\(command): \(Self.foreign(run.standardOutput))")
      #expect(
        run.standardError.utf8.allSatisfy { $0 < 0x80 },
        "\(command): \(Self.foreign(run.standardError))")
    }
  }

  /// The lines that are not ASCII.
  private static func foreign(_ text: String) -> [Substring] {
    text.split(separator: "\n").filter { !$0.utf8.allSatisfy { $0 < 0x80 } }
  }

  @Test("Row 15: Files are UTF-8 in any locale")
  func data() throws {
    let folder = try TemporaryFolder()
    let run = try Program.bash(
      """
      cd \(folder.path); export LC_ALL=C
      lockstep run factorial -o rec > /dev/null
      lockstep export rec --format text -o out.txt
      grep -c · out.txt
      """)
    #expect(run.lines.last != "0", "\(run.lines)")
  }

  @Test("Row 15: A locale that is unknown or not set leaves the tutor its symbols")
  func symbols() throws {
    for locale in ["xx_YY.UTF-8", ""] {
      let terminal = try openTutor("4", environment: ["LC_ALL": locale, "LANG": ""])
      try #require(terminal.waitForTutor())
      #expect(terminal.contains("╭"), "\(locale)")
      terminal.expectQuit()
    }
  }
}
