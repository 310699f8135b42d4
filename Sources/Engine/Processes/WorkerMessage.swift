import Glibc

/// A message between a run and a worker process. Events are not messages.
enum WorkerMessage: Sendable, Equatable {
  /// The worker has started.
  case ready
  case task(Int, input: String)
  case finished(Int, value: String)
  /// The task raised an exception.
  case failed(Int, type: String, message: String)
  /// No more tasks will come.
  case close
  /// A `RunSetup`, the first message to a worker.
  case setup(String)

  /// The body raised an exception. The worker ends when its other threads have ended.
  case raised(type: String, message: String)

  /// Longer texts are cut.
  private static let longestText = 60_000

  /// Separates an exception's type from its message. No type contains it.
  private static let separator: Character = "\u{1F}"

  private var parts: (kind: UInt8, task: Int, text: String) {
    switch self {
    case .ready: (1, 0, "")
    case .task(let task, let input): (2, task, input)
    case .finished(let task, let value): (3, task, value)
    case .failed(let task, let type, let message): (4, task, Self.text(type, message))
    case .close: (5, 0, "")
    case .setup(let text): (6, 0, text)
    case .raised(let type, let message): (7, 0, Self.text(type, message))
    }
  }

  private static func text(_ type: String, _ message: String) -> String {
    "\(type)\(separator)\(message)"
  }

  private static func exception(_ text: String) -> (type: String, message: String) {
    let type = text.prefix { $0 != separator }
    return (String(type), String(text.dropFirst(type.count + 1)))
  }

  private var bytes: [UInt8] {
    let (kind, task, text) = parts
    let number = UInt32(truncatingIfNeeded: task)
    let head = [kind] + (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * UInt32($0))) }
    return head + text.utf8.prefix(Self.longestText)
  }

  private init?(bytes: ArraySlice<UInt8>) {
    guard bytes.count >= 5 else { return nil }
    let task = bytes.dropFirst().prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    let text = String(decoding: bytes.dropFirst(5), as: UTF8.self)
    switch bytes.first {
    case 1: self = .ready
    case 2: self = .task(task, input: text)
    case 3: self = .finished(task, value: text)
    case 4:
      let (type, message) = Self.exception(text)
      self = .failed(task, type: type, message: message)
    case 5: self = .close
    case 6: self = .setup(text)
    case 7:
      let (type, message) = Self.exception(text)
      self = .raised(type: type, message: message)
    default: return nil
    }
  }

  /// Sends the message without waiting; false if the other end is closed or does not read.
  func send(to socket: Int32) -> Bool {
    let bytes = bytes
    return Glibc.send(
      socket, bytes, bytes.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
      == bytes.count
  }

  enum Received: Sendable, Equatable {
    case message(WorkerMessage)
    case nothing
    /// The other end is closed.
    case end
  }

  /// Receives the next message.
  /// - Parameter waits: whether to wait for one. An actor must not wait here.
  static func receive(from socket: Int32, waits: Bool = false) -> Received {
    var buffer = [UInt8](repeating: 0, count: longestText + 16)
    while true {
      let count = recv(socket, &buffer, buffer.count, waits ? 0 : Int32(MSG_DONTWAIT))
      if count > 0 {
        guard let message = WorkerMessage(bytes: buffer[..<count]) else { continue }
        return .message(message)
      }
      if count == 0 { return .end }
      switch errno {
      case EINTR: continue
      case EAGAIN: return .nothing
      default: return .end
      }
    }
  }
}
