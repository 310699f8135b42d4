import Glibc
import Platform
import RunViews
import StateFiles
import TestEvents
import TestFaults
import TestState
import TestTerminal
import Testing
import Tutor

@testable import Events
@testable import Recordings
@testable import lockstep

@Suite("lockstep replay as text", .faultMatrix)
struct ReplayTests {
  private static let header = RecordingHeader(demo: "factorial").json()

  private static func line(_ seq: Int, _ text: String, at time: UInt64 = 0) -> String {
    Event(.output, seq: UInt64(seq), time: time, texts: [text]).json()
  }

  @Test("A replay prints what the run printed")
  func same() throws {
    let folder = try TemporaryFolder()
    let run = try Program(
      "run", "producer-consumer", "items=3", "add-delay=1ms", "remove-delay=1ms", "-o",
      folder("run"))
    let replay = try Program("replay", folder("run"))
    #expect(replay.status == 0 && replay.standardError == run.standardError)
    #expect(replay.standardOutput == run.standardOutput)
    #expect(run.standardError.hasSuffix(" left.\n"))
    let text = String(decoding: try RecordingOnDisk.bytes(folder("run")), as: UTF8.self)
    let piped = try Program(["replay", "-"], input: text)
    #expect(piped.standardOutput == run.standardOutput && piped.status == 0)
  }

