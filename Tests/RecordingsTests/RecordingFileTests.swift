import Engine
import Shell
import TestState
import TestTerminal
import Testing

@testable import Recordings
@testable import Trace

@Suite("A recording that is written")
struct RecordingFileTests {
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
