import TestState

@testable import Events

extension RecordingOnDisk {
  /// A recording of few events that takes long to write: twelve outputs of 250,000 characters.
  static var large: [UInt8] {
    var bytes: [UInt8] = []
    RecordingHeader(demo: "factorial").writeJSON(to: &bytes)
    bytes.append(UInt8(ascii: "\n"))
    for seq in 1...UInt64(12) {
      let text = String(repeating: "x", count: 250_000)
      Event(.output, seq: seq, time: seq, texts: [text]).writeJSON(to: &bytes)
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }
}
