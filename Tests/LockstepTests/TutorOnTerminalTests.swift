import Glibc
import TestFaults
import TestTerminal
import Testing

@Suite("Tutor on a terminal", .faultMatrix)
struct TutorOnTerminalTests {
  @Test("Lesson 4 opens, r runs it, the panes fill, and q restores the terminal")
  func wholeVisit() throws {
    let terminal = try openTutor("4")
    #expect(terminal.waitUntil { $0.contains("Two threads, one list") && $0.contains("? help") })
    terminal.send(.text("r"))
    #expect(
      terminal.waitUntil {
        $0.contains("A add_thread") && $0.contains("B remove_thread") && $0.contains("list_lock")
          && $0.contains("list.append")
      })
    #expect(terminal.waitUntil { $0.contains("completed") })
    terminal.send(.text("q"))
    #expect(terminal.waitForExit() == .exited(0))
    #expect(!terminal.isInAlternateScreen && terminal.isCursorVisible)
    #expect(terminal.modes == terminal.modesBefore && !terminal.wantsMouse)
  }

  @Test(
    "All panes of a run are reachable at 80×24, 50×15 and 40×12",
    arguments: [(80, 24), (50, 15), (40, 12)])
  func smallSizes(columns: Int, rows: Int) throws {
    let terminal = try openTutor("4", columns: columns, rows: rows)
    #expect(terminal.waitUntil { $0.contains("A producer and a consumer") || $0.contains("4 ·") })
    terminal.send(.text("r"))
    for (key, seen) in [("3", "shared"), ("4", "list_lock"), ("2", "thread")] {
      terminal.send(.text(key))
      #expect(terminal.waitUntil { $0.contains(seen) }, "\(terminal.screen)")
    }
    terminal.send(.text("5"))
    #expect(terminal.waitUntil { $0.contains("the run is over") })
    terminal.send(.text("q"))
    #expect(terminal.waitForExit() == .exited(0))
  }

  @Test("Below 40×12, one line says so", arguments: [(39, 12), (10, 3), (1, 1)])
  func tiny(columns: Int, rows: Int) throws {
    let terminal = try openTutor(columns: columns, rows: rows)
    let lines = { (terminal: TestTerminal) in terminal.screen.filter { !$0.isEmpty } }
    #expect(terminal.waitUntil { lines($0).count == 1 })
    terminal.send(.text("q"))
    #expect(terminal.waitForExit() == .exited(0))
  }

  @Test("The window can be resized during a run")
  func resize() throws {
    let terminal = try openTutor("4")
    #expect(terminal.waitUntil { $0.contains("? help") })
    terminal.send(.text("r"))
    #expect(terminal.waitUntil { $0.contains("list.append") })
    for (columns, rows) in [(80, 24), (50, 15), (1, 1), (200, 60), (120, 40)] {
      terminal.resize(columns: columns, rows: rows)
    }
    #expect(terminal.waitUntil { $0.contains("completed") && $0.contains("Timeline") })
    terminal.send(.text("q"))
    #expect(terminal.waitForExit() == .exited(0))
  }

  @Test("The panes show exactly the kernel's threads")
  func threadsShown() throws {
    let terminal = try openTutor("4")
    #expect(terminal.waitUntil { $0.contains("? help") })
    terminal.send(.text("r"))
    #expect(terminal.waitUntil { $0.contains("list.append") })
    let threads = Kernel.threads(of: terminal.pid).filter { !$0.value.hasPrefix("lockstep:") }
    #expect(Set(threads.values) == ["add_thread", "remove_thread", "main"])
    for (tid, name) in threads {
      #expect(terminal.waitUntil { $0.contains("tid \(tid)") }, "\(name) is shown by its number")
    }
  }

  @Test("A paused run does no operation and resumes where it was")
  func pause() throws {
    let terminal = try openTutor("4")
    #expect(terminal.waitUntil { $0.contains("? help") })
    terminal.send(.text("r"))
    #expect(terminal.waitUntil { $0.contains("list.append") })
    terminal.send(.text(" "))
    #expect(terminal.waitUntil { $0.contains("paused") })
    for (tid, name) in Kernel.threads(of: terminal.pid) where !name.hasPrefix("lockstep:") {
      #expect(Kernel.state(ofThread: tid, in: terminal.pid) == "S", "\(name) sleeps")
    }
    terminal.send(.text(" "))
    #expect(terminal.waitUntil { $0.contains("completed") })
  }

  @Test("Row 27: Ctrl-C stops a run first, and leaves if nothing runs")
  func interrupt() throws {
    let terminal = try openTutor("4")
    #expect(terminal.waitUntil { $0.contains("? help") })
    terminal.send(.text("r"))
    #expect(terminal.waitUntil { $0.contains("list.append") })
    terminal.send(.control("c"))
    #expect(terminal.waitUntil { $0.contains("stopped") })
    #expect(terminal.exitStatus == nil)
    terminal.send(.control("c"))
    #expect(terminal.waitForExit() == .exited(0))
    #expect(terminal.modes == terminal.modesBefore)
  }

  @Test("Without colour, no colour codes are sent", arguments: ["4", "8"])
  func noColor(lesson: String) throws {
    let terminal = try openTutor(lesson, environment: ["NO_COLOR": "1"])
    #expect(terminal.waitUntil { $0.contains("? help") })
    terminal.send(.text("r"))
    #expect(terminal.waitUntil { $0.contains("completed") })
    let output = String(decoding: terminal.output, as: UTF8.self)
    // None of the 256 colours and none of the eight.
    #expect(!output.contains("38;5;"))
    #expect((0...7).allSatisfy { !output.contains("[3\($0)m") })
  }
}
