import Events
import Trace

extension KeptRecording {
  /// How long it is and how it ended, for a person: `412 events, 2.5 s, completed`.
  var summary: String {
    let length = "\(events) \(events == 1 ? "event" : "events"), "
    let time = ValueText.duration(Int64(clamping: duration))
    return switch ending {
    case .finished(let outcome): length + time + ", " + (outcome?.word ?? "ended")
    case .goesOn: length + time + ", still being written"
    // Where no event was found, the last line was too long to look for it.
    case .cut: events == 0 ? "cut short" : length + time + ", cut short"
    case .damaged(let reason): "damaged: \(reason)"
    }
  }

  /// A line for each of some recordings, their names in a column.
  static func table(of recordings: [KeptRecording]) -> [String] {
    let width = recordings.map(\.name.count).max() ?? 0
    return recordings.map { recording in
      recording.name + String(repeating: " ", count: width - recording.name.count + 2)
        + recording.summary
    }
  }
}
