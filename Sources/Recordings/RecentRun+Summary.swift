public import Events
public import RunViews

extension RecentRun {
  /// A recording as the tutor lists it.
  public init(_ summary: RecordingSummary) {
    var outcome: RunOutcome?
    var fault: String?
    switch summary.ending {
    case .finished(let end): outcome = end
    case .goesOn: fault = "still being written"
    case .cut: break
    case .damaged(let reason): fault = reason
    }
    let header = summary.header ?? RecordingHeader()
    self.init(
      path: summary.path, demo: header.demo.isEmpty ? summary.name : header.demo,
      parameters: header.parameters, started: header.startedText,
      duration: summary.duration, outcome: outcome, events: summary.events, fault: fault,
      isRemoved: summary.isRemoved)
  }
}

extension RecordingEnd {
  /// A message about a recording that is not whole, or nil.
  public var complaint: String? {
    switch self {
    case .whole: nil
    case .cut(let line): "the recording is cut short after line \(line)"
    case .damaged(let line, let damage): "the recording is damaged in line \(line): \(damage)"
    }
  }
}
