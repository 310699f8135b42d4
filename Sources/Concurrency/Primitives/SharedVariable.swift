import Events
import Rings

/// A number that several actors read and write. Each read and each write is atomic. A read and a
/// write together are atomic only under a lock.
public final class SharedVariable: ShareableObject {
  public let traced: Traced<Int64>

  public init(_ traced: Traced<Int64>) { self.traced = traced }

  /// Creates a variable for the threads of this process.
  public convenience init(_ name: String, _ value: Int64 = 0, in run: Run) {
    self.init(Traced(id: run.newObject(name, type: "variable"), value))
  }

  /// Creates a variable for all processes of the run, like `multiprocessing.Value` without its lock.
  /// - Throws: `RaisedException` if the run has no room for another.
  public static func shared(_ name: String, _ value: Int64 = 0, in run: Run) throws
    -> SharedVariable
  {
    SharedVariable(try .shared(name, type: "shared variable", value, in: run))
  }

  /// The variable's address in this process, in hexadecimal.
  public var address: String {
    "0x" + String(UInt(bitPattern: ObjectIdentifier(traced)), radix: 16)
  }

  /// Reads the number.
  public func read() throws(RunStopped) -> Int64 {
    try ActorContext.current.perform(VariableRead(), on: traced)
  }

  /// Writes a number.
  public func write(_ value: Int64) throws(RunStopped) {
    try ActorContext.current.perform(VariableWrite(value: value), on: traced)
  }
}

extension SharedVariable {
  /// Reads the number many times, without events, so that one read can be measured.
  /// - Returns: the number, as it was last read.
  public func readOften(_ times: Int) -> Int64 {
    var value: Int64 = 0
    for _ in 0..<times { value = traced.withState { $0 } }
    return value
  }

  /// Adds 1 many times, without events. Each addition is an atomic load and an atomic store of the
  /// shared word.
  /// - Parameter isLocked: whether each addition holds the lock of the variable's memory.
  public func countUp(_ times: Int, isLocked: Bool) {
    guard let cell = traced.cell else {
      preconditionFailure("the variable is not shared")
    }
    for _ in 0..<times {
      if isLocked {
        cell.withLock { $0 += 1 }
      } else {
        cell.store(cell.load() + 1)
      }
    }
  }
}

struct VariableRead: InstantOperation {
  var kind: EventKind? { .variableRead }
  func apply(to state: inout Int64, by waiter: QueuedActor) -> Int64 { state }

  func event(_ value: Int64, object: ObjectID) -> EventRecord? {
    .variable(.variableRead, value, object: object)
  }
}

struct VariableWrite: InstantOperation {
  var kind: EventKind? { .variableWrite }
  let value: Int64

  func apply(to state: inout Int64, by waiter: QueuedActor) { state = value }

  func event(_ result: Void, object: ObjectID) -> EventRecord? {
    .variable(.variableWrite, value, object: object)
  }
}
