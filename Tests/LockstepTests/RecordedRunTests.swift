import Events
import Glibc
import TestFaults
import TestState
import TestTerminal
import Testing

@testable import Trace

@Suite("Recorded runs", .faultMatrix)
struct RecordedRunTests {
  @Test("-o records the whole run while its text is printed")
  func both() throws {
    let folder = try TemporaryFolder()
    let path = folder("run.ndjson")
    let plain = try Program("run", "factorial", "last=4")
    let run = try Program("run", "factorial", "last=4", "-o", path)
    #expect(run.status == 0)
    #expect(run.standardOutput == plain.standardOutput)
    let recording = try RecordingOnDisk(path)
    #expect(recording.end == .whole)
    #expect(recording.events.first?.demo == "factorial")
    #expect(recording.header?.demo == "factorial")
    #expect(recording.header?.parameters == recording.events.first?.parameters)
    #expect(recording.header?.system.hasPrefix("Linux ") == true)
    #expect(recording.header?.started.utf8.count == "2026-11-25T14:05:00Z".utf8.count)
  }

  @Test("-o overwrites a file, and with --format writes only that format")
  func overwrites() throws {
    let folder = try TemporaryFolder()
    try folder.write(String(repeating: "old\n", count: 100_000), to: "out")
    #expect(try Program("run", "factorial", "last=2", "-o", folder("out")).status == 0)
    #expect(try RecordingOnDisk(folder("out")).end == .whole)
    let text = try Program("run", "factorial", "last=2", "--format", "text", "-o", folder("out"))
    #expect(text.status == 0 && text.standardOutput.isEmpty)
    #expect(
      try RecordingOnDisk.bytes(folder("out"))
        == Array("Factorial of 1 is 1\nFactorial of 2 is 2\n".utf8))
  }

  @Test("Row 60: A run goes on if its recording fails, and has status 1")
  func fullDisk() throws {
    let run = try Program("run", "factorial", "last=3", "-o", "/dev/full")
    #expect(run.status == 1 && run.lines.last == "Factorial of 3 is 6")
    let complaints = run.standardError.split(separator: "\n").filter { $0.hasPrefix("lockstep:") }
    #expect(complaints.count == 2, "\(complaints)")
    #expect(complaints.first?.contains("No space left") == true)
  }

  @Test("A run that is recorded in a pipe says that it waits for a reader, and ^C ends it")
  func pipe() throws {
    let folder = try TemporaryFolder()
    let path = folder("pipe")
    try #require(mkfifo(path, 0o600) == 0)
    let terminal = try openTutor("run", "factorial", "last=2", "-o", path)
    #expect(terminal.waitUntil { $0.contains("waiting for a program that reads the pipe") })
    terminal.send(.control("c"))
    #expect(terminal.waitForExit() == .signalled(SIGINT))
    let read = try Program.bash(
      "lockstep run factorial last=2 --format text -o '\(path)' 2> '\(folder("errors"))' & cat '\(path)'; wait"
    )
    #expect(read.standardOutput == "Factorial of 1 is 1\nFactorial of 2 is 2\n")
  }

  @Test("A run does not start if its file cannot be opened", arguments: ["", "/no/x"])
  func refused(name: String) throws {
    let folder = try TemporaryFolder()
    let run = try Program("run", "factorial", "last=3", "-o", folder.path + name)
    #expect(run.status == 1 && run.standardOutput.isEmpty)
    #expect(run.standardError.contains(folder.path + name))
  }

  @Test("A killed program leaves a recording up to that moment", arguments: 1...4)
  func killed(round: Int) throws {
    let folder = try TemporaryFolder()
    let path = folder("run.ndjson")
    let terminal = try TestTerminal(
      path: try Program.path,
      arguments: [
        "run", "producer-consumer", "items=500", "add-delay=1ms", "remove-delay=1ms", "-o", path,
      ])
    #expect(terminal.waitUntil { $0.contains("Removed \(round * round * 3)") })
    terminal.terminate(SIGKILL)
    #expect(terminal.waitForExit() == .signalled(SIGKILL))
    let recording = try RecordingOnDisk(path)
    guard case .cut = recording.end else {
      Issue.record("\(recording.end)")
      return
    }
    #expect(recording.events.map(\.seq) == (1...UInt64(recording.events.count)).map { $0 })
    #expect(recording.events.contains { $0.output?.hasPrefix("Removed 3") == true })
    #expect(recording.events.reduce(into: RunState()) { $0.apply($1) }.contradictions().isEmpty)
  }
}