  @Test("Row 60: The replay of a cut recording says where it ends and succeeds")
  func cut() throws {
    let text = [Self.header, Self.line(1, "one"), Self.line(2, "two")].joined(separator: "\n")
    let run = try Program(["replay", "-"], input: text + "\n{\"seq\":3")
    #expect(run.status == 0 && run.standardOutput == "one\ntwo\n")
    #expect(
      run.standardError
        == "lockstep: standard input: cut short after line 3: replayed up to event 2\n")
  }

  @Test("Row 60: The replay of a damaged recording goes up to the damage and fails")
  func damaged() throws {
    let lines = [Self.header, Self.line(5, "one"), Self.line(5, "two"), Self.line(6, "three")]
    let run = try Program(["replay", "-"], input: lines.joined(separator: "\n"))
    #expect(run.status == 1 && run.standardOutput == "one\n")
    #expect(
      run.standardError
        == "lockstep: standard input:3: event 5 comes after event 5; replayed up to event 5\n")
  }

  @Test(
    "A file that is not a recording is refused in one line", arguments: ["hello", "", "\u{1B}[31m"])
  func refused(input: String) throws {
    let run = try Program(["replay", "-"], input: input)
    #expect(run.status == 1 && run.standardOutput.isEmpty)
    #expect(run.standardError.hasPrefix("lockstep: standard input: not a recording: "))
    #expect(run.standardError.split(separator: "\n").count == 1)
  }

  @Test("Row 61: Control characters of a recording never reach a terminal")
  func controlCharacters() throws {
    let folder = try TemporaryFolder()
    var events: [Event] = []
    let evil = "\u{1B}]0;title\u{7}\u{1B}[31m\u{9B}2J\u{202E}\u{0}\u{8}"
    for (index, kind) in EventKind.allCases.enumerated() where kind != .runFinish {
      var event = Event(kind, seq: UInt64(index + 1))
      event.texts = kind.fields.filter { $0.isText }.map { _ in evil }
      if kind.fields.contains(where: { $0 === EventField.value }) { event.texts.append(evil) }
      if kind != .unknown { events.append(event) }
    }
    let lines = [RecordingHeader(demo: evil, parameters: evil).json()] + events.map { $0.json() }
    try folder.write(lines.joined(separator: "\n") + "\n\(evil)\n", to: "evil")
    let terminal = try TestTerminal(
      path: try Program.path, arguments: ["replay", "--plain", folder("evil")])
    #expect(terminal.waitUntil { $0.contains("Choices:") })
    terminal.send(.text("events\rstate\rfinding\rresults\rq\r"))
    #expect(terminal.waitForExit() == .exited(0))
    let controls = terminal.output.filter { ($0 < 0x20 && $0 != 10 && $0 != 13) || $0 == 0x7F }
    #expect(controls.isEmpty, "\(controls)")
    let text = String(decoding: terminal.output, as: UTF8.self)
    #expect(!text.unicodeScalars.contains { (0x80...0x9F).contains($0.value) })
  }

  @Test("The replay and the export of a pipe say that they wait for a writer, and ^C ends them")
  func pipe() throws {
    let folder = try TemporaryFolder()
    let path = folder("pipe")
    try #require(mkfifo(path, 0o600) == 0)
    for words in [["replay", path, "| cat"], ["export", path, "--format text"]] {
      let terminal = try TestTerminal(
        columns: 100, rows: 10, path: "/bin/sh",
        arguments: ["-c", "\(try Program.path) \(words.joined(separator: " "))"])
      #expect(terminal.waitUntil { $0.contains("waiting for \(path): nothing has been written") })
      terminal.send(.control("c"))
      #expect(terminal.waitForExit() == .signalled(SIGINT))
    }
  }

  @Test("The speed scales the waits")
  func speeds() {
    let second: UInt64 = 1_000_000_000
    func wait(_ text: String, _ from: UInt64, _ to: UInt64) -> UInt64? {
      PlaybackSpeed(argument: text)?.wait(from: from, to: to)
    }
    #expect(wait("1", second, 3 * second) == 2 * second)
    #expect(wait("4", 0, second) == second / 4)
    #expect(wait("0.5", 0, second) == second * 2)
    #expect(wait("max", 0, second) == 0)
    #expect(wait("1", 2 * second, second) == 0)
    #expect(wait("1", 0, .max) == PlaybackSpeed.longestWait)
    for text in ["0", "-1", "nan", "inf", "1e9", "", "fast", "1x"] {
      #expect(PlaybackSpeed(argument: text) == nil, "\(text)")
    }
  }

  @Test("A replay with a speed takes the run's time divided by it")
  func paced() throws {
    let folder = try TemporaryFolder()
    let lines = [
      Self.header, Self.line(1, "one", at: 1), Self.line(2, "two", at: 400_000_000),
      Event(.runFinish, seq: 3, time: 400_000_000).json(),
    ]
    try folder.write(lines.joined(separator: "\n") + "\n", to: "run")
    let began = MonotonicClock.now()
    let run = try Program("replay", folder("run"), "--speed", "2")
    #expect(run.standardOutput == "one\ntwo\n")
    // At least that long, however busy the machine is.
    #expect(MonotonicClock.now() - began >= 199_000_000)
  }

  @Test("Without a file, recent runs are listed, and each opens by its name")
  func command() throws {
    let folder = try TemporaryFolder()
    let environment = ["PATH=/usr/bin:/bin", "XDG_STATE_HOME=\(folder.path)/state"]
    let none = try Program(["replay"], environment: environment)
    #expect(none.status == 2 && none.standardError.contains("there are no recent runs"))
    let shelf = RecordingShelf(in: StateFolder(path: folder("state/lockstep")))
    let file = try shelf.begin(RecordingHeader(demo: "lock", started: "2026-11-25T14:05:01Z")) {
      _ in
    }
    var finish = Event(.runFinish, seq: 3, time: 2_500_000_000)
    finish.record[EventField.runOutcome.slot] = RunOutcome.completed.rawValue
    file.write([
      Event(.runStart, seq: 1, texts: ["lock", "threads=2", "native", "1"]),
      Event(.output, seq: 2, time: 2_000_000, texts: ["hello"]), finish,
    ])
    let list = try Program(["replay"], environment: environment)
    #expect(list.lines.count == 1 && list.status == 0)
    let name = try #require(list.lines.first?.split(separator: " ").first)
    let replay = try Program(["replay", String(name)], environment: environment)
    #expect(replay.standardOutput == "hello\n" && replay.status == 0)
  }
}
