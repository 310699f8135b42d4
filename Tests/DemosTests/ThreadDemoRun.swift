import Events
import TestRuns
import Testing
import Trace

@testable import Concurrency

/// A finished run of a demo, with its results.
struct ThreadDemoRun {
  let events: [Event]

  /// Runs a demo as the command line does, and checks the invariants of all runs.
  init(_ command: String) throws {
    events = try RecordedRun.events(of: command)
    #expect(violations(in: events) == [])
  }

  /// The events of some kinds, in order.
  func events(_ kinds: EventKind...) -> [Event] { events.filter { kinds.contains($0.kind) } }

  /// The object of a name.
  func object(_ name: String) throws -> ObjectID {
    try #require(events.first { $0.kind == .objectName && $0.name == name }?.object)
  }

  /// The findings of the run.
  var findings: [Finding] {
    var detector = FindingDetector()
    return events.flatMap { detector.apply($0) }
  }
}
