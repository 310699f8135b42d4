public import Events
import Glibc
import Platform
import Testing

@testable import Engine

extension RecordedRun {
  /// Pauses the run and steps it until a condition on its events is true. Then all actors are at rest
  /// and all events delivered. A time-out expires only when no other actor can go on.
  @discardableResult
  public func step(until condition: ([Event]) -> Bool) throws -> [Event] {
    live.pause()
    let end = MonotonicClock.now() + 60_000_000_000
    while MonotonicClock.now() < end {
      let isFinished = events.last?.kind == .runFinish
      guard isFinished || (live.computing.isEmpty && events.last?.seq == live.eventCount) else {
        sched_yield()
        continue
      }
      let events = events
      if condition(events) { return events }
      if isFinished { break }
      live.step()
    }
    throw TimedOut(what: "a step", tail: events.suffix(12).map { "\($0.kind) \($0.actor)" })
  }

  /// Steps the run to its end.
  public func stepToTheEnd() throws -> [Event] {
    try step { $0.last?.kind == .runFinish }
    return try finish()
  }
}
