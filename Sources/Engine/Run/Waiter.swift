import Events
import Rings
import Trace

/// An actor in line for something: its number, and its place in the run's memory, at which any
/// process of the run can wake it.
struct Waiter: BitwiseCopyable, Sendable, Equatable {
  let actor: ActorID
  let slot: UInt32

  static func == (left: Waiter, right: Waiter) -> Bool { left.actor == right.actor }
}

/// Actors in line, the first come first. Bits and nothing else, so that it may lie in memory that
/// processes share; it has room for all actors that a run can have at one time.
struct WaiterQueue: BitwiseCopyable, Sendable, Equatable {
  private var places = InlineArray<192, Waiter>(
    repeating: Waiter(actor: ActorID(rawValue: 0), slot: 0))
  private(set) var count = 0

  init() {
    assert(places.count == RunMemory.slotCount, "a line has a place for each actor")
  }

  var isEmpty: Bool { count == 0 }
  var first: Waiter? { count == 0 ? nil : places[0] }

  /// Who stands at a place, counted from 0; there must be somebody.
  subscript(place: Int) -> Waiter {
    precondition(place < count, "nobody stands at place \(place)")
    return places[place]
  }

  /// Puts an actor at the end of the line.
  mutating func append(_ waiter: Waiter) {
    precondition(count < places.count, "more actors wait than a run can have")
    places[count] = waiter
    count += 1
  }

  /// Takes an actor out of line, wherever it stands; does nothing where it does not.
  mutating func remove(_ waiter: Waiter) {
    guard let place = (0..<count).first(where: { places[$0] == waiter }) else { return }
    for index in place..<count - 1 { places[index] = places[index + 1] }
    count -= 1
  }

  /// Takes the first in line; nil where nobody waits.
  mutating func popFirst() -> Waiter? {
    guard let first else { return nil }
    remove(first)
    return first
  }

  func contains(_ waiter: Waiter) -> Bool { (0..<count).contains { places[$0] == waiter } }

  /// Everyone in line, the first come first.
  var all: [Waiter] { (0..<count).map { places[$0] } }

  static func == (left: WaiterQueue, right: WaiterQueue) -> Bool { left.all == right.all }
}

extension RunMemory {
  /// Whether an actor that stood in line has ended there, as one does whose process is killed.
  func isGone(_ waiter: Waiter) -> Bool {
    actorSlot(Int(waiter.slot)).actor != waiter.actor
  }

  /// Wakes whoever waits there, in whatever process of the run; in the place of one that is gone
  /// all look again, and the next in line finds itself the first.
  func wake(_ waiter: Waiter) {
    if isGone(waiter) { wakeAll() } else { unpark(Int(waiter.slot)) }
  }
}
