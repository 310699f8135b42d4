import Events

/// A list of numbers for several threads. Each operation is atomic, with or without a lock of the
/// learner's program.
public final class SharedList: Sendable {
  private let traced: Traced<[Int64]>

  public init(_ name: String, in run: Run) {
    traced = Traced(id: run.newObject(name, type: "list"), [])
  }

  /// Adds a number at the end.
  public func append(_ value: Int64) throws(RunStopped) {
    try ActorContext.current.perform(ListAppend(value: value), on: traced)
  }

  /// Whether the list is empty at this moment.
  public func isEmpty() throws(RunStopped) -> Bool {
    try ActorContext.current.perform(ListIsEmpty(), on: traced)
  }

  /// Removes and returns the first number, or nil if the list is empty.
  public func removeFirst() throws(RunStopped) -> Int64? {
    try ActorContext.current.perform(ListRemove(), on: traced)?.value
  }

  /// The current numbers, for printing.
  public func contents() throws(RunStopped) -> [Int64] {
    try ActorContext.current.perform(ListContents(), on: traced)
  }
}

struct ListAppend: InstantOperation {
  var kind: EventKind? { .listAppend }
  let value: Int64

  func apply(to state: inout [Int64], by waiter: QueuedActor) -> Int {
    state.append(value)
    return state.count
  }

  func event(_ size: Int, object: ObjectID) -> EventRecord? {
    .transfer(.listAppend, .number(value), size: size, object: object)
  }
}

struct ListRemove: InstantOperation {
  var kind: EventKind? { .listRemove }
  struct Removed: Sendable {
    let value: Int64
    let size: Int
  }

  func apply(to state: inout [Int64], by waiter: QueuedActor) -> Removed? {
    guard !state.isEmpty else { return nil }
    let value = state.removeFirst()
    return Removed(value: value, size: state.count)
  }

  func event(_ removed: Removed?, object: ObjectID) -> EventRecord? {
    removed.map {
      .transfer(.listRemove, .number($0.value), size: $0.size, object: object)
    }
  }
}

struct ListIsEmpty: InstantOperation {
  var kind: EventKind? { .line }
  func apply(to state: inout [Int64], by waiter: QueuedActor) -> Bool { state.isEmpty }

  func event(_ result: Bool, object: ObjectID) -> EventRecord? {
    EventRecord(.line, object: object)
  }
}

struct ListContents: InstantOperation {
  var kind: EventKind? { .line }
  func apply(to state: inout [Int64], by waiter: QueuedActor) -> [Int64] { state }

  func event(_ result: [Int64], object: ObjectID) -> EventRecord? { nil }
}
