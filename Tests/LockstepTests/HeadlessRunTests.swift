import Events
import Glibc
import Pty
import TestTerminal
import Testing

@testable import Trace

@Suite("Headless run")
struct HeadlessRunTests {
  @Test(
    "Events are numbered without gaps, fold without violations, and end as completed",
    arguments: ["producer-consumer", "factorial", "pool-sizing"])
  func folds(demo: String) throws {
    let run = try Program("run", demo, "--format", "ndjson")
    #expect(run.status == 0 && run.standardError.isEmpty)
    let events = try run.events()
    #expect(events.first?.kind == .runStart && events.first?.demo == demo)
    #expect(events.last?.runOutcome == .completed && events.last?.lost == 0)
    #expect(events.map(\.seq) == (1...UInt64(events.count)).map { $0 })
    var state = RunState()
    for event in events { state.apply(event) }
    #expect(state.contradictions().isEmpty)
  }

  @Test("A run that prints what its listing prints has everything else on standard error")
  func apart() throws {
    let run = try Program(
      "run", "producer-consumer", "items=3", "add-delay=5ms", "remove-delay=25ms")
    #expect(run.status == 0)
    #expect(run.lines.first == "Added 0 to list. Current list: [0]")
    #expect(run.lines.last == "Final list: []" && run.lines.count == 7)
    #expect(run.standardError == "Every try found an item, and nothing is left.\n")
  }

  @Test("In the locale C, the remarks on standard error are ASCII, also beside a file")
  func asciiRemarks() throws {
    let folder = try TemporaryFolder()
    let run = try Program(
      ["run", "factorial", "last=12", "--format", "text", "-o", folder("out")],
      environment: ["PATH=/usr/bin:/bin", "LC_ALL=C"])
    #expect(run.status == 0 && run.standardError.contains("order of ending"))
    #expect(run.standardError.utf8.allSatisfy { $0 < 0x80 }, "\(run.standardError)")
  }

  @Test("The speed does not change the output, and is part of the events")
  func speed() throws {
    // A hundred minutes of delays are longer than any test may take.
    let delays = ["items=600", "add-delay=9s", "remove-delay=10s"]
    let run = try Program(["run", "producer-consumer"] + delays + ["--speed", "max"])
    #expect(run.status == 0)
    #expect(run.lines.first == "Added 0 to list. Current list: [0]")
    let reported = try Program("run", "event", "delay=5ms", "--speed", "0.25", "--format", "ndjson")
    #expect(try reported.events().compactMap(\.speed) == [.quarter])
    let normal = try Program("run", "event", "delay=5ms", "--speed", "1", "--format", "ndjson")
    #expect(try normal.events().compactMap(\.speed) == [])
  }

  @Test("Factorials are printed in input order, and completely with --full")
  func factorialText() throws {
    let words = ["run", "factorial", "first=2998", "last=3000", "order=down"]
    let run = try Program(words + ["--full"])
    let openings = (2998...3000).reversed().map { "Factorial of \($0) is " }
    #expect(zip(run.lines, openings).allSatisfy { $0.hasPrefix($1) } && run.lines.count == 3)
    #expect(run.lines.first?.count == 9131 + openings[0].count)
    let short = try Program(words)
    #expect(short.lines.allSatisfy { $0.count < 120 })
    #expect(short.lines.first?.hasSuffix("(9131 digits)") == true)
  }

  @Test(
    "Wrong usage prints one line with advice and has status 2",
    arguments: [
      (["run", "factorail"], "did you mean factorial?"),
      (["run", "factorial", "lst=3"], "did you mean last?"),
      (["run", "factorial", "last=300000"], "allowed is 0...200000"),
      (["run", "factorial", "last"], "not name=value"),
      (["run", "factorial", "first=5", "last=4"], "first must not be greater"),
      (["run", "producer-consumer", "add-delay=100"], "a time with its unit"),
      (["run", "pool-sizing", "sizes=5...1"], "wanted the smaller number first"),
      (
        ["run", "factorial", "--format", "xml"],
        "--format xml: use text, ndjson, chrome or svg"
      ),
      (["run", "cpu-bound", "--speed", "4"], "cpu-bound measures this machine"),
      (["run", "event", "--speed", "3"], "--speed 3: use 0.25, 0.5, 1, 2, 4 or max"),
      (["lst"], "did you mean list?"),
      (["44"], "the lessons are"),
      (["4/77"], "its steps are 1..."),
    ])
  func wrongUsage(words: [String], message: String) throws {
    let run = try Program(words)
    #expect(run.status == 2)
    #expect(run.standardOutput.isEmpty)
    #expect(run.standardError.contains(message), "\(run.standardError)")
    #expect(run.standardError.split(separator: "\n").count == 1)
  }

  @Test("Control characters in an argument are escaped")
  func controlCharacters() throws {
    let run = try Program(["run", "\u{1B}[31mred\nblue"])
    #expect(run.status == 2 && !run.standardError.contains("\u{1B}"))
    #expect(run.standardError.split(separator: "\n").count == 1)
  }

  @Test("A signal ends a run whose output blocks")
  func stalledOutput() throws {
    let folder = "/tmp/lockstep-stalled-\(getpid())"
    let path = "\(folder)/events"
    try #require(mkdir(folder, 0o700) == 0 && mkfifo(path, 0o600) == 0)
    defer {
      unlink(path)
      rmdir(folder)
    }
    let reader = open(path, O_RDWR | O_CLOEXEC)
    defer { close(reader) }
    let terminal = try TestTerminal(
      path: try Program.path,
      arguments: [
        "run", "factorial", "first=5000", "last=6000", "--format", "ndjson", "-o", path,
      ])
    // The pipe is full once it takes no more bytes.
    var polled = pollfd(fd: reader, events: Int16(POLLOUT), revents: Int16(POLLOUT))
    while polled.revents != 0, terminal.exitStatus == nil {
      _ = poll(&polled, 1, 0)
      sched_yield()
    }
    terminal.terminate(SIGTERM)
    #expect(terminal.waitForExit() == .signalled(SIGTERM))
  }

  @Test("Closed standard descriptors are not reused, and writing fails")
  func closedDescriptors() throws {
    let terminal = try TestTerminal(
      path: "/bin/sh",
      arguments: [
        "-c", "\(try Program.path) run factorial last=3 <&- >&- 2>&-; echo status $?",
      ])
    #expect(terminal.waitUntil { $0.contains("status 1") })
  }

  @Test("A run that fails says why and has status 1")
  func failedRun() throws {
    let terminal = try TestTerminal(
      columns: 200, path: "/bin/sh",
      arguments: [
        "-c", "ulimit -n 8; \(try Program.path) run pool-sizing sizes=2; echo status $?",
      ])
    #expect(terminal.waitUntil { $0.contains("status 1") })
    #expect(terminal.contains("OSError"))
  }

  @Test("A low limit of file sizes refuses the run with advice")
  func fileSizeLimit() throws {
    let run = try Program.bash("ulimit -f 64; lockstep run factorial last=2; echo status $?")
    #expect(run.standardOutput == "status 1\n")
    #expect(run.standardError.contains("the run could not begin"))
    #expect(run.standardError.contains("(ulimit -f)"))
  }

  @Test("An output file that cannot be written is named")
  func badOutput() throws {
    let run = try Program("run", "factorial", "-o", "/no-such-folder/file")
    #expect(run.status == 1 && run.standardError.contains("/no-such-folder/file"))
  }
}
