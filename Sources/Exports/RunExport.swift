public import Events

/// Converts a run's events to another format. The same events give the same bytes, whether live or
/// from a recording.
///
/// Append the events in order and write the bytes that each call adds. `finish` adds the rest.
public protocol RunExport: Sendable {
  /// Converts the next event, and appends the bytes that are ready.
  mutating func append(_ event: Event, to bytes: inout [UInt8])
  /// Appends the rest after the last event.
  mutating func finish(to bytes: inout [UInt8])
}

/// The formats of exports.
public enum ExportFormat: String, CaseIterable, Sendable {
  /// Chrome's Trace Event JSON, which Perfetto opens.
  case chrome
  /// The timeline as an SVG picture.
  case svg
  /// One sentence per line.
  case text

  /// Creates an export of a run, before its first event.
  public func makeExport() -> any RunExport {
    switch self {
    case .chrome: ChromeTrace()
    case .svg: TimelinePicture()
    case .text: Transcript()
    }
  }
}
