import Events
import Rings

/// The state that the two ends of a pipe share. The kernel holds the messages.
struct PipeState: BitwiseCopyable, Sendable {
  /// From the first end to the second, and back.
  var ways = InlineArray<2, PipeWay>(repeating: PipeWay())
}

/// One direction of a pipe.
struct PipeWay: BitwiseCopyable, Sendable {
  /// The number of messages sent but not received.
  var messages = 0
  /// The waiters of each role.
  var queues = InlineArray<2, ActorQueue>(repeating: ActorQueue())
}

enum PipeRole: Int, Sendable {
  case sender, receiver
}

/// Sending or receiving at one end of a pipe.
protocol PipeOperation: WaitingOperation where State == PipeState {
  var end: PipeEnd { get }
  /// The index of the direction.
  var way: Int { get }
  var role: PipeRole { get }
  /// Whether the kernel is ready for the operation.
  var isPossible: Bool { get }
}

extension PipeOperation {
  var reason: WaitReason { .pipe }

  func isReady(_ state: PipeState, for waiter: QueuedActor) -> Bool {
    (first(role, in: state) ?? waiter) == waiter && isPossible
  }

  func enqueue(_ waiter: QueuedActor, in state: inout PipeState) {
    state.ways[way].queues[role.rawValue].append(waiter)
  }

  func withdraw(_ waiter: QueuedActor, from state: inout PipeState) {
    state.ways[way].queues[role.rawValue].remove(waiter)
  }

  /// Wakes a receiver if there is a message, because receiving makes room; otherwise a sender. Each
  /// of them wakes the next one.
  func wakes(_ state: PipeState) -> QueuedActor? {
    if state.ways[way].messages > 0, let receiver = first(.receiver, in: state) { return receiver }
    return first(.sender, in: state)
  }

  /// The first waiter of a role. An actor that was killed while it waited does not count.
  private func first(_ role: PipeRole, in state: PipeState) -> QueuedActor? {
    state.ways[way].queues[role.rawValue].first { !end.memory.isGone($0) }
  }
}

/// Sends a message. The result is the number of messages on the way.
struct PipeSend: PipeOperation {
  var kind: EventKind? { .pipeSend }
  let end: PipeEnd
  let bytes: UnsafeRawBufferPointer
  var way: Int { end.side.outgoing }
  var role: PipeRole { .sender }
  var isPossible: Bool { end.canSend }

  func apply(to state: inout PipeState, by waiter: QueuedActor)
    -> Swift.Result<Int, RaisedException>
  {
    do { try end.sendNow(bytes) } catch { return .failure(error) }
    state.ways[way].messages += 1
    return .success(state.ways[way].messages)
  }

  func event(_ result: Swift.Result<Int, RaisedException>, object: ObjectID) -> EventRecord? {
    guard case .success(let size) = result else { return nil }
    return .transfer(.pipeSend, EventValue(message: bytes), size: size, object: object)
  }

  func eventTexts(_ result: Swift.Result<Int, RaisedException>) -> [String] {
    EventValue(message: bytes).eventTexts
  }
}

/// A received message.
struct PipeMessage: Sendable {
  /// The bytes; empty if they are in the receiver's own memory.
  let bytes: [UInt8]
  let byteCount: Int
  /// The number of messages still on the way.
  var left = 0
}

/// Receives a message.
struct PipeReceive: PipeOperation {
  var kind: EventKind? { .pipeReceive }
  let end: PipeEnd
  /// The receiver's memory for the bytes, or nil for new memory.
  var destination: UnsafeMutableRawBufferPointer?
  var way: Int { end.side.incoming }
  var role: PipeRole { .receiver }
  var isPossible: Bool { end.canReceive }

  func apply(to state: inout PipeState, by waiter: QueuedActor)
    -> Swift.Result<PipeMessage, RaisedException>
  {
    var message: PipeMessage
    do { message = try end.receiveNow(into: destination) } catch { return .failure(error) }
    // A sender that was killed between sending and counting did not count its message.
    state.ways[way].messages = max(0, state.ways[way].messages - 1)
    message.left = state.ways[way].messages
    return .success(message)
  }

  func event(_ result: Swift.Result<PipeMessage, RaisedException>, object: ObjectID)
    -> EventRecord?
  {
    guard case .success(let message) = result else { return nil }
    return .transfer(.pipeReceive, value(of: message), size: message.left, object: object)
  }

  func eventTexts(_ result: Swift.Result<PipeMessage, RaisedException>) -> [String] {
    guard case .success(let message) = result else { return [] }
    return value(of: message).eventTexts
  }

  private func value(of message: PipeMessage) -> EventValue {
    guard let destination else { return EventValue(message: message.bytes) }
    return EventValue(
      message: UnsafeRawBufferPointer(rebasing: destination[..<message.byteCount]))
  }
}

extension EventValue {
  private static let longestMessage = 24

  /// A message as its event shows it: a short text, or the length as `64 B` or `1.5 KB`.
  init(message bytes: some Collection<UInt8>) {
    let isShortText =
      bytes.count <= Self.longestMessage && bytes.allSatisfy { (0x20..<0x7F).contains($0) }
    self.init(isShortText ? String(decoding: bytes, as: UTF8.self) : Self.size(bytes.count))
  }

  private static func size(_ count: Int) -> String {
    guard count >= 1024 else { return "\(count) B" }
    let tenths = count % 1024 * 10 / 1024
    return tenths == 0 ? "\(count / 1024) KB" : "\(count / 1024).\(tenths) KB"
  }
}
