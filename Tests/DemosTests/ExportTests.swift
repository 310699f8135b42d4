import Events
import ExportChecks
import Exports
import TestEvents
import TestRuns
import Testing

@testable import Concurrency
@testable import Engine

extension RunTests {
  @Suite struct ExportTests {
    private func check(_ events: [Event], _ what: String) {
      let chrome = ChromeCheck(ExportFormat.chrome.bytes(of: events))
      #expect(chrome.problems == [], "\(what)")
      let picture = ExportFormat.svg.bytes(of: events)
      #expect(SVGCheck(picture).problems == [], "\(what)")
      #expect(picture.count < 1_000_000, "\(what)")
      let text = ExportFormat.text.bytes(of: events)
      #expect(text.last == UInt8(ascii: "\n"), "\(what)")
    }

    /// The events as read from a recording.
    private func recorded(_ events: [Event]) throws -> [Event] {
      let lines = [RecordingHeader(demo: "demo").json()] + events.map { $0.json() }
      var reader = RecordingReader()
      var read: [Event] = []
      try reader.take(Array(lines.joined(separator: "\n").utf8), into: &read)
      #expect(try reader.finish(into: &read) == .whole)
      return read
    }

    @Test("The exports of each demo are valid", arguments: QuickRun.demos)
    func whole(_ demo: String) throws {
      let events = try RecordedRun.events(of: QuickRun.command(demo))
      check(events, demo)
      let chrome = ChromeCheck(ExportFormat.chrome.bytes(of: events))
      #expect((chrome.phases["B"] ?? 0) > 1 && chrome.phases["B"] == chrome.phases["E"])
      let spawns = events.contains { $0.kind == .threadStart && $0.actor != .main }
      #expect(!spawns || (chrome.phases["s"] ?? 0) > 0)
      let read = try recorded(events)
      for format in ExportFormat.allCases {
        #expect(format.bytes(of: read) == format.bytes(of: events), "\(demo) as \(format)")
      }
      // Without each third event, and without the second half.
      check(
        events.enumerated().filter { $0.offset % 3 != 2 }.map(\.element), "\(demo), with losses")
      check(Array(events.prefix(events.count / 2)), "\(demo), cut off")
    }

    @Test("The exports of a stopped run are valid", arguments: QuickRun.demos)
    func stopped(_ demo: String) throws {
      let run = try RecordedRun(demo)
      try run.wait("some events") { $0.count >= 25 || $0.last?.kind == .runFinish }
      run.live.stop()
      check(try run.finish(), demo)
    }
  }
}
