/// The parts of the screen that can have the focus.
public enum PaneID: Sendable, Hashable, CaseIterable {
  case lesson, code, state
  /// The chart of a demo that asks for one; it stands in the place of `state`.
  case bars
  case timeline, events
  /// Every step by its title, beside a lesson that has nothing to run.
  case contents

  /// The digit key that leads to it.
  var digit: Int {
    switch self {
    case .lesson: 1
    case .code, .contents: 2
    case .state, .bars: 3
    case .timeline: 4
    case .events: 5
    }
  }

  var title: String {
    switch self {
    case .lesson: "Lesson"
    case .code: "Code"
    case .state: "State"
    case .bars: "Pools"
    case .timeline: "Timeline"
    case .events: "Events"
    case .contents: "Contents"
    }
  }

  /// The name on a tab.
  var tab: String {
    switch self {
    case .timeline: "time"
    case .events: "log"
    default: title.lowercased()
    }
  }
}
