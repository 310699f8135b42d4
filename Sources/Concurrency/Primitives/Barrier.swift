import Events

/// A point at which actors wait until all have arrived, like Python's `threading.Barrier`. It can be
/// used again and again. A broken barrier stays broken.
public final class Barrier: ShareableObject {
  public let traced: Traced<BarrierState>

  public init(_ traced: Traced<BarrierState>) { self.traced = traced }

  /// Creates a barrier for the threads of this process.
  /// - Parameter parties: the number of actors that must arrive, at least 1.
  public convenience init(_ name: String, parties: Int, in run: Run) {
    self.init(Traced(id: run.newObject(name, type: "barrier"), BarrierState(parties: parties)))
  }

  /// Creates a barrier for all processes of the run, like `multiprocessing.Barrier`.
  /// - Throws: `RaisedException` if the run has no room for another.
  public static func shared(_ name: String, parties: Int, in run: Run) throws -> Barrier {
    Barrier(
      try .shared(name, type: "shared barrier", BarrierState(parties: parties), in: run))
  }

  /// Waits until all have arrived.
  /// - Returns: the caller's place in the order of arrival, from 0.
  /// - Throws: `RaisedException` if the barrier is or becomes broken; `RunStopped`.
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

  /// Breaks the barrier. All present and later waits raise an exception.
  public func abort() throws(RunStopped) {
    try ActorContext.current.perform(BarrierBreak(), on: traced)
  }
}

extension RaisedException {
  /// Raised by a wait at a broken barrier.
  static let brokenBarrier = RaisedException(type: "BrokenBarrierError", message: "")
}

/// The arrivals at a barrier, and its waiters.
public struct BarrierState: WaitingState, BitwiseCopyable, Equatable {
  let parties: Int
  /// The number of complete rounds.
  var round = 0
  /// The number of arrivals in the current round.
  var arrived = 0
  var isBroken = false
  public var waiters = ActorQueue()

  init(parties: Int) {
    precondition(parties > 0, "a barrier needs at least one party")
    self.parties = parties
  }
}

/// Arrives at the barrier. The last actor to arrive crosses it immediately.
struct BarrierArrive: InstantOperation {
  var kind: EventKind? { .barrierPass }
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

/// Crosses the barrier when its round is complete. The result is false if the barrier broke.
///
/// Waiters of earlier rounds are first in the queue, so each wakes the next one of its round.
struct BarrierCross: WaitingOperation {
  var kind: EventKind? { .barrierPass }
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

struct BarrierBreak: InstantOperation {
  func apply(to state: inout BarrierState, by waiter: QueuedActor) { state.isBroken = true }

  func event(_ result: Void, object: ObjectID) -> EventRecord? { nil }

  func wakes(_ state: BarrierState) -> QueuedActor? { state.waiters.first }
}
