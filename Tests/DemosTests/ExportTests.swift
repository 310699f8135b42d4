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
    /// Checks that the exports of the events are valid. Returns them.
    @discardableResult
    private func check(
      _ events: [Event], _ what: String
    ) -> (exports: [ExportFormat: [UInt8]], chrome: ChromeCheck) {
      let exports = Dictionary(
        uniqueKeysWithValues: ExportFormat.allCases.map { ($0, $0.bytes(of: events)) })
      let chrome = ChromeCheck(exports[.chrome] ?? [])
      #expect(chrome.problems == [], "\(what)")
      let picture = exports[.svg] ?? []
      #expect(SVGCheck(picture).problems == [], "\(what)")
      #expect(picture.count < 1_000_000, "\(what)")
      #expect(exports[.text]?.last == UInt8(ascii: "\n"), "\(what)")
      return (exports, chrome)
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
      let events = try QuickRun.events(of: demo)
      let (exports, chrome) = check(events, demo)
      #expect((chrome.phases["B"] ?? 0) > 1 && chrome.phases["B"] == chrome.phases["E"])
      let spawns = events.contains { $0.kind == .threadStart && $0.actor != .main }
      #expect(!spawns || (chrome.phases["s"] ?? 0) > 0)
      let read = try recorded(events)
      for format in ExportFormat.allCases {
        #expect(format.bytes(of: read) == exports[format], "\(demo) as \(format)")
      }
      // Without each third event, and without the second half.
      check(
        events.enumerated().filter { $0.offset % 3 != 2 }.map(\.element), "\(demo), with losses")
      check(Array(events.prefix(events.count / 2)), "\(demo), cut off")
    }

    @Test(
      "The exports of a stopped run are valid",
      arguments: [
        "producer-consumer", "factorial", "condition", "process-queue", "exception-log", "pipe",
      ])
    func stopped(_ demo: String) throws {
      let run = try RecordedRun(demo)
      try run.wait("some events") { $0.count >= 25 || $0.last?.kind == .runFinish }
      run.live.stop()
      check(try run.finish(), demo)
    }
  }
}
