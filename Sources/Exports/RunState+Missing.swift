import Trace

extension RunState {
  /// What an export lacks, in words, or nil if the run is complete.
  var missingParts: String? {
    var parts: [String] = []
    if lost > 0 {
      parts.append(lost == 1 ? "1 event was lost" : "\(ValueText.grouped(lost)) events were lost")
    }
    if case .finished = phase {} else { parts.append("its end is missing") }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }
}
