import Rings

/// Figures that a demo's processes keep together for its report. They are no part of the program
/// that is shown, so that no event tells of them; what a learner is to see goes through
/// `SharedVariable` and `SharedArray`.
public struct SharedTally: Sendable {
  /// How many figures there are, all 0 at first.
  public static let count = 64

  private let cell: SharedCell<InlineArray<64, Int64>>

  /// - Throws: `RaisedException` when the run has no room for another.
  public init(in run: Run) throws {
    guard let cell = SharedCell(InlineArray<64, Int64>(repeating: 0), in: run.memory) else {
      throw run.raise(.noRoomForShared)
    }
    self.cell = cell
  }

  /// The tally of another process of the run.
  /// - Throws: `RaisedException` for a word that is no handle.
  public init(attached handle: String, in run: Run) throws {
    guard let index = Int(handle), SharedCells.indices.contains(index) else {
      throw run.raise(RaisedException(type: "ValueError", message: "no shared object: \(handle)"))
    }
    cell = SharedCell(at: index, in: run.memory)
  }

  /// By what another process finds the tally.
  public var handle: String { "\(cell.index)" }

  public subscript(index: Int) -> Int64 {
    get { cell.withLock { $0[index] } }
    nonmutating set { cell.withLock { $0[index] = newValue } }
  }

  /// Runs the body while nobody else uses the figures.
  public func withFigures<Result>(_ body: (inout sending InlineArray<64, Int64>) -> sending Result)
    -> sending Result
  {
    cell.withLock(body)
  }
}

extension RaisedException {
  /// What making a shared object raises when the run's memory has room for no other.
  static let noRoomForShared = RaisedException(
    type: "OSError", message: "no room for another shared object")
}
