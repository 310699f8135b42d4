package import Catalog
package import Screen
package import Trace

/// The layer that shows what the run's events prove; a deadlock is drawn.
package enum FindingBox {
  /// Returns the kind of a finding, and whether the run brings it about on purpose.
  package static func title(_ finding: Finding, of request: RunRequest) -> String {
    kind(finding) + (request.staged == nil ? "" : ", made on purpose")
  }

  private static func kind(_ finding: Finding) -> String {
    switch finding.kind {
    case .deadlock: "deadlock"
    case .waitForEnded: "waits forever"
    case .abandonedLock: "abandoned lock"
    case .starvation: "starvation"
    case .lostUpdate: "lost update"
    }
  }

  /// Returns the finding, the moment that made it certain, and what to do about it.
  package static func rows(
    _ finding: Finding, of session: RunSession, width: Int, glyphs: Glyphs
  ) -> [StyledText] {
    let staged = session.request.staged.map { StyledText($0, .muted) }
    let certain =
      StyledText("Certain at \(moment(finding.time)): ", .muted)
      + StyledText("enter", .key) + StyledText(" goes there.", .muted)
    return picture(finding, state: session.state, width: width, glyphs: glyphs) + [StyledText()]
      + (staged?.wrapped(to: width) ?? []) + StyledText(advice(finding)).wrapped(to: width)
      + certain.wrapped(to: width)
  }

  /// Returns what to do about a finding, in one or two sentences.
  package static func advice(_ finding: Finding) -> String {
    switch finding.kind {
    case .deadlock(let cycle, _) where cycle.count == 1:
      "Use a reentrant lock, or call the inner function without the lock."
    case .deadlock:
      "Let all threads take the locks in the same order, or give each wait a time-out."
    case .waitForEnded, .abandonedLock:
      "Take the lock by with, which also releases it after an exception."
    case .starvation: "Hold the lock for a shorter time, or less often."
    case .lostUpdate: "Hold one lock from the read to the write."
    }
  }

  private static func picture(
    _ finding: Finding, state: RunState, width: Int, glyphs: Glyphs
  ) -> [StyledText] {
    guard case .deadlock(let cycle, let since) = finding.kind else {
      return ActorNames(state).text(finding.description).wrapped(to: width)
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
