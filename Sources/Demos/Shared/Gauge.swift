import Concurrency
import Events

/// How many there are of something just now: each change is recorded as a measure over time.
final class Gauge: Sendable {
  private let name: String
  private let traced: Traced<Level>

  /// What a gauge knows.
  struct Level: Sendable, Equatable {
    /// How many there are now.
    var now = 0
    /// The most that there were.
    var peak = 0
  }

  /// - Parameter name: what is counted; the strip of its values is called so.
  init(_ name: String) {
    self.name = name
    traced = Traced(id: ObjectID(rawValue: 0), Level())
  }

  /// One more.
  func enter() throws(RunStopped) {
    try ActorContext.current.perform(Change(by: 1, name: name), on: traced)
  }

  /// One less.
  func leave() throws(RunStopped) {
    try ActorContext.current.perform(Change(by: -1, name: name), on: traced)
  }

  /// The most that there were.
  var peak: Int { traced.withState { $0.peak } }

  private struct Change: InstantOperation {
    let by: Int
    let name: String

    func apply(to state: inout Level, by waiter: QueuedActor) -> Int {
      state.now += by
      state.peak = max(state.peak, state.now)
      return state.now
    }

    func event(_ level: Int, object: ObjectID) -> EventRecord? {
      var event = EventRecord(.measure)
      event[0] = Int64(level)
      return event
    }

    func eventTexts(_ level: Int) -> [String] { ["\(name) over time", ""] }
  }
}
