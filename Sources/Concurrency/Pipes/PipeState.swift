import Events
import Rings

/// What the two ends of a pipe share: for each way, how many messages are on it and who waits. The
/// messages themselves lie in the kernel.
struct PipeState: BitwiseCopyable, Sendable {
  /// From the first end to the second, and back.
  var ways = InlineArray<2, PipeWay>(repeating: PipeWay())
}

/// One of a pipe's two ways.
struct PipeWay: BitwiseCopyable, Sendable {
  /// Messages that were sent and not yet received.
  var messages = 0
  var senders = ActorQueue()
  var receivers = ActorQueue()
}

extension ActorQueue {
  /// The first in line whose actor is still there: one that was killed while it waited never left
  /// the line.
  func first(livingIn memory: RunMemory) -> QueuedActor? {
    for place in 0..<count {
      let waiter = self[place]
      if !memory.isGone(waiter) { return waiter }
    }
    return nil
  }
}

/// What sending and receiving have in common: one way of a pipe, seen from one end.
protocol PipeOperation: WaitingOperation where State == PipeState {
  var end: PipeEnd { get }
  var way: Int { get }
}

extension PipeOperation {
  var reason: WaitReason { .pipe }

  /// Whoever can go on on this way: while there is something to receive a receiver, whose receiving
  /// makes room; else a sender. Each wakes the next.
  func wakes(_ state: PipeState) -> QueuedActor? {
    let way = state.ways[way]
    if way.messages > 0, let receiver = way.receivers.first(livingIn: end.memory) {
      return receiver
    }
    return way.senders.first(livingIn: end.memory)
  }
}

struct PipeSend: PipeOperation {
  enum Result: Sendable {
    /// How many messages are now on the way.
    case sent(Int)
    /// Nobody has the other end any more.
    case broken
    /// This end is closed.
    case closed
    case failed(Int32)
  }

  let end: PipeEnd
  let bytes: UnsafeRawBufferPointer
  var way: Int { end.side.outgoing }

  func isReady(_ state: PipeState, for waiter: QueuedActor) -> Bool {
    (state.ways[way].senders.first(livingIn: end.memory) ?? waiter) == waiter && end.canSend
  }

  func enqueue(_ waiter: QueuedActor, in state: inout PipeState) {
    state.ways[way].senders.append(waiter)
  }

  func withdraw(_ waiter: QueuedActor, from state: inout PipeState) {
    state.ways[way].senders.remove(waiter)
  }

  func apply(to state: inout PipeState, by waiter: QueuedActor) -> Result {
    let result = end.sendNow(bytes)
    guard case .sent = result else { return result }
    state.ways[way].messages += 1
    return .sent(state.ways[way].messages)
  }

  func event(_ result: Result, object: ObjectID) -> EventRecord? {
    guard case .sent(let size) = result else { return nil }
    return PipeText.event(.pipeSend, bytes, size: size, object: object)
  }

  func eventTexts(_ result: Result) -> [String] { PipeText.texts(of: bytes) }
}

struct PipeReceive: PipeOperation {
  enum Result: Sendable {
    /// A message, and how many are still on the way; its bytes are empty where they were put into
    /// the receiver's own memory.
    case received([UInt8], byteCount: Int, left: Int)
    /// Nothing is left to receive, and nobody has the other end any more.
    case end
    /// This end is closed.
    case closed
    case failed(Int32)
  }

  let end: PipeEnd
  /// Where the message's bytes are to go; nil for new memory.
  var destination: UnsafeMutableRawBufferPointer?
  var way: Int { end.side.incoming }

  func isReady(_ state: PipeState, for waiter: QueuedActor) -> Bool {
    (state.ways[way].receivers.first(livingIn: end.memory) ?? waiter) == waiter && end.canReceive
  }

  func enqueue(_ waiter: QueuedActor, in state: inout PipeState) {
    state.ways[way].receivers.append(waiter)
  }

  func withdraw(_ waiter: QueuedActor, from state: inout PipeState) {
    state.ways[way].receivers.remove(waiter)
  }

  func apply(to state: inout PipeState, by waiter: QueuedActor) -> Result {
    let result = end.receiveNow(into: destination)
    guard case .received(let bytes, let byteCount, _) = result else { return result }
    // Whoever was killed between its sending and its counting did not count.
    state.ways[way].messages = max(0, state.ways[way].messages - 1)
    return .received(bytes, byteCount: byteCount, left: state.ways[way].messages)
  }

  func event(_ result: Result, object: ObjectID) -> EventRecord? {
    guard case .received(let bytes, let byteCount, let left) = result else { return nil }
    return withBytes(bytes, byteCount) {
      PipeText.event(.pipeReceive, $0, size: left, object: object)
    }
  }

  func eventTexts(_ result: Result) -> [String] {
    guard case .received(let bytes, let byteCount, _) = result else { return [] }
    return withBytes(bytes, byteCount) { PipeText.texts(of: $0) }
  }

  private func withBytes<Value>(
    _ bytes: [UInt8], _ count: Int, _ body: (UnsafeRawBufferPointer) -> Value
  ) -> Value {
    if let destination { return body(UnsafeRawBufferPointer(rebasing: destination[..<count])) }
    return bytes.withUnsafeBytes(body)
  }
}

/// How a message is told in an event: a short text as it is, anything else by its length.
enum PipeText {
  private static let longest = 24

  /// `42`, `64 B`, `64 KB`.
  static func shown(_ bytes: UnsafeRawBufferPointer) -> String {
    let isShortText = bytes.count <= longest && bytes.allSatisfy { (0x20..<0x7F).contains($0) }
    return isShortText ? String(decoding: bytes, as: UTF8.self) : size(bytes.count)
  }

  static func size(_ count: Int) -> String {
    guard count >= 1024 else { return "\(count) B" }
    let tenths = count % 1024 * 10 / 1024
    return tenths == 0 ? "\(count / 1024) KB" : "\(count / 1024).\(tenths) KB"
  }

  static func event(
    _ kind: EventKind, _ bytes: UnsafeRawBufferPointer, size: Int, object: ObjectID
  ) -> EventRecord {
    var event = EventRecord(kind, object: object)
    if case .number(let number) = EventValue(shown(bytes)) {
      event[EventField.value.slot] = number
    }
    event[EventField.size.slot] = Int64(size)
    return event
  }

  static func texts(of bytes: UnsafeRawBufferPointer) -> [String] {
    let shown = shown(bytes)
    if case .number = EventValue(shown) { return [] }
    return [shown]
  }
}
