import Recordings
import TestEvents
import TestNumbers
import TestRuns
import Testing

@testable import Concurrency
@testable import Engine
@testable import Events
@testable import Trace

extension RunTests {
  @Suite struct RecordedDemoTests {
    @Test(
      "Reading the recording of a demo gives the same events, state and findings",
      arguments: QuickRun.demos)
    func readsBack(_ demo: String) throws {
      let events = try QuickRun.events(of: demo)
      var bytes: [UInt8] = []
      RecordingHeader(demo: demo).writeJSON(to: &bytes)
      for event in events {
        bytes.append(UInt8(ascii: "\n"))
        event.writeJSON(to: &bytes)
      }
      var reader = RecordingReader()
      var read: [Event] = []
      try reader.take(bytes, into: &read)
      #expect(try reader.finish(into: &read) == .whole)
      #expect(read == events)
      let (state, texts) = Self.folded(read)
      let (live, liveTexts) = Self.folded(events)
      #expect(state == live)
      #expect(texts == liveTexts)
      // A recording that is cut anywhere gives all complete events.
      var numbers = Seeded(11)
      for _ in 0..<10 {
        let length = Int.random(in: 200..<bytes.count, using: &numbers)
        guard bytes[..<length].contains(UInt8(ascii: "\n")) else { continue }
        var reader = RecordingReader()
        var part: [Event] = []
        try reader.take(bytes.span.extracting(..<length), into: &part)
        #expect(try reader.finish(into: &part) == .cut(line: part.count + 1))
        #expect(part == Array(events.prefix(part.count)))
      }
    }

    /// The state of the events, and the output of a headless run and the findings as text.
    private static func folded(_ events: [Event]) -> (RunState, [String]) {
      var detector = FindingDetector()
      let findings = events.flatMap { detector.apply($0) }.map(\.description)
      let text = EventLines(format: .text, isTerminal: false).lines(for: events)
      let texts = [text.output, text.remarks].map { String(decoding: $0, as: UTF8.self) }
      return (detector.state, texts + findings)
    }
  }
}
