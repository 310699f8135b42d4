public import Events
import Glibc
import Platform
import Testing

@testable import Engine

extension RecordedRun {
  /// Pauses the run and lets it go on step by step, until the events are as wanted; then all rest,
  /// and no event is still to be delivered. A wait with a limit ends only when nobody else can do
  /// anything.
  @discardableResult
  public func step(until isThere: ([Event]) -> Bool) throws -> [Event] {
    live.pause()
    let end = MonotonicClock.now() + 60_000_000_000
    while MonotonicClock.now() < end {
      let isOver = events.last?.kind == .runFinish
      guard isOver || (live.computing.isEmpty && events.last?.seq == live.eventCount) else {
        sched_yield()
        continue
      }
      let events = events
      if isThere(events) { return events }
      if isOver { break }
      live.step()
    }
    throw TimedOut(what: "a step", tail: events.suffix(12).map { "\($0.kind) \($0.actor)" })
  }

  /// Takes the whole run step by step.
  public func stepToTheEnd() throws -> [Event] {
    try step { $0.last?.kind == .runFinish }
    return try finish()
  }
}
