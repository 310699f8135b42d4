import Events

/// An array of numbers that all processes of the run share, like `multiprocessing.Array`. Each read
/// and each write of an element is atomic. Other changes need a lock.
public final class SharedArray: ShareableObject {
  /// The most elements of an array.
  static let longest = 64

  public let traced: Traced<SharedArrayState>

  public init(_ traced: Traced<SharedArrayState>) { self.traced = traced }

  /// Creates an array.
  /// - Parameter values: at most `longest` numbers.
  /// - Throws: `RaisedException` for more values, or if the run has no room for another array.
  public static func shared(_ name: String, _ values: [Int64], in run: Run) throws -> SharedArray {
    guard values.count <= longest else {
      throw run.raise(RaisedException(type: "ValueError", message: "the array is too long"))
    }
    return SharedArray(
      try .shared(name, type: "shared variable", SharedArrayState(values), in: run))
  }

  /// Reads an element.
  /// - Throws: `RaisedException` if there is no such element; `RunStopped`.
  public func read(_ index: Int) throws -> Int64 {
    let actor = ActorContext.current
    guard let value = try actor.perform(ArrayRead(index: index), on: traced) else {
      throw actor.raise(.noSuchElement)
    }
    return value
  }

  /// Writes an element.
  /// - Throws: as `read` does.
  public func write(_ index: Int, _ value: Int64) throws {
    let actor = ActorContext.current
    guard try actor.perform(ArrayWrite(index: index, value: value), on: traced) else {
      throw actor.raise(.noSuchElement)
    }
  }

  /// The current elements, for printing.
  public func contents() throws(RunStopped) -> [Int64] {
    try ActorContext.current.perform(ArrayContents(), on: traced)
  }
}

extension RaisedException {
  /// Raised for an index that does not exist.
  static let noSuchElement = RaisedException(type: "IndexError", message: "invalid index")
}

/// The elements of an array, as plain bits.
public struct SharedArrayState: BitwiseCopyable, Sendable {
  let count: Int
  var values = InlineArray<64, Int64>(repeating: 0)

  init(_ values: [Int64]) {
    count = values.count
    for (index, value) in values.enumerated() { self.values[index] = value }
  }
}

/// Reads an element. The result is nil if there is none.
struct ArrayRead: InstantOperation {
  var kind: EventKind? { .variableRead }
  let index: Int
  func apply(to state: inout SharedArrayState, by waiter: QueuedActor) -> Int64? {
    (0..<state.count).contains(index) ? state.values[index] : nil
  }
  func event(_ value: Int64?, object: ObjectID) -> EventRecord? {
    value == nil ? nil : EventRecord(.variableRead, object: object)
  }
  func eventTexts(_ value: Int64?) -> [String] { value.map { ["[\(index)] = \($0)"] } ?? [] }
}

/// Writes an element. The result is whether the element exists.
struct ArrayWrite: InstantOperation {
  var kind: EventKind? { .variableWrite }
  let index: Int
  let value: Int64
  func apply(to state: inout SharedArrayState, by waiter: QueuedActor) -> Bool {
    guard (0..<state.count).contains(index) else { return false }
    state.values[index] = value
    return true
  }
  func event(_ exists: Bool, object: ObjectID) -> EventRecord? {
    exists ? EventRecord(.variableWrite, object: object) : nil
  }
  func eventTexts(_ exists: Bool) -> [String] { exists ? ["[\(index)] = \(value)"] : [] }
}

struct ArrayContents: InstantOperation {
  var kind: EventKind? { .line }
  func apply(to state: inout SharedArrayState, by waiter: QueuedActor) -> [Int64] {
    (0..<state.count).map { state.values[$0] }
  }
  func event(_ result: [Int64], object: ObjectID) -> EventRecord? { nil }
}
