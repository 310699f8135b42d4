import Glibc
import JSON
import LessonKit
import TestState
import TestTerminal
import Testing

@testable import StateFiles

@Suite("What outlives a session")
struct StateOnTerminalTests {
  private let stage: StateStage

  init() throws { stage = try StateStage() }

  private var environment: [String: String] {
    TestTerminal.environment.merging(["XDG_STATE_HOME": stage.home.path]) { $1 }
  }

  private func kept() throws -> DocumentProgress {
    try stage.store().read()?.documents["built-in"]?.progress ?? DocumentProgress()
  }

  /// Opens the tutor, sees that it shows a step, and types.
  private func visit(_ words: String..., step: String, keys: String...) throws -> TestTerminal {
    let terminal = try TestTerminal(
      columns: 120, rows: 40, path: try Program.path, arguments: words,
      environment: environment)
    #expect(terminal.waitUntil { $0.contains(step) && $0.contains("? help") })
    for key in keys { terminal.send(.text(key)) }
    return terminal
  }

  @Test("is where the learner was: lockstep alone opens there, a lesson's number too")
  func place() throws {
    var terminal = try visit("7", step: "step 1 of 6", keys: "n")
    #expect(terminal.waitUntil { $0.contains("step 2 of 6") })
    terminal.send(.text("q"))
    #expect(terminal.waitForExit() == .exited(0))
    #expect(try kept().seen.count == 2 && kept().ran.isEmpty)
    terminal = try visit(step: "step 2 of 6", keys: "q")
    #expect(terminal.waitForExit() == .exited(0))
    terminal = try visit("7", step: "step 2 of 6", keys: "q")
    #expect(terminal.waitForExit() == .exited(0))
    terminal = try visit("7/1", step: "step 1 of 6", keys: "q")
    #expect(terminal.waitForExit() == .exited(0))
    terminal = try visit("4", step: "step 1 of 9", keys: "q")
    #expect(terminal.waitForExit() == .exited(0))
    #expect(try kept().place?.lesson == "producer-consumer")
    #expect(stage.names == ["progress.json"])
  }

  @Test(
    "is what was done until the end, also when a signal brings it",
    arguments: [SIGTERM, SIGHUP, SIGINT, SIGQUIT])
  func signalled(signal: Int32) throws {
    let terminal = try visit("7", step: "step 1 of 6", keys: "n", "n")
    #expect(terminal.waitUntil { $0.contains("step 3 of 6") })
    terminal.terminate(signal)
    #expect(terminal.waitForExit() == .signalled(signal))
    #expect(try kept().seen.count == 3)
  }

  @Test("is what was run, too")
  func ran() throws {
    let terminal = try visit("4", step: "step 1 of 9", keys: "r")
    #expect(terminal.waitUntil { $0.contains("A adder") })
    terminal.send(.text("q"))
    #expect(terminal.waitForExit() == .exited(0))
    #expect(try kept().ran.count == 1)
  }

  @Test("is the work of both where two are open at once")
  func both() throws {
    let one = try visit("4", step: "step 1 of 9")
    let other = try visit("7", step: "step 1 of 6")
    for step in 2...4 {
      for (terminal, count) in [(one, 9), (other, 6)] {
        terminal.send(.text("n"))
        #expect(terminal.waitUntil { $0.contains("step \(step) of \(count)") })
      }
    }
    for terminal in [one, other] {
      terminal.send(.text("q"))
      #expect(terminal.waitForExit() == .exited(0))
    }
    #expect(try kept().seen.count == 8)
    #expect(try kept().place?.lesson == "factorial")
  }

  @Test("is whole after a kill at any moment, and the next start goes on")
  func killed() throws {
    for step in 1...4 {
      let terminal = try visit(step == 1 ? "8" : "8/\(step)", step: "step \(step) of 9", keys: "n")
      // The screen is ahead of the disk by a moment, so a kill meets any part of the writing.
      #expect(terminal.waitUntil { $0.contains("step \(step + 1) of 9") })
      terminal.terminate(SIGKILL)
      #expect(terminal.waitForExit() == .signalled(SIGKILL))
      _ = try stage.store().read()
    }
    let terminal = try visit("8/9", step: "step 9 of 9", keys: "q")
    #expect(terminal.waitForExit() == .exited(0))
    #expect(try kept().place.map { try kept().seen.contains($0) } == true)
    #expect(stage.names == ["progress.json"])
  }

  @Test("is told of where it was damaged, and kept beside")
  func damaged() throws {
    write(Array("nonsense".utf8), to: stage.path)
    let terminal = try openTutor(environment: environment)
    #expect(terminal.waitUntil { $0.contains("progress.json was damaged") })
    terminal.send(.text("q"))
    #expect(terminal.waitForExit() == .exited(0))
    #expect(stage.names.count == 2)
    #expect(try kept().seen.count == 1)
  }

  @Test("is the same for the tutor without a screen, which tells what is wrong with it")
  func plain() throws {
    write(Array("nonsense".utf8), to: stage.path)
    let run = try Program(["7", "--plain"], environment: ["XDG_STATE_HOME=\(stage.home.path)"])
    #expect(run.status == 0 && run.standardOutput.contains("progress.json was damaged"))
    #expect(try kept().place?.lesson == "factorial" && kept().seen.count == 1)
    let terminal = try visit(step: "step 1 of 6", keys: "q")
    #expect(terminal.waitForExit() == .exited(0))
  }

  @Test("is a setting changed in the form, and no more than that")
  func settings() throws {
    let variables = environment.merging(["XDG_CONFIG_HOME": stage.home.path + "/c"]) { $1 }
    let terminal = try openTutor("--ascii", environment: variables)
    #expect(terminal.waitUntil { $0.contains("? help") })
    terminal.send(.text("S"))
    #expect(terminal.waitUntil { $0.contains("Settings") })
    terminal.send(.text(" "), .enter)
    #expect(terminal.waitUntil { !$0.contains("Settings") })
    terminal.send(.text("q"))
    #expect(terminal.waitForExit() == .exited(0))
    let text = try #require(contents(of: stage.home.path + "/c/lockstep/settings.json"))
    let json = try JSONValue(parsing: text)
    #expect(json["theme"] != nil && json["ascii"] == nil)
  }

  @Test("is nothing where there is no home, which is told once")
  func homeless() throws {
    let terminal = try openTutor(environment: ["HOME": "/nonexistent"])
    #expect(terminal.waitUntil { $0.contains("nothing that you do is kept") })
    terminal.send(.text("q"))
    #expect(terminal.waitForExit() == .exited(0))
  }

  @Test("A file that may not grow is told, the tutor goes on, and what was kept stays")
  func limited() throws {
    _ = try stage.store().add(seen("a"), to: "built-in")
    let before = contents(of: stage.path)
    let terminal = try TestTerminal(
      columns: 120, rows: 40, path: "/bin/sh",
      arguments: ["-c", "ulimit -f 0; exec \"$0\" 4", try Program.path],
      environment: environment)
    #expect(terminal.waitUntil { $0.contains("what you do is not kept for now") })
    terminal.send(.text("n"))
    #expect(terminal.waitUntil { $0.contains("step 2 of 9") })
    terminal.send(.text("q"))
    #expect(terminal.waitForExit() == .exited(0))
    #expect(contents(of: stage.path) == before && stage.names == ["progress.json"])
  }
}
