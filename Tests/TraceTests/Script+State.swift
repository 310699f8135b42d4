import Events
import TestEvents

@testable import Trace

extension SequenceState {
  /// All its values, from the front.
  var contents: [String] { values(in: 0..<count).map(\.text) }
}

extension Script {
  /// The state after all events.
  var state: RunState {
    var state = RunState()
    for event in events { state.apply(event) }
    return state
  }

  /// The messages of the rules that the events break.
  var violations: [String] { state.violations.map(\.message) }

  var findings: [Finding] {
    var detector = FindingDetector()
    return events.flatMap { detector.apply($0) }
  }
}
