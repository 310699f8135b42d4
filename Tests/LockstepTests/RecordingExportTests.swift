import ExportChecks
import Glibc
import TestEvents
import TestFaults
import TestState
import TestTerminal
import Testing

@testable import Events
@testable import Exports
@testable import Recordings

@Suite("lockstep export", .faultMatrix)
struct RecordingExportTests {
  private static let lines: [String] = {
    let events = [
      Event(
        .runStart, seq: 1, time: 10, pid: 7, tid: 7, texts: ["factorial", "last=2", "native", "1"]),
      Event(.threadStart, seq: 2, time: 20, pid: 7, tid: 7),
      Event(.output, seq: 3, time: 30, pid: 7, tid: 7, texts: ["hello\u{1B}[31m\n"]),
      Event(.runFinish, seq: 4, time: 40, pid: 7, tid: 7),
    ]
    return [RecordingHeader(demo: "factorial").json()] + events.map { $0.json() }
  }()

  private static let text = lines.joined(separator: "\n") + "\n"

  @Test(
    "Exporting a recording gives the same bytes as exporting the run",
    arguments: ExportFormat.allCases)
  func same(_ format: ExportFormat) throws {
    let folder = try TemporaryFolder()
    let run = try Program(
      "run", "producer-consumer", "items=3", "add-delay=1ms", "remove-delay=1ms", "-o",
      folder("run"))
    #expect(run.status == 0)
    let bytes = try RecordingOnDisk.bytes(folder("run"))
    var reader = RecordingReader()
    var events: [Event] = []
    try reader.take(bytes, into: &events)
    let wanted = String(decoding: format.bytes(of: events), as: UTF8.self)
    let export = try Program("export", folder("run"), "--format", format.rawValue)
    #expect(export.status == 0 && export.standardError.isEmpty)
    #expect(export.standardOutput == wanted)
    let piped = try Program(
      ["export", "-", "--format", format.rawValue, "-o", folder("out")],
      input: String(decoding: bytes, as: UTF8.self))
    #expect(piped.status == 0 && piped.standardOutput.isEmpty)
    #expect(String(decoding: try RecordingOnDisk.bytes(folder("out")), as: UTF8.self) == wanted)
    // The output of a live run, batch by batch.
    guard let live = RunFormat(rawValue: format.rawValue), live.export != nil else {
      return
    }
    let lines = EventLines(format: live, isTerminal: false)
    let printed = events.flatMap { lines.lines(for: [$0]).output }
    #expect(String(decoding: printed, as: UTF8.self) == wanted)
  }

