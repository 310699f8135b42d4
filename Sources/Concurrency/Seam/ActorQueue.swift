import Events
public import Rings

/// An actor in line for something: its number, and its place in the run's memory, at which any
/// process of the run can wake it.
public struct QueuedActor: BitwiseCopyable, Sendable, Equatable {
  let actor: ActorID
  let slot: UInt32

  public static func == (left: QueuedActor, right: QueuedActor) -> Bool {
    left.actor == right.actor
  }
}

/// Actors in line, the first come first. Bits and nothing else, so that it may lie in memory that
/// processes share; it has room for all actors that a run can have at one time.
public struct ActorQueue: BitwiseCopyable, Sendable, Equatable {
  private var places = InlineArray<192, QueuedActor>(
    repeating: QueuedActor(actor: ActorID(rawValue: 0), slot: 0))
  private(set) var count = 0

  public init() {
    assert(places.count == RunMemory.slotCount, "a line has a place for each actor")
  }

  var isEmpty: Bool { count == 0 }
  var first: QueuedActor? { count == 0 ? nil : places[0] }

  /// Who stands at a place, counted from 0; there must be somebody.
  subscript(place: Int) -> QueuedActor {
    precondition(place < count, "nobody stands at place \(place)")
    return places[place]
  }

  /// Puts an actor at the end of the line.
  public mutating func append(_ waiter: QueuedActor) {
    precondition(count < places.count, "more actors wait than a run can have")
    places[count] = waiter
    count += 1
  }

  /// Takes an actor out of line, wherever it stands; does nothing where it does not.
  public mutating func remove(_ waiter: QueuedActor) {
    guard let place = (0..<count).first(where: { places[$0] == waiter }) else { return }
    for index in place..<count - 1 { places[index] = places[index + 1] }
    count -= 1
  }

  /// Takes the first in line; nil where nobody waits.
  mutating func popFirst() -> QueuedActor? {
    guard let first else { return nil }
    remove(first)
    return first
  }

  func contains(_ waiter: QueuedActor) -> Bool { (0..<count).contains { places[$0] == waiter } }

  /// Everyone in line, the first come first.
  public var all: [QueuedActor] { (0..<count).map { places[$0] } }

  public static func == (left: ActorQueue, right: ActorQueue) -> Bool { left.all == right.all }
}

extension RunMemory {
  /// Whether an actor that stood in line has ended there, as one does whose process is killed.
  func isGone(_ waiter: QueuedActor) -> Bool {
    actorSlot(Int(waiter.slot)).actor != waiter.actor
  }

  /// Wakes whoever waits there, in whatever process of the run; in the place of one that is gone
  /// all look again, and the next in line finds itself the first.
  public func wake(_ waiter: QueuedActor) {
    if isGone(waiter) { wakeAll() } else { unpark(Int(waiter.slot)) }
  }
}
