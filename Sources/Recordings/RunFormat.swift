import Trace

/// What is printed of a run.
public enum RunFormat: String, CaseIterable, Sendable {
  case text, ndjson, chrome, svg

  /// The form that the run is exported to; nil for what is printed of it and for its recording.
  var export: ExportFormat? {
    switch self {
    case .text, .ndjson: nil
    case .chrome: .chrome
    case .svg: .svg
    }
  }
}
