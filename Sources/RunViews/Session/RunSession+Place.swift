internal import History
internal import Trace

extension RunSession {
  /// Where in the run the learner looks: `event 12 of 122`.
  package var place: String {
    "event \(ValueText.grouped(position)) of \(ValueText.grouped(log.count))"
  }
}
