import Glibc
import Testing
import Trace

@testable import Engine

extension RecordedRun {
  /// Pauses the run and lets it go on step by step, until the events are as wanted and all rest
  /// again. A wait with a limit ends only when nobody else can do anything.
  @discardableResult
  func step(until isThere: ([Event]) -> Bool) throws -> [Event] {
    live.pause()
    let end = MonotonicClock.now() + 60_000_000_000
    while !isThere(events), MonotonicClock.now() < end {
      if !live.step() { sched_yield() }
    }
    try #require(isThere(events), "the run has not come so far")
    while !live.computing.isEmpty, MonotonicClock.now() < end { sched_yield() }
    return events
  }

  /// Takes the whole run step by step.
  func stepToTheEnd() throws -> [Event] {
    try step { $0.last?.kind == .runFinish }
    return try finish()
  }
}
