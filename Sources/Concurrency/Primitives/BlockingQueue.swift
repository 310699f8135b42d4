import Events

/// A first-in, first-out queue for the threads of one process, like Python's `queue.Queue`. `get`
/// waits while it is empty, and `put` waits while it is full.
public final class BlockingQueue<Value: Sendable & CustomStringConvertible>: Sendable {
  private let traced: Traced<QueueState<Value>>

  /// - Parameter capacity: the most values that it holds, at least 1, or nil for no limit.
  public init(_ name: String, capacity: Int? = nil, in run: Run) {
    traced = Traced(id: run.newObject(name, type: "queue"), QueueState(capacity: capacity))
  }

  /// Adds a value at the end when there is room.
  /// - Returns: the new size.
  /// - Throws: `RunStopped`.
  @discardableResult
  public func put(_ value: Value) throws(RunStopped) -> Int {
    try ActorContext.current.perform(QueuePut(value: value), on: traced)
  }

  /// Removes and returns the first value when there is one.
  /// - Throws: `RunStopped`.
  public func get() throws(RunStopped) -> Value {
    try ActorContext.current.perform(QueueGet(), on: traced).value
  }
}

/// The values of a queue, and the waiters at its two ends.
struct QueueState<Value: Sendable>: Sendable {
  let capacity: Int?
  /// A slice, whose first element is quick to remove.
  var values: ArraySlice<Value> = []
  var putters = ActorQueue()
  var getters = ActorQueue()

  init(capacity: Int?) {
    precondition(capacity ?? 1 > 0, "a queue needs room for at least one value")
    self.capacity = capacity
  }

  var hasRoom: Bool { capacity.map { values.count < $0 } ?? true }

  /// The waiter to wake now, or nil. It then wakes the next one.
  var next: QueuedActor? {
    if !values.isEmpty, let getter = getters.first { return getter }
    return hasRoom ? putters.first : nil
  }
}

/// Adds a value. The result is the new size.
struct QueuePut<Value: Sendable & CustomStringConvertible>: WaitingOperation {
  var kind: EventKind? { .queuePut }
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
    .transfer(.queuePut, EventValue(value.description), size: size, object: object)
  }

  func eventTexts(_ size: Int) -> [String] { EventValue(value.description).eventTexts }

  func wakes(_ state: State) -> QueuedActor? { state.next }
}

struct QueueGet<Value: Sendable & CustomStringConvertible>: WaitingOperation {
  var kind: EventKind? { .queueGet }
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
    .transfer(.queueGet, EventValue(taken.value.description), size: taken.size, object: object)
  }

  func eventTexts(_ taken: Taken) -> [String] { EventValue(taken.value.description).eventTexts }

  func wakes(_ state: State) -> QueuedActor? { state.next }
}