  @Test(
    "Row 61: Text from a recording has no control characters and nothing that reorders, also in a pipe",
    arguments: [["replay"], ["export", "--format", "text"]])
  func controls(words: [String]) throws {
    let hostile = "a\u{1B}]0;title\u{07}b\u{1B}[31mc\u{9B}31md\u{202E}e\u{2066}f\u{7F}g"
    let events = [
      Event(
        .runStart, seq: 1, time: 10, pid: 7, tid: 7, texts: ["factorial", "last=2", "native", "1"]),
      Event(.output, seq: 2, time: 30, pid: 7, tid: 7, texts: [hostile]),
      Event(.result, seq: 3, time: 35, pid: 7, tid: 7, texts: [hostile, hostile]),
      Event(.runFinish, seq: 4, time: 40, pid: 7, tid: 7),
    ]
    let lines = [RecordingHeader(demo: "factorial").json()] + events.map { $0.json() }
    let folder = try TemporaryFolder()
    try folder.write(lines.joined(separator: "\n") + "\n", to: "run")
    let run = try Program([words[0], folder("run")] + words.dropFirst())
    #expect(run.status == 0 && run.standardOutput.contains("a"))
    let isSafe = run.standardOutput.unicodeScalars.allSatisfy { scalar in
      scalar == "\n"
        || scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value)
          && !(0x202A...0x202E).contains(scalar.value) && !(0x2066...0x2069).contains(scalar.value)
    }
    #expect(isSafe, "\(run.standardOutput.debugDescription)")
  }

  @Test("run prints an export of its run", arguments: ["chrome", "svg"])
  func run(_ format: String) throws {
    let run = try Program("run", "factorial", "last=3", "--format", format)
    #expect(run.status == 0 && run.standardError.isEmpty)
    let isTrace = format == "chrome"
    #expect(run.standardOutput.hasPrefix(isTrace ? "{\"traceEvents\":[" : "<svg "))
    #expect(run.standardOutput.hasSuffix(isTrace ? "}\n" : "</svg>\n"))
  }

  @Test("The export of a cut recording is complete in itself and succeeds")
  func cut() throws {
    let text = Self.lines.dropLast().joined(separator: "\n") + "\n{\"seq\":4"
    let run = try Program(["export", "-", "--format", "chrome"], input: text)
    #expect(run.status == 0 && run.standardOutput.hasSuffix("}\n"))
    #expect(
      run.standardError
        == "lockstep: standard input: cut short after line 4: exported up to event 3\n")
  }

  @Test("Row 60: The export of a damaged recording goes up to the damage and fails")
  func damaged() throws {
    let text = (Self.lines.prefix(3) + ["nonsense"]).joined(separator: "\n") + "\n"
    let run = try Program(["export", "-", "--format", "svg"], input: text)
    #expect(run.status == 1 && run.standardOutput.hasSuffix("</svg>\n"))
    #expect(run.standardError.hasPrefix("lockstep: standard input:4: "))
    #expect(run.standardError.hasSuffix("; exported up to event 2\n"))
  }

  @Test(
    "A file that is not a recording is refused, and the output stays unchanged",
    arguments: ["hello", ""])
  func refused(_ input: String) throws {
    let folder = try TemporaryFolder()
    let path = folder("kept")
    let first = try Program(["export", "-", "--format", "text", "-o", path], input: Self.text)
    #expect(first.status == 0)
    let before = try RecordingOnDisk.bytes(path)
    let run = try Program(["export", "-", "--format", "text", "-o", path], input: input)
    #expect(run.status == 1)
    #expect(run.standardError.hasPrefix("lockstep: standard input: not a recording: "))
    #expect(try RecordingOnDisk.bytes(path) == before)
  }

  @Test(
    "Row 61: Control characters of a recording never reach a terminal",
    arguments: ExportFormat.allCases)
  func controlCharacters(_ format: ExportFormat) throws {
    let folder = try TemporaryFolder()
    let evil = "\u{1B}]0;title\u{7}\u{1B}[31m\u{9B}2J\u{202E}\u{0}\u{8}"
    let run = Event(.runStart, seq: 1, texts: [evil, evil, evil, evil])
    let name = Event(.actorName, seq: 2, texts: [evil, "thread"])
    let output = Event(.output, seq: 3, texts: [evil])
    let lines = [RecordingHeader(demo: evil).json()] + [run, name, output].map { $0.json() }
    try folder.write(lines.joined(separator: "\n") + "\n", to: "evil")
    let terminal = try TestTerminal(
      path: try Program.path,
      arguments: ["export", folder("evil"), "--format", format.rawValue])
    #expect(terminal.waitForExit() == .exited(0))
    let text = String(decoding: terminal.output, as: UTF8.self)
    #expect(text.contains("title"))
    let bad: (Unicode.Scalar) -> Bool = { scalar in
      scalar.value < 0x20 && scalar != "\n" && scalar != "\r" || 0x7F...0x9F ~= scalar.value
        || scalar == "\u{202E}"
    }
    #expect(!text.unicodeScalars.contains(where: bad))
  }

  @Test("An export never overwrites its recording")
  func itself() throws {
    let folder = try TemporaryFolder()
    let path = folder("run")
    #expect(try Program("run", "factorial", "last=3", "-o", path).status == 0)
    let before = try RecordingOnDisk.bytes(path)
    let run = try Program("export", path, "--format", "text", "-o", path)
    #expect(run.status == 1)
    #expect(run.standardError == "lockstep: \(path) is the recording itself; choose another name\n")
    #expect(try RecordingOnDisk.bytes(path) == before)
  }

  @Test(
    "An export that cannot be written says why and fails", arguments: ExportFormat.allCases)
  func fullDisk(_ format: ExportFormat) throws {
    let folder = try TemporaryFolder()
    #expect(try Program("run", "producer-consumer", "items=3", "-o", folder("run")).status == 0)
    let word = format.rawValue
    let full = try Program("export", folder("run"), "--format", word, "-o", "/dev/full")
    #expect(full.status == 1)
    #expect(
      full.standardError == "lockstep: /dev/full could not be written: No space left on device\n")
    // There is room for the first kilobyte only.
    let limited = try Program.bash(
      "ulimit -f 1; lockstep export '\(folder("run"))' --format \(word) -o '\(folder("out"))'")
    #expect(limited.status == 1)
    #expect(
      limited.standardError == "lockstep: \(folder("out")) could not be written: File too large\n")
    #expect(try RecordingOnDisk.bytes(folder("out")).count == 1024)
  }

  @Test("A large export to a file shows its progress")
  func progressOnTerminal() throws {
    let folder = try TemporaryFolder()
    let filling = String(repeating: "x", count: 64_000)
    var text = Self.lines.prefix(3).joined(separator: "\n") + "\n"
    for seq in 3..<3 + ExportProgress.least / filling.utf8.count + 1 {
      text +=
        #"{"seq":\#(seq),"t":40,"pid":7,"tid":7,"actor":1,"kind":"output","text":"\#(filling)"}"#
      text += "\n"
    }
    try folder.write(text, to: "large")
    let terminal = try TestTerminal(
      path: try Program.path,
      arguments: ["export", folder("large"), "--format", "svg", "-o", folder("out")])
    #expect(terminal.waitForExit() == .exited(0))
    let reported = String(decoding: terminal.output, as: UTF8.self)
    #expect(reported.contains("\r50 % read") && reported.contains("\r             \r"))
    #expect(reported.hasSuffix("large: cut short after line 528: exported up to event 527\r\n"))
  }

  @Test("A wrong format, a missing file and an unwritable output are errors")
  func usage() throws {
    let folder = try TemporaryFolder()
    let none = try Program("export", "x.ndjson")
    #expect(none.status == 2 && none.standardError.contains("--format"))
    let wrong = try Program("export", "x.ndjson", "--format", "png")
    #expect(wrong.status == 2 && wrong.standardError.contains("use chrome, svg or text"))
    let missing = try Program("export", folder("none"), "--format", "svg")
    #expect(missing.status == 2 && missing.standardError.contains("does not exist"))
    let unwritable = try Program(
      ["export", "-", "--format", "svg", "-o", folder("none/out")], input: Self.text)
    #expect(unwritable.status == 1 && unwritable.standardError.contains("cannot be written"))
  }
}
