package import Screen
package import Trace

/// The layer that shows what the run's events prove; a deadlock is drawn.
package enum FindingBox {
  package static func title(_ finding: Finding) -> String {
    switch finding.kind {
    case .deadlock: "deadlock"
    case .waitForEnded: "waits forever"
    case .abandonedLock: "abandoned lock"
    case .starvation: "starvation"
    case .lostUpdate: "lost update"
    }
  }

  package static func rows(
    _ finding: Finding, state: RunState, width: Int, glyphs: Glyphs
  ) -> [StyledText] {
    guard case .deadlock(let cycle, let since) = finding.kind else {
      return StyledText(finding.description).wrapped(to: width)
    }
    let drawing = CycleDrawing.rows(cycle, state: state, width: width, glyphs: glyphs)
    let margin = max(0, (width - (drawing.map(\.columns).max() ?? 0)) / 2)
    let indent = StyledText(String(repeating: " ", count: margin))
    let who =
      switch cycle.count {
      case 1: "It has waited since \(moment(since)), and it cannot go on."
      case 2: "Both have waited since \(moment(since)), and neither can go on."
      default: "All have waited since \(moment(since)), and none can go on."
      }
    return [StyledText()] + drawing.map { indent + $0 } + [StyledText()]
      + StyledText(who).wrapped(to: width)
  }

  private static func moment(_ time: UInt64) -> String {
    ValueText.moment(Int64(clamping: time))
  }
}
