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
  let value: Int64

  func apply(to state: inout [Int64], by waiter: QueuedActor) -> Int {
    state.append(value)
    return state.count
  }

  func event(_ size: Int, object: ObjectID) -> EventRecord? {
    var event = EventRecord(.listAppend, object: object)
    event[0] = value
    event[1] = Int64(size)
    return event
  }
}

struct ListRemove: InstantOperation {
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
    guard let removed else { return nil }
    var event = EventRecord(.listRemove, object: object)
    event[0] = removed.value
    event[1] = Int64(removed.size)
    return event
  }
}

struct ListIsEmpty: InstantOperation {
  func apply(to state: inout [Int64], by waiter: QueuedActor) -> Bool { state.isEmpty }

  func event(_ result: Bool, object: ObjectID) -> EventRecord? {
    EventRecord(.line, object: object)
  }
}

struct ListContents: InstantOperation {
  func apply(to state: inout [Int64], by waiter: QueuedActor) -> [Int64] { state }

  func event(_ result: [Int64], object: ObjectID) -> EventRecord? { nil }
}
