import Events
import TestEvents
import TestTerminal
import Testing

extension Program {
  /// The events of a run with `--format ndjson`.
  func events() throws -> [Event] {
    var reader = RecordingReader()
    var events: [Event] = []
    try reader.take(Array(standardOutput.utf8), into: &events)
    try #require(try reader.finish(into: &events) == .whole)
    return events
  }
}
