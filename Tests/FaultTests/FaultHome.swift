import Glibc
import LessonKit
import StateFiles
import TestTerminal

/// A home folder of a program that runs under a fault.
struct FaultHome {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for name in ["home", "state", "config"] { try folder.makeFolder(name) }
  }

  /// The folder of the program's state.
  var state: String { folder("state/lockstep") }
  var progress: String { state + "/progress.json" }

  var variables: [String: String] {
    [
      "PATH": "/usr/bin:/bin", "HOME": folder("home"), "XDG_STATE_HOME": folder("state"),
      "XDG_CONFIG_HOME": folder("config"), "LC_ALL": "C.UTF-8", "TERM": "xterm-256color",
      "SWIFT_BACKTRACE": "enable=no",
    ]
  }

  /// Runs the program without a terminal, where `before` are the words of a program that starts it.
  func run(
    _ words: String..., before: [String] = [], changes: [String: String] = [:],
    input: String? = nil
  ) throws -> Program {
    try run(words, before: before, changes: changes, input: input)
  }

  func run(
    _ words: [String], before: [String] = [], changes: [String: String] = [:],
    input: String? = nil
  ) throws -> Program {
    let all = before + [try Program.path] + words
    return try Program(
      path: all[0], Array(all.dropFirst()),
      environment: variables.merging(changes) { $1 }.map { "\($0.key)=\($0.value)" },
      input: input)
  }

  /// Runs a shell script, in which `$LOCKSTEP` is the program and `$STATE` the folder of its state.
  func shell(
    _ script: String, before: [String] = [], changes: [String: String] = [:]
  ) throws -> Program {
    let own = ["LOCKSTEP": try Program.path, "STATE": state, "FOLDER": folder.path]
    let all = before + ["/bin/bash", "--norc", "--noprofile", "-c", script]
    return try Program(
      path: all[0], Array(all.dropFirst()),
      environment: variables.merging(own) { $1 }.merging(changes) { $1 }
        .map { "\($0.key)=\($0.value)" })
  }

  /// Opens the tutor on a terminal.
  func open(_ words: String..., columns: Int = 120, rows: Int = 40) throws -> TestTerminal {
    try TestTerminal(
      columns: columns, rows: rows, path: try Program.path, arguments: words,
      environment: TestTerminal.environment.merging(variables) { $1 })
  }

  /// Saves progress as an earlier session would.
  func saveProgress() throws { _ = try run("7/2", "--plain") }

  /// The saved steps of the built-in lessons.
  func seen() throws -> Set<StepKey> {
    try ProgressStore(in: StateFolder(path: state)).read()?.documents["built-in"]?.progress.seen
      ?? []
  }

  /// What is in the folder of the state, but for the lock.
  var names: [String] { folder.names(in: "state/lockstep").filter { $0 != ".lock" } }
}
