import TestEvents
import TestFaults
import Testing

@testable import Events
@testable import Recordings

@Suite("Replay of a damaged recording", .faultMatrix)
struct ReplayFuzzTests {
  private static let header = RecordingHeader(demo: "factorial").json()

  @Test("Row 61: Random damage never crashes a replay or controls the terminal")
  func fuzz() {
    var numbers = SystemRandomNumberGenerator()
    let evil =
      [
        "\u{1B}[2J", "\u{0}", "\u{9B}", "\u{202E}", "\r", "99999999999999999999", "-1", "\"", "\n",
        String(repeating: "[", count: 100), "\u{FEFF}", "\\u001b", "}", "18446744073709551615",
      ].map { Array($0.utf8) } + [[0xFF, 0xC0], [0xED, 0xA0, 0x80]]
    let events = EventKind.allCases.enumerated().map { index, kind in
      var event = Event(kind, seq: UInt64(index + 1), time: UInt64(index), object: ObjectID(3))
      event.texts = kind.fields.filter { $0.isText }.map { "a \($0.name)" }
      return event.json()
    }
    for _ in 0..<1500 {
      var lines = [Self.header] + events
      lines.swapAt(
        .random(in: lines.indices, using: &numbers), .random(in: lines.indices, using: &numbers))
      var bytes = Array(lines.joined(separator: "\n").utf8)
      for _ in 0..<3 {
        let place = Int.random(in: bytes.indices, using: &numbers)
        let end = min(bytes.count, place + Int.random(in: 0...9, using: &numbers))
        bytes.replaceSubrange(place..<end, with: evil.randomElement(using: &numbers) ?? [])
      }
      var reader = RecordingReader()
      var read: [Event] = []
      var words = ""
      do {
        try reader.take(bytes, into: &read)
        words = "\(try reader.finish(into: &read))"
      } catch {
        words = "\(error)"
      }
      let text = EventLines(format: .text, isTerminal: true).lines(for: read).output
      let shown = String(decoding: text, as: UTF8.self) + words
      let controls = shown.unicodeScalars.filter {
        ($0.value < 0x20 && $0 != "\n") || (0x7F...0x9F).contains($0.value) || $0 == "\u{202E}"
      }
      #expect(controls.isEmpty, "\(bytes)")
    }
  }
}
