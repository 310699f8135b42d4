import Events
import TestEvents
import TestNumbers
import Testing
import Trace

@testable import History

@Suite("What follows from any first part of a run")
struct FoldTests {
  private static func expect(_ fold: RunFold, is other: RunFold) {
    #expect(fold.state == other.state)
    #expect(told(fold) == told(other))
  }

  /// What of a fold can be compared beside its state.
  private static func told(_ fold: RunFold) -> String {
    "\(fold.findings) \(fold.raises) \(fold.raised) \(fold.trail) \(fold.shown ?? "")"
      + "\(fold.arms.quantities) \(fold.pools) \(fold.sizing.arms)"
      + "\(fold.latest?.seq ?? 0) \(fold.latestTelling?.seq ?? 0)"
  }

  private static func fold(_ events: ArraySlice<Event>) -> RunFold {
    var fold = RunFold()
    for event in events { fold.apply(event) }
    return fold
  }

  /// Events that go on from each other, so that there is something to fold, and a few that do not.
  private static func events(_ count: Int, seed: UInt64) -> [Event] {
    var random = Seeded(seed)
    var anything = RandomEvents(seed: seed)
    var events = EventLogTests.longRun(count)
    for place in events.indices where Int.random(in: 0..<40, using: &random) == 0 {
      var event = anything.event(EventKind.allCases.randomElement(using: &random) ?? .line)
      event.record.actor %= 8
      event.record.object %= 8
      event.record.seq = events[place].seq
      event.record.time = events[place].time
      events[place] = event
    }
    return events
  }

  @Test("is the same from the start and from wherever it was folded on", arguments: 1...3)
  func random(seed: UInt64) {
    var random = Seeded(seed)
    let events = Self.events(6000, seed: seed)
    var log = EventLog()
    for event in events { log.append(event) }
    var position = 0
    for step in 0..<40 {
      switch step % 4 {
      case 0: position = Int.random(in: 0...events.count, using: &random)
      case 1: position -= 1
      case 2: position -= Int.random(in: 0...1200, using: &random)
      default: position += 1
      }
      position = min(max(0, position), events.count)
      Self.expect(log.fold(at: position), is: Self.fold(events[..<position]))
    }
  }

  @Test("is that of its own log, where a copy of the log went on otherwise")
  func copies() {
    let events = EventLogTests.longRun(3000)
    var log = EventLog()
    for event in events[..<1000] { log.append(event) }
    _ = log.fold(at: 700)
    var other = log
    for event in events[1000...] { log.append(event) }
    for event in events[2000...] { other.append(event) }
    for position in [1500, 700, 1800, 999] {
      Self.expect(log.fold(at: position), is: Self.fold(events[..<position]))
      let others = events[..<1000] + events[2000...]
      Self.expect(other.fold(at: position), is: Self.fold(Array(others)[..<position]))
    }
  }

  @Test("is near what was asked for lately: a step back folds few events")
  func near() {
    let cache = FoldCache()
    for position in stride(from: 0, to: 100 * FoldCache.spacing, by: FoldCache.spacing) {
      cache.keep(Checkpoint(RunFold(), at: position, after: nil))
    }
    let last = 99 * FoldCache.spacing
    #expect(cache.nearest(to: last)?.position == last)
    #expect(cache.nearest(to: last - 1)?.position == last - FoldCache.spacing)
    // Those that were asked for long ago are gone.
    #expect(cache.nearest(to: 100) == nil)
    var log = EventLog()
    for event in EventLogTests.longRun(4000) { log.append(event) }
    _ = log.fold(at: 3000)
    #expect(log.nearest(to: 2999)?.position == 2560)
    #expect(log.nearest(to: 3001)?.position == 3000)
    for position in 3001...3100 { _ = log.fold(at: position) }
    #expect(log.nearest(to: 2999)?.position == 2560)
    #expect(log.nearest(to: 500)?.position == 0)
  }
}
