import Events
import Testing
import Trace

@testable import Concurrency

/// The pools, measures and results of a run's events.
struct PoolReport {
  let events: [Event]
  /// The greatest number of tasks in line.
  private(set) var deepest = 0
  /// The greatest number of running tasks.
  private(set) var busiest = 0
  /// The number of tasks in line at the end.
  private(set) var left = 0

  init(_ events: [Event]) {
    self.events = events
    var state = RunState()
    for event in events {
      state.apply(event)
      let pools = state.objects.filter { $0.form == .pool }.map(\.pool)
      left = pools.reduce(0) { $0 + $1.queued }
      deepest = max(deepest, left)
      busiest = max(busiest, pools.reduce(0) { $0 + $1.busy })
    }
  }

  /// The number of tasks that each actor of a name has done in the last pool.
  func done(by name: String) -> Int {
    let pool = events.last { $0.kind == .poolOpen }?.object
    let actors = events.filter { $0.kind == .actorName && $0.name == name }.map(\.actor)
    return events.count {
      $0.kind == .taskFinish && $0.pool == pool && actors.contains($0.actor)
    }
  }
}
