public import Events
import Platform
import Rings

/// What a primitive shares: its state, a pure value, behind a lock that is held for one call.
///
/// The state lies with the object, for the threads of one process, or in the run's memory, for all
/// processes of the run; the operations are the same.
public final class Traced<State>: Sendable where State: Sendable {
  let id: ObjectID
  private let storage: Storage

  private enum Storage: Sendable {
    case own(Guarded<State>)
    case shared(SharedCell<State>)
  }

  /// A state for the threads of this process.
  public init(id: ObjectID, _ state: State) {
    self.id = id
    storage = .own(Guarded(state))
  }

  /// A state in a cell that all processes of the run see.
  init(id: ObjectID, in cell: SharedCell<State>) {
    self.id = id
    storage = .shared(cell)
  }

  /// Runs the body while nobody else uses the state.
  public func withState<Result>(_ body: (inout sending State) -> sending Result) -> sending Result {
    switch storage {
    case .own(let guarded): guarded.withLock(body)
    case .shared(let cell): cell.withLock(body)
    }
  }

  /// The cell in which all processes of the run see the state; nil where it is this process's own.
  var cell: SharedCell<State>? {
    guard case .shared(let cell) = storage else { return nil }
    return cell
  }

  /// By what another process of the run finds the object, as one word; nil where its state is this
  /// process's own.
  var handle: String? {
    cell.map { "\(id.rawValue):\($0.index)" }
  }
}

extension Traced where State: BitwiseCopyable {
  /// A new object whose state all processes of the run see.
  /// - Throws: `RaisedException` when the run has no room for another.
  static func shared(_ name: String, type: String, _ state: State, in run: Run) throws -> Traced {
    guard let cell = SharedCell(state, in: run.memory) else {
      throw run.raise(.noRoomForShared)
    }
    return Traced(id: run.newObject(name, type: type), in: cell)
  }

  /// The object that another process of the run made, from its handle.
  /// - Throws: `RaisedException` for a word that is no handle.
  static func attached(_ handle: String, in run: Run) throws -> Traced {
    let numbers = handle.split(separator: ":").map { UInt32($0) }
    guard numbers.count == 2, let id = numbers[0], let index = numbers[1] else {
      throw run.raise(RaisedException(type: "ValueError", message: "no shared object: \(handle)"))
    }
    return Traced(
      id: ObjectID(rawValue: id), in: SharedCell(at: Int(index), in: run.memory))
  }
}
