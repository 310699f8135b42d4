import Trace
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
      parameters: header.parameters, started: Self.moment(header.started),
      duration: kept.duration, outcome: outcome, fault: fault)
  }

  /// `2026-11-25T14:05:00Z` as `2026-11-25 14:05`; anything else as it is.
  private static func moment(_ started: String) -> String {
    guard started.count == 20, started.hasSuffix("Z") else { return started }
    return started.prefix(16).map { $0 == "T" ? " " : String($0) }.joined()
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
