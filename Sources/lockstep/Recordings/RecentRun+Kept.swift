import Events
import Tutor

extension RecentRun {
  /// A kept recording as the tutor lists it.
  init(_ kept: KeptRecording) {
    var outcome: RunOutcome?
    var fault: String?
    switch kept.ending {
    case .finished(let told): outcome = told
    case .goesOn: fault = "it is being written"
    case .cut: break
    case .damaged(let what): fault = what
    }
    let header = kept.header ?? RecordingHeader()
    self.init(
      path: kept.path, demo: header.demo.isEmpty ? kept.name : header.demo,
      parameters: header.parameters, started: header.startedText,
      duration: kept.duration, outcome: outcome, events: kept.events, fault: fault,
      isRemoved: kept.isRemoved)
  }
}

extension RecordingEnd {
  /// What a person should know of how a recording ends; nil where it is whole.
  var complaint: String? {
    switch self {
    case .whole: nil
    case .cut(let line): "the recording is cut short after line \(line)"
    case .damaged(let line, let damage): "the recording is damaged in line \(line): \(damage)"
    }
  }
}
