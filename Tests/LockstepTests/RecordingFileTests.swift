import Concurrency
import Glibc
import SystemPackage
import TestTerminal
import Testing

@testable import Trace
@testable import lockstep

/// A recording as it lies on the disk.
struct RecordingOnDisk {
  let header: RecordingHeader?
  let events: [Event]
  let end: RecordingEnd

  init(_ path: String) throws {
    var reader = RecordingReader()
    var events: [Event] = []
    try reader.take(try Self.bytes(path), into: &events)
    end = try reader.finish(into: &events)
    header = reader.header
    self.events = events
  }

  /// One of few events that takes long to write: twelve outputs of a million characters.
  static var large: [UInt8] {
    var bytes: [UInt8] = []
    RecordingHeader(demo: "factorial").writeJSON(to: &bytes)
    bytes.append(UInt8(ascii: "\n"))
    for seq in 1...UInt64(12) {
      let text = String(repeating: "x", count: 1_000_000)
      Event(.output, seq: seq, time: seq, texts: [text]).writeJSON(to: &bytes)
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }

  static func bytes(_ path: String) throws -> [UInt8] {
    let descriptor = try FileDescriptor.open(FilePath(path), .readOnly)
    defer { try? descriptor.close() }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = try piece.withUnsafeMutableBytes { try descriptor.read(into: $0) }
      if count == 0 { return bytes }
      bytes += piece[..<count]
    }
  }
}

@Suite("A run that is recorded")
struct RecordingFileTests {
  @Test("prints its text as ever, while the file gets the whole run with what it was")
  func both() throws {
    let folder = try TemporaryFolder()
    let path = folder("run.ndjson")
    let plain = try Program("run", "factorial", "last=4")
    let run = try Program("run", "factorial", "last=4", "-o", path)
    #expect(run.status == 0 && run.standardError.isEmpty)
    #expect(run.standardOutput == plain.standardOutput)
    let recording = try RecordingOnDisk(path)
    #expect(recording.end == .whole)
    #expect(recording.events.first?.demo == "factorial")
    #expect(recording.header?.demo == "factorial")
    #expect(recording.header?.parameters == recording.events.first?.parameters)
    #expect(recording.header?.system.hasPrefix("Linux ") == true)
    #expect(recording.header?.started.utf8.count == "2026-11-25T14:05:00Z".utf8.count)
  }

  @Test("overwrites a file that is there; with a format the file holds that and nothing is printed")
  func overwrites() throws {
    let folder = try TemporaryFolder()
    try folder.write(String(repeating: "old\n", count: 100_000), to: "out")
    #expect(try Program("run", "factorial", "last=2", "-o", folder("out")).status == 0)
    #expect(try RecordingOnDisk(folder("out")).end == .whole)
    let text = try Program("run", "factorial", "last=2", "--format", "text", "-o", folder("out"))
    #expect(text.status == 0 && text.standardOutput.isEmpty)
    #expect(try RecordingOnDisk.bytes(folder("out")) == Array("1! = 1\n2! = 2\n".utf8))
  }

  @Test("goes on when its file cannot take more; that is told once, and the status is 1")
  func fullDisk() throws {
    let run = try Program("run", "factorial", "last=3", "-o", "/dev/full")
    #expect(run.status == 1 && run.lines.last == "3! = 6")
    let complaints = run.standardError.split(separator: "\n")
    #expect(complaints.count == 2, "\(complaints)")
    #expect(complaints.first?.contains("No space left") == true)
  }

  @Test("is refused before it begins where the file cannot be written", arguments: ["", "/no/x"])
  func refused(name: String) throws {
    let folder = try TemporaryFolder()
    let run = try Program("run", "factorial", "last=3", "-o", folder.path + name)
    #expect(run.status == 1 && run.standardOutput.isEmpty)
    #expect(run.standardError.contains(folder.path + name))
  }

  @Test("leaves what happened until then when the program is killed", arguments: 1...4)
  func killed(round: Int) throws {
    let folder = try TemporaryFolder()
    let path = folder("run.ndjson")
    let terminal = try TestTerminal(
      path: try Program.path,
      arguments: [
        "run", "producer-consumer", "items=500", "add-delay=1ms", "remove-delay=1ms", "-o", path,
      ])
    #expect(terminal.waitUntil { $0.contains("took \(round * round * 3)") })
    terminal.terminate(SIGKILL)
    #expect(terminal.waitForExit() == .signalled(SIGKILL))
    let recording = try RecordingOnDisk(path)
    guard case .cut = recording.end else {
      Issue.record("\(recording.end)")
      return
    }
    #expect(recording.events.map(\.seq) == (1...UInt64(recording.events.count)).map { $0 })
    #expect(recording.events.contains { $0.output?.hasPrefix("took 3") == true })
    #expect(recording.events.reduce(into: RunState()) { $0.apply($1) }.violations().isEmpty)
  }

  @Test("is not recorded beyond a limit, and what was recorded until then is there")
  func limit() throws {
    let folder = try TemporaryFolder()
    let path = folder("run.ndjson")
    let header = RecordingHeader(demo: "factorial")
    let told = Guarded<[String]>([])
    let file = RecordingFile(to: try OutputFile(path: path), header: header, limit: 2000) {
      sentence in told.withLock { $0.append(sentence) }
    }
    for seq in 1...100 { file.write([Event(.output, seq: UInt64(seq), texts: ["a line"])]) }
    #expect(told.withLock { $0 } == [file.ending])
    let recording = try RecordingOnDisk(path)
    #expect(recording.events.count > 10 && recording.events.count < 40)
    #expect(recording.end == .cut(line: recording.events.count + 1))
    #expect(try RecordingOnDisk.bytes(path).count <= 2000)
  }

  @Test("names its processor as the kernel does, whatever the architecture calls the field")
  func processor() {
    func name(_ text: String) -> String { RecordingHeader.processorName(in: text) }
    #expect(name("processor\t: 0\nmodel name\t: A  fast: one\nmodel name\t: B\n") == "A  fast: one")
    #expect(name("processor\t: 0\nHardware\t: BCM\nModel\t\t: Board 4\n") == "Board 4")
    #expect(name("processor : 0\n") == "" && name("") == "")
  }
}
