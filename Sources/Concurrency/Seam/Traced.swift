public import Events
import Platform
import Rings

/// A primitive's state, protected by a lock.
///
/// The state is in this object, for the threads of one process, or in the run's memory, for all
/// processes of the run. The operations are the same for both.
public final class Traced<State>: Sendable where State: Sendable {
  let id: ObjectID
  private let storage: Storage

  private enum Storage: Sendable {
    case own(Guarded<State>)
    case shared(SharedCell<State>)
  }

  /// Creates a state for the threads of this process.
  public init(id: ObjectID, _ state: State) {
    self.id = id
    storage = .own(Guarded(state))
  }

  /// Uses a cell that all processes of the run share.
  init(id: ObjectID, in cell: SharedCell<State>) {
    self.id = id
    storage = .shared(cell)
  }

  /// Runs a body with exclusive access to the state.
  public func withState<Result>(_ body: (inout sending State) -> sending Result) -> sending Result {
    switch storage {
    case .own(let guarded): guarded.withLock(body)
    case .shared(let cell): cell.withLock(body)
    }
  }

  /// The shared cell, or nil if the state belongs to this process.
  var cell: SharedCell<State>? {
    guard case .shared(let cell) = storage else { return nil }
    return cell
  }

  /// A word by which another process of the run finds the object, or nil if the state belongs to
  /// this process.
  var handle: String? {
    cell.map { "\(id.rawValue):\($0.index)" }
  }
}

extension Traced where State: BitwiseCopyable {
  /// Creates an object whose state all processes of the run share.
  /// - Throws: `RaisedException` if the run has no room for another.
  static func shared(_ name: String, type: String, _ state: State, in run: Run) throws -> Traced {
    guard let cell = SharedCell(state, in: run.memory) else {
      throw run.raise(.noRoomForShared)
    }
    return Traced(id: run.newObject(name, type: type), in: cell)
  }

  /// Finds an object of another process by its handle.
  /// - Throws: `RaisedException` if the word is not a handle.
  static func attached(_ handle: String, in run: Run) throws -> Traced {
    let numbers = handle.split(separator: ":").map { UInt32($0) }
    guard numbers.count == 2, let id = numbers[0], let index = numbers[1] else {
      throw run.raise(.invalidHandle(handle))
    }
    return Traced(
      id: ObjectID(rawValue: id), in: SharedCell(at: Int(index), in: run.memory))
  }
}
