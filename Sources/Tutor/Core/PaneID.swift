internal import Catalog
internal import RunViews

/// A pane of the screen.
public enum PaneID: Sendable, Hashable, CaseIterable {
  case lesson, code, state
  /// The chart that compares sizes of pools, in the place of `state`.
  case pools
  /// The views of some demos, which share the place of `state`.
  case bars, picture, waits, exceptions
  case timeline, events
  /// The titles of all steps, beside a lesson without runs.
  case contents

  package var title: String {
    switch self {
    case .lesson: "Lesson"
    case .code: "Code"
    case .state: "State"
    case .pools: "Pools"
    case .bars: "Bars"
    case .picture: "Picture"
    case .waits: "Waits"
    case .exceptions: "Exceptions"
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
    case .exceptions: "errors"
    default: title.lowercased()
    }
  }

  /// Whether the pane takes all height, with the code behind it instead of above.
  var isTall: Bool {
    switch self {
    case .pools, .bars, .picture: true
    default: false
    }
  }

  /// Whether the pane has the place of the state.
  var isMiddle: Bool {
    switch self {
    case .state, .pools, .bars, .picture, .waits, .exceptions: true
    case .lesson, .code, .timeline, .events, .contents: false
    }
  }
}

extension Demo {
  /// The panes in the place of the state: the demo's views, and then the state. The chart of pools
  /// stands alone.
  var middlePanes: [PaneID] {
    let views = views.compactMap { view -> PaneID? in
      switch view {
      case .bars: comparesPools ? .pools : .bars
      case .picture: .picture
      case .waits: .waits
      case .exceptions: .exceptions
      // A strip is a lane of the timeline.
      case .strip: nil
      }
    }
    return views == [.pools] ? views : views + [.state]
  }
}
