public import Events

/// A run in another form, made from its events and from nothing else: the same events give the same
/// bytes, live and read back from a recording.
///
/// Feed it the events in their order and write what it adds; `finish` adds the rest. A form that is
/// written as it goes keeps only what is open.
public protocol RunExport: Sendable {
  /// Goes on by one event, and adds what can be said by now.
  mutating func append(_ event: Event, to bytes: inout [UInt8])
  /// Closes whatever is open and adds the rest; no event follows.
  mutating func finish(to bytes: inout [UInt8])
}

/// The forms that a run can be exported to.
public enum ExportFormat: String, CaseIterable, Sendable {
  /// Chrome's Trace Event JSON, which Perfetto opens.
  case chrome
  /// The timeline as a picture.
  case svg
  /// What happened, a sentence a line.
  case text

  /// An export that has seen no event yet.
  public var begun: any RunExport {
    switch self {
    case .chrome: ChromeTrace()
    case .svg: TimelinePicture()
    case .text: Transcript()
    }
  }
}

extension ExportFormat {
  /// The export of events that are all there.
  public func bytes(of events: some Sequence<Event>) -> [UInt8] {
    var export = begun
    var bytes: [UInt8] = []
    for event in events { export.append(event, to: &bytes) }
    export.finish(to: &bytes)
    return bytes
  }
}
