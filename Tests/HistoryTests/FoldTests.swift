import Events
import TestEvents
import TestNumbers
import Testing
import Trace

@testable import History

@Suite("The fold at any position of a log")
struct FoldTests {
  private static func expect(_ fold: RunFold, is other: RunFold) {
    #expect(fold.state == other.state)
    #expect(details(fold) == details(other))
  }

  /// The comparable parts of a fold besides its state.
  private static func details(_ fold: RunFold) -> String {
    "\(fold.findings) \(fold.raises) \(fold.raised) \(fold.trail) \(fold.shown?.text ?? "")"
      + "\(fold.arms.quantities) \(fold.pools) \(fold.sizing.arms)"
      + "\(fold.latest?.seq ?? 0) \(fold.latestNotable?.seq ?? 0)"
  }

  private static func fold(_ events: ArraySlice<Event>) -> RunFold {
    var fold = RunFold()
    for event in events { fold.apply(event) }
    return fold
  }

  /// Events of a run, with a few random events between them.
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

  @Test("A fold is the same from the start and from any position near it", arguments: 1...3)
  func random(seed: UInt64) {
    var random = Seeded(seed)
    let events = Self.events(2500, seed: seed)
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

  @Test("Copies of a log that continue differently have their own folds")
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

  @Test("A step back folds few events")
  func near() {
    let cache = FoldCache()
    for position in stride(from: 0, to: 100 * FoldCache.spacing, by: FoldCache.spacing) {
      cache.keep(Checkpoint(RunFold(), at: position, after: nil))
    }
    let last = 99 * FoldCache.spacing
    #expect(cache.nearest(to: last)?.position == last)
    #expect(cache.nearest(to: last - 1)?.position == last - FoldCache.spacing)
    // Old positions have been dropped.
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
