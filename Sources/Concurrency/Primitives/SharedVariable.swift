public import Events
import Rings

/// A number that several actors read and write. Each read and each write is whole by itself; the
/// two together are not, unless somebody holds a lock around both.
public final class SharedVariable: Sendable {
  private let traced: Traced<Int64>

  /// A variable of this process's, which all its threads see.
  public init(_ name: String, _ value: Int64 = 0, in run: Run) {
    traced = Traced(id: run.newObject(name, type: "variable"), value)
  }

  private init(_ traced: Traced<Int64>) { self.traced = traced }

  /// A variable in memory that all processes of the run see, as `multiprocessing.Value` without
  /// its lock.
  /// - Throws: `RaisedException` when the run has no room for another.
  public static func shared(_ name: String, _ value: Int64 = 0, in run: Run) throws
    -> SharedVariable
  {
    SharedVariable(try .shared(name, type: "shared variable", value, in: run))
  }

  /// The shared variable that another process of the run made.
  /// - Throws: `RaisedException` for a word that is no handle.
  public static func attached(_ handle: String, in run: Run) throws -> SharedVariable {
    SharedVariable(try .attached(handle, in: run))
  }

  /// By what another process finds the variable; nil for one of this process's own.
  public var handle: String? { traced.handle }

  /// Where this process keeps the variable in its memory, as programmers write addresses.
  public var address: String {
    "0x" + String(UInt(bitPattern: ObjectIdentifier(traced)), radix: 16)
  }

  /// What it holds now, and no longer than nobody writes.
  public func read() throws(RunStopped) -> Int64 {
    try ActorContext.current.perform(VariableRead(), on: traced)
  }

  /// Puts a number there, whatever was there.
  public func write(_ value: Int64) throws(RunStopped) {
    try ActorContext.current.perform(VariableWrite(value: value), on: traced)
  }
}

extension SharedVariable {
  /// Adds 1 so many times, too many to tell each as an event: each time a load and a store of the
  /// shared word, of which each is whole by itself.
  /// - Parameter isLocked: whether the lock of the variable's memory is held from load to store.
  public func countUp(_ times: Int, isLocked: Bool) {
    guard let cell = traced.cell else {
      preconditionFailure("only what processes share is counted up in bulk")
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
  func apply(to state: inout Int64, by waiter: QueuedActor) -> Int64 { state }

  func event(_ value: Int64, object: ObjectID) -> EventRecord? {
    .variable(.variableRead, value, object: object)
  }
}

struct VariableWrite: InstantOperation {
  let value: Int64

  func apply(to state: inout Int64, by waiter: QueuedActor) { state = value }

  func event(_ result: Void, object: ObjectID) -> EventRecord? {
    .variable(.variableWrite, value, object: object)
  }
}

extension EventRecord {
  /// A read or a write of a number.
  public static func variable(_ kind: EventKind, _ value: Int64, object: ObjectID) -> EventRecord {
    var event = EventRecord(kind, object: object)
    event[EventField.value.slot] = value
    return event
  }
}
