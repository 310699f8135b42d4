import Catalog
import Documents
import LessonKit
import TestState
import TestTerminal
import Testing

@testable import Manual
@testable import StateFiles
@testable import lockstep

@Suite("Completions")
struct CompletionsTests {
  /// The completions that bash offers for a line, given in words as bash splits them.
  private func bash(_ words: String..., current: String? = nil) throws -> [String] {
    let quoted = words.map { "'\($0)'" }.joined(separator: " ")
    let run = try Program.bash(
      """
      source <(lockstep completions bash)
      cd "$(mktemp -d)"; trap 'rm -rf "$PWD"' EXIT
      touch notes.md 'two words.md'; mkdir lessons
      COMP_WORDS=(lockstep \(quoted)); COMP_CWORD=\(words.count)
      _lockstep lockstep '\(current ?? words.last ?? "")'
      (( ${#COMPREPLY[@]} )) && printf '%s\\n' "${COMPREPLY[@]}"
      true
      """)
    #expect(run.status == 0)
    // Outside a real completion, bash reports that compopt is not available.
    #expect(run.standardError.isEmpty, "\(run.standardError)")
    return run.lines
  }

  @Test("Commands and lessons are completed")
  func first() throws {
    let offered = try bash("")
    for word in ["4", "producer-consumer", "list", "run", "check", "completions", "man", "help"] {
      #expect(offered.contains(word), "\(word)")
    }
    #expect(try bash("fac") == ["factorial"])
    #expect(try bash("che") == ["check"])
    #expect(try bash("help", "doc") == ["doctor"])
    #expect(try bash("--th") == ["--theme"])
  }

  @Test("Steps are completed after a lesson and a slash")
  func steps() throws {
    #expect(try bash("7/") == (1...6).map { "7/\($0)" })
    #expect(try bash("pool-sizing/6") == ["pool-sizing/6"])
    #expect(try bash("99/") == [])
  }

  @Test("Demos and unused parameters are completed")
  func parameters() throws {
    let demos = DemoCatalog(cores: 2).demos
    #expect(try bash("run", "") == demos.map(\.id))
    let catalog = DemoCatalog(cores: 2)
    let completer = Completer(
      root: try Lockstep.declaration(), catalog: catalog, course: try BuiltInCourse.load(catalog),
      documents: { [] })
    for demo in demos {
      let words = completer.candidates(for: ["run", demo.id, ""]).0.map(\.word)
      #expect(words == demo.parameters.map { "\($0.name)=" })
    }
    #expect(try bash("run", "factorial", "first=2", "") == ["last=", "workers=", "order="])
    #expect(try bash("run", "nothing", "") == [])
  }

  @Test("Values are completed although bash splits name=value")
  func values() throws {
    #expect(try bash("run", "factorial", "order", "=", current: "") == ["up", "down"])
    #expect(try bash("run", "factorial", "order", "=", "d") == ["down"])
    #expect(try bash("run", "producer-consumer", "lock=") == ["lock=on", "lock=off"])
    #expect(try bash("run", "factorial", "first", "=", "2", "or") == ["order="])
    #expect(try bash("--theme", "=", "li") == ["light"])
  }

  @Test("Options and their values are completed")
  func options() throws {
    let themes = try bash("--theme", "")
    #expect(themes.contains("dark") && themes.contains("light"))
    #expect(try bash("run", "--format", "n") == ["ndjson"])
    #expect(try bash("run", "factorial", "--engine", "") == ["native"])
    #expect(try bash("completions", "") == ["bash", "zsh", "fish"])
    #expect(try bash("check", "--strict", "--").contains("--hints"))
    #expect(try !bash("check", "--strict", "--").contains("--strict"))
    #expect(try bash("doctor", "") == [])
  }

  @Test("Files are completed where a file is expected")
  func files() throws {
    #expect(try bash("check", "").sorted() == ["lessons", "notes.md", "two words.md"])
    #expect(try bash("check", "notes.md", "two") == ["two words.md"])
    #expect(try bash("run", "factorial", "-o", "no") == ["notes.md"])
    #expect(try bash("list", "no") == [])
  }

  @Test("Documents with progress are completed after progress")
  func documents() throws {
    let stage = try StateStage()
    _ = try stage.store().add(seen("a"), to: "/notes/two words.md")
    _ = try stage.store().add(seen("a"), to: "/a\n/b")
    let run = try Program(
      ["---complete", "progress", "--reset", ""],
      environment: ["XDG_STATE_HOME=\(stage.home.path)"])
    #expect(run.lines == ["files", "built-in\t", "/notes/two words.md\t"])
  }

  @Test("No request prints anything on standard error")
  func silence() throws {
    for words in [[], ["", "", ""], ["="], ["run", "=", "="], ["--", "-"], ["\u{1B}[31m", "x"]] {
      let run = try Program(["---complete"] + words)
      #expect(run.status == 0 && run.standardError.isEmpty)
      #expect(["words", "files"].contains(run.lines.first))
    }
  }

  @Test(
    "zsh and fish can parse their scripts", arguments: ["zsh", "fish"])
  func scripts(shell: String) throws {
    #expect(try Program("completions", shell).status == 0)
    guard try Program.bash("command -v \(shell)").status == 0 else { return }
    let run = try Program.bash(
      "lockstep completions \(shell) > /dev/null && \(shell) -n <(lockstep completions \(shell))")
    #expect(run.status == 0 && run.standardError.isEmpty, "\(run.standardError)")
  }

  @Test("fish shows words with their descriptions")
  func fish() throws {
    guard try Program.bash("command -v fish").status == 0 else { return }
    let run = try Program.bash(
      """
      export HOME=$(mktemp -d); trap 'rm -rf "$HOME"' EXIT
      fish -c 'lockstep completions fish | source
        complete -C "lockstep run factorial order="
        complete -C "lockstep 7"'
      """)
    #expect(
      run.lines == ["order=down", "order=up", "7\tFactorials on a thread pool"], "\(run.lines)")
  }

  @Test("An unknown shell is wrong usage")
  func unknown() throws {
    let run = try Program("completions", "tcsh")
    #expect(run.status == 2 && run.standardOutput.isEmpty)
  }
}
