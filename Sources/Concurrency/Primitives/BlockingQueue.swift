import Events

/// First in, first out, with its waiting built in, as Python's `queue.Queue`: `get` waits while it
/// is empty, `put` while it is full. For the threads of one process.
public final class BlockingQueue<Value: Sendable & CustomStringConvertible>: Sendable {
  private let traced: Traced<QueueState<Value>>

  /// - Parameter capacity: how many it holds at most, at least one; nil for as many as come.
  public init(_ name: String, capacity: Int? = nil, in run: Run) {
    traced = Traced(id: run.newObject(name, type: "queue"), QueueState(capacity: capacity))
  }

  /// Puts a value at the end, once there is room.
  /// - Returns: the number of values in the queue.
  /// - Throws: `RunStopped`.
  @discardableResult
  public func put(_ value: Value) throws(RunStopped) -> Int {
    try ActorContext.current.perform(QueuePut(value: value), on: traced)
  }

  /// Takes the value at the front, once there is one.
  /// - Throws: `RunStopped`.
  public func get() throws(RunStopped) -> Value {
    try ActorContext.current.perform(QueueGet(), on: traced).value
  }
}

/// What is in a queue, and who waits at its two ends, in order.
struct QueueState<Value: Sendable>: Sendable {
  let capacity: Int?
  /// A slice, from whose front it costs nothing to take.
  var values: ArraySlice<Value> = []
  var putters = ActorQueue()
  var getters = ActorQueue()

  init(capacity: Int?) {
    precondition(capacity ?? 1 > 0, "a queue has room for at least one value")
    self.capacity = capacity
  }

  var hasRoom: Bool { capacity.map { values.count < $0 } ?? true }

  /// One who may go on now, if anyone may; it then wakes the next.
  var next: QueuedActor? {
    if !values.isEmpty, let getter = getters.first { return getter }
    return hasRoom ? putters.first : nil
  }
}

/// Puts a value; gives back how many are in the queue then.
struct QueuePut<Value: Sendable & CustomStringConvertible>: WaitingOperation {
  typealias State = QueueState<Value>
  let value: Value

  var reason: WaitReason { .queuePut }

  func isReady(_ state: State, for waiter: QueuedActor) -> Bool {
    state.hasRoom && (state.putters.first ?? waiter) == waiter
  }

  func enqueue(_ waiter: QueuedActor, in state: inout State) { state.putters.append(waiter) }

  func withdraw(_ waiter: QueuedActor, from state: inout State) { state.putters.remove(waiter) }

  func apply(to state: inout State, by waiter: QueuedActor) -> Int {
    state.values.append(value)
    return state.values.count
  }

  func event(_ size: Int, object: ObjectID) -> EventRecord? {
    .queue(.queuePut, value, size: size, object: object)
  }

  func eventTexts(_ size: Int) -> [String] { EventRecord.queueTexts(value) }

  func wakes(_ state: State) -> QueuedActor? { state.next }
}

struct QueueGet<Value: Sendable & CustomStringConvertible>: WaitingOperation {
  typealias State = QueueState<Value>

  struct Taken: Sendable {
    let value: Value
    let size: Int
  }

  var reason: WaitReason { .queueGet }

  func isReady(_ state: State, for waiter: QueuedActor) -> Bool {
    !state.values.isEmpty && (state.getters.first ?? waiter) == waiter
  }

  func enqueue(_ waiter: QueuedActor, in state: inout State) { state.getters.append(waiter) }

  func withdraw(_ waiter: QueuedActor, from state: inout State) { state.getters.remove(waiter) }

  func apply(to state: inout State, by waiter: QueuedActor) -> Taken {
    let value = state.values.removeFirst()
    return Taken(value: value, size: state.values.count)
  }

  func event(_ taken: Taken, object: ObjectID) -> EventRecord? {
    .queue(.queueGet, taken.value, size: taken.size, object: object)
  }

  func eventTexts(_ taken: Taken) -> [String] { EventRecord.queueTexts(taken.value) }

  func wakes(_ state: State) -> QueuedActor? { state.next }
}


extension EventRecord {
  fileprivate static func queue(
    _ kind: EventKind, _ value: some CustomStringConvertible, size: Int, object: ObjectID
  ) -> EventRecord {
    var event = EventRecord(kind, object: object)
    if case .number(let number) = EventValue(value.description) {
      event[EventField.value.slot] = number
    }
    event[EventField.size.slot] = Int64(size)
    return event
  }

  /// The value's text where it is no number.
  fileprivate static func queueTexts(_ value: some CustomStringConvertible) -> [String] {
    if case .text(let text) = EventValue(value.description) { [text] } else { [] }
  }
}
