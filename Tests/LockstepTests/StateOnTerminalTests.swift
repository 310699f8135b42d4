import Glibc
import JSON
import LessonKit
import TestFaults
import TestState
import TestTerminal
import Testing

@testable import StateFiles

@Suite("State between sessions", .faultMatrix)
struct StateOnTerminalTests {
  private let stage: StateStage

  init() throws { stage = try StateStage() }

  private var environment: [String: String] {
    TestTerminal.environment.merging(["XDG_STATE_HOME": stage.home.path]) { $1 }
  }

  private func kept() throws -> DocumentProgress {
    try stage.store().read()?.documents["built-in"]?.progress ?? DocumentProgress()
  }

  /// Opens the tutor, waits for a step and types.
  private func visit(_ words: String..., step: String, keys: String...) throws -> TestTerminal {
    let terminal = try TestTerminal(
      columns: 120, rows: 40, path: try Program.path, arguments: words,
      environment: environment)
    #expect(terminal.waitUntil { $0.contains(step) && $0.contains("? help") })
    for key in keys { terminal.send(.text(key)) }
    return terminal
  }

  @Test("The tutor and a lesson open at the learner's last place")
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
    "Progress is saved when a signal ends the tutor",
    arguments: [SIGTERM, SIGHUP, SIGINT, SIGQUIT])
  func signalled(signal: Int32) throws {
    let terminal = try visit("7", step: "step 1 of 6", keys: "n", "n")
    #expect(terminal.waitUntil { $0.contains("step 3 of 6") })
    terminal.terminate(signal)
    #expect(terminal.waitForExit() == .signalled(signal))
    #expect(try kept().seen.count == 3)
  }

  @Test("Runs are saved as progress")
  func ran() throws {
    let terminal = try visit("4", step: "step 1 of 9", keys: "r")
    #expect(terminal.waitUntil { $0.contains("A add_thread") })
    terminal.send(.text("q"))
    #expect(terminal.waitForExit() == .exited(0))
    #expect(try kept().ran.count == 1)
  }

  @Test("Row 57: Two instances save the progress of both")
  func both() throws {
    let one = try visit("4", step: "step 1 of 9")
    let other = try visit("7", step: "step 1 of 6")
    for step in 2...3 {
      for (terminal, count) in [(one, 9), (other, 6)] {
        terminal.send(.text("n"))
        #expect(terminal.waitUntil { $0.contains("step \(step) of \(count)") })
      }
    }
    // The first instance has saved everything when it has ended, so the other one saves last.
    for (terminal, count) in [(one, 9), (other, 6)] {
      terminal.send(.text("n"))
      #expect(terminal.waitUntil { $0.contains("step 4 of \(count)") })
      terminal.send(.text("q"))
      #expect(terminal.waitForExit() == .exited(0))
    }
    #expect(try kept().seen.count == 8)
    #expect(try kept().place?.lesson == "factorial")
  }

  @Test("Row 50: A kill at any moment leaves a valid file")
  func killed() throws {
    for step in 1...4 {
      let terminal = try visit(step == 1 ? "8" : "8/\(step)", step: "step \(step) of 9", keys: "n")
      // The screen is a moment ahead of the disk, so a kill can hit any part of the writing.
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

  @Test("Row 54: A damaged file is reported and renamed")
  func damaged() throws {
    write(Array("nonsense".utf8), to: stage.path)
    let terminal = try openTutor(environment: environment)
    #expect(terminal.waitUntil { $0.contains("progress.json was damaged") })
    terminal.send(.text("q"))
    #expect(terminal.waitForExit() == .exited(0))
    #expect(stage.names.count == 2)
    #expect(try kept().seen.count == 1)
  }

  @Test("The plain tutor shares the state and reports a damaged file")
  func plain() throws {
    write(Array("nonsense".utf8), to: stage.path)
    let run = try Program(["7", "--plain"], environment: ["XDG_STATE_HOME=\(stage.home.path)"])
    #expect(run.status == 0 && run.standardOutput.contains("progress.json was damaged"))
    #expect(try kept().place?.lesson == "factorial" && kept().seen.count == 1)
    let terminal = try visit(step: "step 1 of 6", keys: "q")
    #expect(terminal.waitForExit() == .exited(0))
  }

  @Test("Only the setting changed in the form is saved")
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

  @Test("Row 52: Without a home, a notice says that nothing is saved")
  func homeless() throws {
    let terminal = try openTutor(environment: ["HOME": "/nonexistent"])
    #expect(terminal.waitUntil { $0.contains("your progress is not saved") })
    terminal.send(.text("q"))
    #expect(terminal.waitForExit() == .exited(0))
  }

  @Test("Row 53: A full disk is reported, and the old file stays")
  func limited() throws {
    _ = try stage.store().add(seen("a"), to: "built-in")
    let before = contents(of: stage.path)
    let terminal = try TestTerminal(
      columns: 120, rows: 40, path: "/bin/sh",
      arguments: ["-c", "ulimit -f 0; exec \"$0\" 4", try Program.path],
      environment: environment)
    #expect(terminal.waitUntil { $0.contains("your progress is not saved for now") })
    terminal.send(.text("n"))
    #expect(terminal.waitUntil { $0.contains("step 2 of 9") })
    terminal.send(.text("q"))
    #expect(terminal.waitForExit() == .exited(0))
    #expect(contents(of: stage.path) == before && stage.names == ["progress.json"])
  }
}
