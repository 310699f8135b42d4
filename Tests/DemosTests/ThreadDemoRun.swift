import Events
import TestRuns
import Testing
import Trace

@testable import Concurrency

/// A finished run of a demo of lesson 4 or 5, and what it promises whatever it shows.
struct ThreadDemoRun {
  let events: [Event]

  /// Runs a demo as the command line would, and checks what every run promises.
  init(_ command: String) throws {
    events = try RecordedRun.events(of: command)
    #expect(violations(in: events) == [])
  }

  /// The events of some kinds, in order.
  func events(_ kinds: EventKind...) -> [Event] { events.filter { kinds.contains($0.kind) } }

  /// What the demo gave under a name.
  func result(_ name: String) -> String? {
    events.first { $0.kind == .result && $0.name == name }?.value
  }

  /// What the demo measured under a name, in order.
  func measures(_ name: String) -> [Int64] {
    events.filter { $0.kind == .measure && $0.name == name }.compactMap { $0.number(.value) }
  }

  /// The number that events give the object of a name.
  func object(_ name: String) throws -> ObjectID {
    try #require(events.first { $0.kind == .objectName && $0.name == name }?.object)
  }

  /// What the detector finds in the run.
  var findings: [Finding] {
    var detector = FindingDetector()
    return events.flatMap { detector.apply($0) }
  }
}
