/// Copies of the state every so many events, few enough to stay small however long the run is.
struct Checkpoints: Sendable {
  /// Events from one checkpoint to the next; doubled each time there are too many.
  private(set) var interval = 4096
  private(set) var states: [RunState] = []
  /// Actors and objects in all copies: what they cost.
  private var weight = 0

  static let greatestCount = 1024
  /// About 60 MB.
  static let greatestWeight = 200_000

  /// Takes a copy where one is due.
  mutating func offer(_ state: RunState, at index: Int) {
    guard index == states.count * interval else { return }
    states.append(state)
    weight += Self.weight(of: state)
    guard states.count > 2, states.count > Self.greatestCount || weight > Self.greatestWeight
    else { return }
    states = stride(from: 0, to: states.count, by: 2).map { states[$0] }
    weight = states.reduce(0) { $0 + Self.weight(of: $1) }
    interval *= 2
  }

  /// The last state at or before a position, and where it stands.
  func nearest(to position: Int) -> (index: Int, state: RunState) {
    guard !states.isEmpty else { return (0, RunState()) }
    let place = min(position / interval, states.count - 1)
    return (place * interval, states[place])
  }

  private static func weight(of state: RunState) -> Int {
    state.actors.count + state.objects.count + 8
  }
}
