import Concurrency
import Events

/// A count that goes up and down. Each change is recorded as a measure over time.
final class Gauge: Sendable {
  private let name: String
  private let traced: Traced<Level>

  /// The value of a gauge.
  struct Level: Sendable, Equatable {
    var now = 0
    var peak = 0
  }

  /// - Parameter name: the things that the gauge counts; also the name of the strip.
  init(_ name: String) {
    self.name = name
    traced = Traced(id: ObjectID(rawValue: 0), Level())
  }

  /// Counts one more.
  func enter() throws(RunStopped) {
    try ActorContext.current.perform(Change(by: 1, name: name), on: traced)
  }

  /// Counts one less.
  func leave() throws(RunStopped) {
    try ActorContext.current.perform(Change(by: -1, name: name), on: traced)
  }

  /// The greatest count so far.
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
