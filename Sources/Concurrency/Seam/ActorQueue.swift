import Events
public import Rings

/// A waiting actor: its number, and its slot, by which any process of the run can wake it.
public struct QueuedActor: BitwiseCopyable, Sendable, Equatable {
  let actor: ActorID
  let slot: UInt32

  public static func == (left: QueuedActor, right: QueuedActor) -> Bool {
    left.actor == right.actor
  }
}

/// Waiting actors in order of arrival. It is plain bits, so that processes can share it, and has
/// room for all actors of a run.
public struct ActorQueue: BitwiseCopyable, Sendable, Equatable {
  private var places = InlineArray<192, QueuedActor>(
    repeating: QueuedActor(actor: ActorID(rawValue: 0), slot: 0))
  private(set) var count = 0

  public init() {
    assert(places.count == RunMemory.slotCount, "the queue must have a place for each actor")
  }

  var isEmpty: Bool { count == 0 }
  var first: QueuedActor? { count == 0 ? nil : places[0] }

  public mutating func append(_ waiter: QueuedActor) {
    precondition(count < places.count, "more actors wait than a run can have")
    places[count] = waiter
    count += 1
  }

  /// Removes an actor, if it is in the queue.
  public mutating func remove(_ waiter: QueuedActor) {
    guard let place = (0..<count).first(where: { places[$0] == waiter }) else { return }
    for index in place..<count - 1 { places[index] = places[index + 1] }
    count -= 1
  }

  mutating func popFirst() -> QueuedActor? {
    guard let first else { return nil }
    remove(first)
    return first
  }

  func first(where condition: (QueuedActor) -> Bool) -> QueuedActor? {
    for place in 0..<count where condition(places[place]) { return places[place] }
    return nil
  }

  func contains(_ waiter: QueuedActor) -> Bool { first { $0 == waiter } != nil }

  public var all: [QueuedActor] { (0..<count).map { places[$0] } }

  public static func == (left: ActorQueue, right: ActorQueue) -> Bool { left.all == right.all }
}

extension RunMemory {
  /// Whether an actor ended while it waited, because its process was killed.
  func isGone(_ waiter: QueuedActor) -> Bool {
    actorSlot(Int(waiter.slot)).actor != waiter.actor
  }

  /// Wakes an actor in any process of the run. If the actor is gone, wakes all actors, so that the
  /// next one in the queue finds itself first.
  public func wake(_ waiter: QueuedActor) {
    if isGone(waiter) { wakeAll() } else { unpark(Int(waiter.slot)) }
  }
}
