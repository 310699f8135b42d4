import Events
import Trace

extension RecordingSummary {
  /// The length and the ending as text: `412 events, 2.5 s, completed`.
  var summary: String {
    let length = "\(events) \(events == 1 ? "event" : "events"), "
    let time = ValueText.duration(Int64(clamping: duration))
    return switch ending {
    case .finished(let outcome): length + time + ", " + (outcome?.word ?? "ended")
    case .goesOn: length + time + ", still being written"
    // No event was found if the last line is too long.
    case .cut: events == 0 ? "cut short" : length + time + ", cut short"
    case .damaged(let reason): "damaged: \(reason)"
    }
  }

  /// A line for each recording, with the names in a column.
  public static func table(of recordings: [RecordingSummary]) -> [String] {
    let width = recordings.map(\.name.count).max() ?? 0
    return recordings.map { recording in
      recording.name + String(repeating: " ", count: width - recording.name.count + 2)
        + recording.summary
    }
  }
}
