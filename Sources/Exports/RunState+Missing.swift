import Trace

extension RunState {
  /// What of the run an export of it cannot show, in words; nil where all is there.
  var missingParts: String? {
    var parts: [String] = []
    if lost > 0 {
      let events = lost == 1 ? "1 event" : "\(ValueText.grouped(lost)) events"
      parts.append("\(events) could not be kept")
    }
    if case .finished = phase {} else { parts.append("its end is missing") }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }
}
