import Rings

/// Numbers that a demo's processes share for its report. They are not part of the program that the
/// demo shows, so they have no events. `SharedVariable` and `SharedArray` have events.
public struct SharedTally: Sendable {
  /// How many numbers there are. All are 0 at first.
  public static let count = 64

  private let cell: SharedCell<InlineArray<64, Int64>>

  /// Creates a tally.
  /// - Throws: `RaisedException` if the run has no room for another.
  public init(in run: Run) throws {
    guard let cell = SharedCell(InlineArray<64, Int64>(repeating: 0), in: run.memory) else {
      throw run.raise(.noRoomForShared)
    }
    self.cell = cell
  }

  /// Finds a tally of another process by its handle.
  /// - Throws: `RaisedException` if the word is not a handle.
  public init(attached handle: String, in run: Run) throws {
    guard let index = Int(handle), SharedCells.indices.contains(index) else {
      throw run.raise(.invalidHandle(handle))
    }
    cell = SharedCell(at: index, in: run.memory)
  }

  /// A word by which another process finds the tally.
  public var handle: String { "\(cell.index)" }

  public subscript(index: Int) -> Int64 {
    get { cell.withLock { $0[index] } }
    nonmutating set { cell.withLock { $0[index] = newValue } }
  }

  /// Runs a body with exclusive access to the numbers.
  public func withNumbers<Result>(_ body: (inout sending InlineArray<64, Int64>) -> sending Result)
    -> sending Result
  {
    cell.withLock(body)
  }
}

extension RaisedException {
  /// Raised if the run's memory has no room for another shared object.
  static let noRoomForShared = RaisedException(
    type: "OSError", message: "no room for another shared object")

  /// Raised for a word that is not the handle of a shared object.
  static func invalidHandle(_ handle: String) -> RaisedException {
    RaisedException(type: "ValueError", message: "not a handle: \(handle)")
  }
}
