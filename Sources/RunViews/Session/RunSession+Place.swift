internal import History
internal import Trace

extension RunSession {
  /// The position on display: `event 12 of 122`.
  package var place: String {
    "event \(ValueText.grouped(position)) of \(ValueText.grouped(log.count))"
  }
}
