import Glibc
import TestState
import TestTerminal
import Testing

@Suite("Time and recordings in the plain tutor")
struct PlainRecordingsOnTerminalTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var environment: [String: String] {
    TestTerminal.environment.merging(["XDG_STATE_HOME": folder.path, "HOME": folder.path]) { $1 }
  }

  private func open(_ words: String..., variables: [String: String] = [:]) throws -> TestTerminal {
    try TestTerminal(
      columns: 100, rows: 60, path: try Program.path, arguments: words,
      environment: environment.merging(variables) { $1 })
  }

  private static func output(_ terminal: TestTerminal) -> String {
    String(decoding: terminal.output, as: UTF8.self)
  }

  private func leave(_ terminal: TestTerminal) {
    terminal.send(.text("q\r"))
    #expect(terminal.waitForExit() == .exited(0))
    #expect(!terminal.output.contains(0x1B))
  }

  /// A recording of a short run.
  private func record(_ name: String) throws -> String {
    let run = try Program(
      "run", "producer-consumer", "items=3", "add-delay=1ms", "remove-delay=2ms", "-o",
      folder(name))
    try #require(run.status == 0)
    return folder(name)
  }

  @Test("A script moves in its runs and saves, opens and compares them")
  func script() throws {
    let typed = """
      run items=3 add-delay=1ms remove-delay=2ms
      first
      back
      search add_thread appends 1
      why main
      save \(folder("a  run.ndjson"))
      save \(folder("a  run.ndjson"))
      run
      compare
      1
      recordings
      2
      play
      events
      remove 1
      recordings
      remove 2
      put back
      quit

      """
    let run = try Program(
      ["4", "--plain"],
      environment: ["PATH=/usr/bin:/bin", "LANG=C.UTF-8", "HOME=\(folder.path)"], input: typed)
    #expect(run.status == 0 && run.standardError.isEmpty)
    func says(_ text: String) -> Bool { run.standardOutput.contains(text) }
    #expect(says("\nThis is the run's first event.\n"))
    #expect(
      says("add_thread appends 1. The list is ") && says("\nLine 19: shared_list.append(i).\n"))
    #expect(says("This ended the wait of main: it waited "))
    #expect(says("\nSaved ") && says("a  run.ndjson already exists; choose another name."))
    #expect(says("\n1 other run:\n1 producer-consumer with items 3, "))
    #expect(says("\nThis run: ") && says("\nThe other run, of "))
    #expect(says("\n2 recent runs, newest first:\n"))
    #expect(says("\nThis is a recording of producer-consumer with items 3, "))
    #expect(says("\nPlaying from event 1, at its own speed.\n"))
    #expect(says("\nType recordings first, to see the numbers of the runs.\n"))
    #expect(says("\nRemoved: producer-consumer ") && says("\nRestored: producer-consumer "))
    #expect(run.lines.count { $0.contains("The run has completed.") } == 4)
    let saved = try RecordingOnDisk.bytes(folder("a  run.ndjson"))
    #expect(saved.count > 1000)
  }

  @Test("A live run goes on while the user looks back")
  func live() throws {
    let terminal = try open("4", "--plain")
    #expect(terminal.waitUntil { $0.contains("Choices:") })
    terminal.send(.text("run items=1000 add-delay=5ms remove-delay=5ms\r"))
    #expect(terminal.waitUntil { Self.output($0).contains("add_thread appends 1.") })
    terminal.send(.text("event 12\r"))
    #expect(terminal.waitUntil { Self.output($0).contains("Event 12 of ") })
    #expect(terminal.waitUntil { Self.output($0).hasSuffix("> ") })
    #expect(Self.output(terminal).contains("The run continues; type last"))
    terminal.send(.text("last\r"))
    #expect(terminal.waitUntil { Self.output($0).contains("The run is reported again from here.") })
    let reported = terminal.output.count
    #expect(
      terminal.waitUntil {
        String(decoding: $0.output.dropFirst(reported), as: UTF8.self).contains(
          "add_thread appends ")
      })
    terminal.send(.text("speed max\r"))
    #expect(terminal.waitUntil { Self.output($0).contains("The run now goes as fast as") })
    terminal.send(.text("stop\r"))
    #expect(terminal.waitUntil { Self.output($0).contains("The run ") && $0.contains("Choices:") })
    leave(terminal)
  }

  @Test(
    "A recording opens in the plain tutor if there is no full screen",
    arguments: [["TERM": "dumb"], ["LOCKSTEP_ACCESSIBLE": "1"], [:]])
  func replay(variables: [String: String]) throws {
    let path = try record("run.ndjson")
    let terminal =
      variables.isEmpty
      ? try open("replay", path, "--plain", "--speed", "3")
      : try open("replay", path, variables: variables)
    #expect(terminal.waitUntil { Self.output($0).contains("Choices:") })
    #expect(Self.output(terminal).hasPrefix("This is a recording of producer-consumer with "))
    #expect(Self.output(terminal).contains("The run has completed."))
    terminal.send(.text("first\r"))
    #expect(terminal.waitUntil { Self.output($0).contains("Event 1 of ") })
    terminal.send(.text("play\r"))
    let speed = variables.isEmpty ? "at 3 times its speed" : "at its own speed"
    #expect(terminal.waitUntil { Self.output($0).contains("Playing from event 2, \(speed).") })
    #expect(
      terminal.waitUntil {
        Self.output($0).ranges(of: "The run has completed.").count == 2
      })
    #expect(Self.output(terminal).contains("add_thread appends 2. "))
    leave(terminal)
  }

  @Test("A piped recording opens, and lines come from the keyboard")
  func piped() throws {
    let path = try record("run.ndjson")
    let terminal = try TestTerminal(
      columns: 100, rows: 60, path: "/bin/sh",
      arguments: ["-c", "'\(try Program.path)' replay - --plain < '\(path)'"],
      environment: environment)
    #expect(terminal.waitUntil { Self.output($0).contains("Choices:") })
    terminal.send(.text("last\r"))
    #expect(terminal.waitUntil { Self.output($0).contains("The run is over: completed.") })
    leave(terminal)
  }

  @Test("A saved run is complete on disk, even if the user leaves immediately")
  func saveAndLeave() throws {
    let bytes = RecordingOnDisk.large
    try folder.write(bytes, to: "large.ndjson")
    let terminal = try open("replay", folder("large.ndjson"), "--plain")
    #expect(terminal.waitUntil { Self.output($0).contains("Choices:") })
    terminal.send(.text("save \(folder("copy.ndjson"))\rq\r"))
    #expect(terminal.waitForExit() == .exited(0))
    #expect(try RecordingOnDisk.bytes(folder("copy.ndjson")) == bytes)
  }

  @Test("Without a terminal, --plain prints the text of the run")
  func text() throws {
    let path = try record("run.ndjson")
    let plain = try Program("replay", path, "--plain")
    let text = try Program("replay", path)
    #expect(plain.status == 0 && plain.standardOutput == text.standardOutput)
    #expect(!plain.standardOutput.contains("This is a recording"))
  }

  @Test("A cut recording and a file that is none are reported")
  func damaged() throws {
    let bytes = try RecordingOnDisk.bytes(try record("run.ndjson"))
    try folder.write(String(decoding: bytes.dropLast(40), as: UTF8.self), to: "cut.ndjson")
    let terminal = try open("replay", folder("cut.ndjson"), "--plain")
    #expect(terminal.waitUntil { Self.output($0).contains("Choices:") })
    #expect(Self.output(terminal).contains("The recording is cut short after line "))
    #expect(Self.output(terminal).contains("The recording ends before its run does."))
    leave(terminal)
    try folder.write("just some notes\n", to: "notes.txt")
    let other = try open("replay", folder("notes.txt"), "--plain")
    #expect(other.waitForExit() == .exited(1))
    #expect(Self.output(other).contains("not a recording"))
  }
}
