import Glibc
import TestState
import TestTerminal
import Testing

@Suite("Recordings on a terminal")
struct RecordingsOnTerminalTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func open(_ words: String...) throws -> TestTerminal {
    try TestTerminal(
      columns: 120, rows: 40, path: try Program.path, arguments: words,
      environment: TestTerminal.environment.merging(["XDG_STATE_HOME": folder.path]) { $1 })
  }

  private func leave(_ terminal: TestTerminal) {
    terminal.send(.text("q"))
    #expect(terminal.waitForExit() == .exited(0))
  }

  @Test("A recording plays, goes back and forth, and can be saved again")
  func replay() throws {
    let path = folder("one.ndjson")
    let run = try Program("run", "producer-consumer", "add-delay=10ms", "-o", path)
    #expect(run.status == 0)
    let terminal = try open("replay", path)
    #expect(terminal.waitUntil { $0.contains("list_lock") && $0.contains("event ") })
    terminal.send(.text("F"))
    #expect(terminal.waitUntil { $0.contains("recorded · completed") })
    terminal.send(.text(",,,"))
    #expect(terminal.waitUntil { $0.contains("◀ event ") })
    let copy = folder("two.ndjson")
    terminal.send(.text("w"))
    #expect(terminal.waitUntil { $0.contains("Save the run") })
    terminal.send(.text(copy + "\r"))
    #expect(terminal.waitUntil { $0.contains("saved ") })
    // An existing file is not overwritten.
    terminal.send(.text("w"))
    #expect(terminal.waitUntil { $0.contains("Save the run") })
    terminal.send(.text(path + "\r"))
    #expect(terminal.waitUntil { $0.contains("already exists") })
    leave(terminal)
    #expect(try RecordingOnDisk.bytes(copy) == RecordingOnDisk.bytes(path))
  }

  @Test("A run is recorded, listed, shown again and compared with the next")
  func kept() throws {
    let terminal = try open("4/2")
    #expect(terminal.waitUntil { $0.contains("? help") })
    terminal.send(.text("r"))
    #expect(terminal.waitUntil { $0.contains("completed") })
    terminal.send(.text("c"))
    #expect(terminal.waitUntil { $0.contains("there is no other run of this demo") })
    terminal.send(.text("r"))
    #expect(terminal.waitUntil { $0.contains("native") })
    #expect(terminal.waitUntil { $0.contains("completed") })
    terminal.send(.text("c"))
    #expect(terminal.waitUntil { $0.contains("Compare with") && $0.contains("1 run ") })
    terminal.send(.text("\r"))
    #expect(terminal.waitUntil { $0.contains("producer-consumer, twice") })
    terminal.send(.text("\u{1B}"))
    #expect(terminal.waitUntil { !$0.contains("producer-consumer, twice") })
    terminal.send(.text("R"))
    #expect(terminal.waitUntil { $0.contains("Recent runs") && $0.contains("2 runs") })
    // The older run is removed from the list, is gone for other programs, and is restored.
    terminal.send(.text("\u{1B}[B\u{18}"))
    #expect(terminal.waitUntil { $0.contains("· removed") && $0.contains("^X restore") })
    let names = { folder.names(in: "lockstep/recordings").filter { $0.hasSuffix(".ndjson") } }
    #expect(names().count == 1)
    terminal.send(.text("\u{18}"))
    #expect(terminal.waitUntil { !$0.contains("· removed") && $0.contains("^X remove") })
    #expect(names().count == 2)
    terminal.send(.text("\r"))
    #expect(terminal.waitUntil { $0.contains("▶ event ") })
    leave(terminal)
  }

  @Test("A saved run is complete on disk, even if the learner leaves immediately")
  func saveAndLeave() throws {
    let path = folder("large.ndjson")
    let bytes = RecordingOnDisk.large
    try folder.write(bytes, to: "large.ndjson")
    let terminal = try open("replay", path, "--speed", "max")
    #expect(terminal.waitUntil { $0.contains("12 events") })
    terminal.send(.text("w"))
    #expect(terminal.waitUntil { $0.contains("Save the run") })
    terminal.send(.text(folder("copy.ndjson") + "\rq"))
    #expect(terminal.waitForExit() == .exited(0))
    #expect(try RecordingOnDisk.bytes(folder("copy.ndjson")) == bytes)
  }

  @Test("The tutor says what it waits for if nothing is written to a pipe, and can be left")
  func pipe() throws {
    let folder = try TemporaryFolder()
    try #require(mkfifo(folder("pipe"), 0o600) == 0)
    let terminal = try openTutor("replay", folder("pipe"))
    #expect(terminal.waitUntil { $0.contains("waiting for \(folder("pipe"))") })
    terminal.send(.text("q"))
    #expect(terminal.waitForExit() == .exited(0))
  }

  @Test("A file that is not a recording is reported before the screen opens")
  func foreign() throws {
    let path = folder("notes.txt")
    try folder.write("just some notes\n", to: "notes.txt")
    let terminal = try open("replay", path)
    #expect(terminal.waitForExit() == .exited(1))
    #expect(terminal.screen.joined().contains("notes.txt"))
  }
}
