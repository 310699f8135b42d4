import Platform
import Shell
import TestFaults
import TestState
import TestTerminal
import Testing

@testable import Events
@testable import Recordings

@Suite("Recording writer", .faultMatrix)
struct RecordingWriterTests {
  @Test("Row 60: A recording stops at its limit and keeps what it has")
  func limit() throws {
    let folder = try TemporaryFolder()
    let path = folder("run.ndjson")
    let header = RecordingHeader(demo: "factorial")
    let messages = Guarded<[String]>([])
    let file = RecordingWriter(to: try OutputFile(path: path), header: header, limit: 2000) {
      sentence in messages.withLock { $0.append(sentence) }
    }
    for seq in 1...100 { file.write([Event(.output, seq: UInt64(seq), texts: ["a line"])]) }
    #expect(messages.withLock { $0 } == [file.ending])
    let recording = try RecordingOnDisk(path)
    #expect(recording.events.count > 10 && recording.events.count < 40)
    #expect(recording.end == .cut(line: recording.events.count + 1))
    #expect(try RecordingOnDisk.bytes(path).count <= 2000)
  }

  @Test("The header finds the processor's name on every architecture")
  func processor() {
    func name(_ text: String) -> String { RecordingHeader.processorName(in: text) }
    #expect(name("processor\t: 0\nmodel name\t: A  fast: one\nmodel name\t: B\n") == "A  fast: one")
    #expect(name("processor\t: 0\nHardware\t: BCM\nModel\t\t: Board 4\n") == "Board 4")
    #expect(name("processor : 0\n") == "" && name("") == "")
  }
}
