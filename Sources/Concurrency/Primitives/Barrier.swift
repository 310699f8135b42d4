import Events

/// A line that nobody crosses before all have come, as Python's `threading.Barrier`. It can be
/// crossed again and again; once somebody gives up, it is broken for all.
public final class Barrier: ShareableObject {
  public let traced: Traced<BarrierState>

  public init(_ traced: Traced<BarrierState>) { self.traced = traced }

  /// A barrier for the threads of this process.
  /// - Parameter parties: how many must come, at least one.
  public convenience init(_ name: String, parties: Int, in run: Run) {
    self.init(Traced(id: run.newObject(name, type: "barrier"), BarrierState(parties: parties)))
  }

  /// A barrier for all processes of the run, as `multiprocessing.Barrier`.
  /// - Throws: `RaisedException` when the run has no room for another.
  public static func shared(_ name: String, parties: Int, in run: Run) throws -> Barrier {
    Barrier(
      try .shared(name, type: "shared barrier", BarrierState(parties: parties), in: run))
  }

  /// Waits until all have come.
  /// - Returns: the caller's place in the order of coming, from 0.
  /// - Throws: `RaisedException` where the barrier is broken, or breaks; `RunStopped`.
  @discardableResult
  public func wait() throws -> Int {
    let actor = ActorContext.current
    let arrival = try actor.perform(BarrierArrive(), on: traced)
    let hasCrossed =
      switch arrival.outcome {
      case .crossed: true
      case .broken: false
      case .waits: try actor.perform(BarrierCross(round: arrival.round), on: traced)
      }
    guard hasCrossed else { throw actor.raise(.brokenBarrier) }
    return arrival.place
  }

  /// Breaks the barrier: all who wait, and all who come, get an exception.
  public func abort() throws(RunStopped) {
    try ActorContext.current.perform(BarrierBreak(), on: traced)
  }
}

extension RaisedException {
  /// What waiting at a broken barrier raises.
  static let brokenBarrier = RaisedException(type: "BrokenBarrierError", message: "")
}

/// How many have come to a barrier in this round, and who waits there.
public struct BarrierState: WaitingState, BitwiseCopyable, Equatable {
  let parties: Int
  /// How often all had come.
  var round = 0
  /// How many have come since.
  var arrived = 0
  var isBroken = false
  public var waiters = ActorQueue()

  init(parties: Int) {
    precondition(parties > 0, "a barrier has at least one party")
    self.parties = parties
  }
}

/// Comes to the barrier; the last to come crosses it at once.
struct BarrierArrive: InstantOperation {
  enum Outcome { case crossed, waits, broken }

  struct Arrival: Sendable {
    let round: Int
    let place: Int
    let outcome: Outcome
  }

  func apply(to state: inout BarrierState, by waiter: QueuedActor) -> Arrival {
    let (round, place) = (state.round, state.arrived)
    if state.isBroken { return Arrival(round: round, place: place, outcome: .broken) }
    state.arrived += 1
    guard state.arrived == state.parties else {
      return Arrival(round: round, place: place, outcome: .waits)
    }
    state.arrived = 0
    state.round += 1
    return Arrival(round: round, place: place, outcome: .crossed)
  }

  func event(_ arrival: Arrival, object: ObjectID) -> EventRecord? {
    arrival.outcome == .crossed ? EventRecord(.barrierPass, object: object) : nil
  }

  func wakes(_ state: BarrierState) -> QueuedActor? { state.waiters.first }
}

/// Crosses the barrier once its round is over; gives back whether it was crossed, false where it
/// broke. Earlier rounds stand first in line, so that each wakes the next of its own.
struct BarrierCross: WaitingOperation {
  let round: Int

  var reason: WaitReason { .barrier }

  func isReady(_ state: BarrierState, for waiter: QueuedActor) -> Bool {
    state.round > round || state.isBroken
  }

  func apply(to state: inout BarrierState, by waiter: QueuedActor) -> Bool { state.round > round }

  func event(_ hasCrossed: Bool, object: ObjectID) -> EventRecord? {
    hasCrossed ? EventRecord(.barrierPass, object: object) : nil
  }

  func wakes(_ state: BarrierState) -> QueuedActor? { state.waiters.first }
}

/// Breaks the barrier.
struct BarrierBreak: InstantOperation {
  func apply(to state: inout BarrierState, by waiter: QueuedActor) { state.isBroken = true }

  func event(_ result: Void, object: ObjectID) -> EventRecord? { nil }

  func wakes(_ state: BarrierState) -> QueuedActor? { state.waiters.first }
}
