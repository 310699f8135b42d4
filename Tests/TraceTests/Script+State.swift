import Events
import TestEvents

@testable import Trace

extension Script {
  /// What is true after all of it.
  var state: RunState {
    var state = RunState()
    for event in events { state.apply(event) }
    return state
  }

  /// What is noted, without where.
  var noted: [String] { state.noted.map(\.message) }

  var findings: [Finding] {
    var detector = FindingDetector()
    return events.flatMap { detector.apply($0) }
  }
}
