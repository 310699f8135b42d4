import Exports

/// The output format of a run.
public enum RunFormat: String, CaseIterable, Sendable {
  case text, ndjson, chrome, svg

  /// The export format, or nil for text and recordings.
  var export: ExportFormat? {
    switch self {
    case .text, .ndjson: nil
    case .chrome: .chrome
    case .svg: .svg
    }
  }
}
