import Events

/// A row of numbers in memory that all processes of the run see, as `multiprocessing.Array`. Each
/// read and each write of an element is whole by itself; for more, hold the row's lock.
public final class SharedArray: ShareableObject {
  /// How many elements a row may have.
  static let longest = 64

  public let traced: Traced<SharedArrayState>

  public init(_ traced: Traced<SharedArrayState>) { self.traced = traced }

  /// - Parameter values: at most `longest`.
  /// - Throws: `RaisedException` for more, or when the run has no room for another.
  public static func shared(_ name: String, _ values: [Int64], in run: Run) throws -> SharedArray {
    guard values.count <= longest else {
      throw run.raise(RaisedException(type: "ValueError", message: "the row is too long"))
    }
    return SharedArray(
      try .shared(name, type: "shared variable", SharedArrayState(values), in: run))
  }

  /// An element as it is now.
  /// - Throws: `RaisedException` for a place the row has not; `RunStopped`.
  public func read(_ index: Int) throws -> Int64 {
    let actor = ActorContext.current
    guard let value = try actor.perform(ArrayRead(index: index), on: traced) else {
      throw actor.raise(.noSuchElement)
    }
    return value
  }

  /// Puts a number there, whatever was there.
  /// - Throws: as `read`.
  public func write(_ index: Int, _ value: Int64) throws {
    let actor = ActorContext.current
    guard try actor.perform(ArrayWrite(index: index, value: value), on: traced) else {
      throw actor.raise(.noSuchElement)
    }
  }

  /// The elements as they are now, for printing.
  public func contents() throws(RunStopped) -> [Int64] {
    try ActorContext.current.perform(ArrayContents(), on: traced)
  }
}

extension RaisedException {
  /// What asking for an element raises that is not there.
  static let noSuchElement = RaisedException(type: "IndexError", message: "invalid index")
}

/// A row of numbers, as bits and nothing else.
public struct SharedArrayState: BitwiseCopyable, Sendable {
  let count: Int
  var values = InlineArray<64, Int64>(repeating: 0)

  init(_ values: [Int64]) {
    count = values.count
    for (index, value) in values.enumerated() { self.values[index] = value }
  }
}

/// Reads an element; gives back nil where there is none.
struct ArrayRead: InstantOperation {
  let index: Int
  func apply(to state: inout SharedArrayState, by waiter: QueuedActor) -> Int64? {
    (0..<state.count).contains(index) ? state.values[index] : nil
  }
  func event(_ value: Int64?, object: ObjectID) -> EventRecord? {
    value == nil ? nil : EventRecord(.variableRead, object: object)
  }
  func eventTexts(_ value: Int64?) -> [String] { value.map { ["[\(index)] = \($0)"] } ?? [] }
}

/// Writes an element; gives back whether there is such a one.
struct ArrayWrite: InstantOperation {
  let index: Int
  let value: Int64
  func apply(to state: inout SharedArrayState, by waiter: QueuedActor) -> Bool {
    guard (0..<state.count).contains(index) else { return false }
    state.values[index] = value
    return true
  }
  func event(_ isThere: Bool, object: ObjectID) -> EventRecord? {
    isThere ? EventRecord(.variableWrite, object: object) : nil
  }
  func eventTexts(_ isThere: Bool) -> [String] { isThere ? ["[\(index)] = \(value)"] : [] }
}

struct ArrayContents: InstantOperation {
  func apply(to state: inout SharedArrayState, by waiter: QueuedActor) -> [Int64] {
    (0..<state.count).map { state.values[$0] }
  }
  func event(_ result: [Int64], object: ObjectID) -> EventRecord? { nil }
}
