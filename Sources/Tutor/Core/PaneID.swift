internal import Catalog
internal import RunViews

/// The parts of the screen that can have the focus.
public enum PaneID: Sendable, Hashable, CaseIterable {
  case lesson, code, state
  /// The chart that compares sizes of pools; it takes the place of `state`.
  case pools
  /// The views that a demo asks for; they share the place of `state`.
  case bars, picture, waits, exceptions
  case timeline, events
  /// Every step by its title, beside a lesson that has nothing to run.
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

  /// Whether it wants as much height as it can get: then the code is behind it, and not above.
  var isTall: Bool {
    switch self {
    case .pools, .bars, .picture: true
    default: false
    }
  }

  /// Whether it takes the place of the state, or is the state.
  var isMiddle: Bool {
    switch self {
    case .state, .pools, .bars, .picture, .waits, .exceptions: true
    case .lesson, .code, .timeline, .events, .contents: false
    }
  }
}

extension Demo {
  /// What shares the place of the state: the views that the demo asks for and then the state. The
  /// chart of pools says all that there is to say of them.
  var middlePanes: [PaneID] {
    let views = views.compactMap { view -> PaneID? in
      switch view {
      case .bars: comparesPools ? .pools : .bars
      case .picture: .picture
      case .waits: .waits
      case .exceptions: .exceptions
      // A strip is one of the lanes.
      case .strip: nil
      }
    }
    return views == [.pools] ? views : views + [.state]
  }
}
