import Events
import Glibc
import Platform
import Rings
import SystemPackage

/// Creates the two connected ends of a pipe, like Python's `multiprocessing.Pipe`. A message sent at
/// one end arrives complete and in order at the other.
public enum Pipe {
  /// The longest message in bytes. `sendAll` sends longer values in pieces.
  static let longestMessage = 65_536

  /// The size of the kernel's buffer for each direction, in bytes. A sender waits when about half of
  /// it is full.
  fileprivate static let kernelBytes: Int32 = 262_144

  /// Creates both ends, for threads of this process. One end may be passed to another process.
  /// - Throws: `RaisedException` if the system has no more descriptors or the run no more room.
  public static func ends(_ name: String, in run: Run) throws -> (PipeEnd, PipeEnd) {
    let numbers: (parent: Int32, child: Int32)
    do throws(Errno) { numbers = try MessageSocket.pair() } catch {
      throw run.raise(RaisedException(type: "OSError", message: "\(error)"))
    }
    let first = Descriptor(numbers.parent)
    let second = Descriptor(numbers.child)
    for number in [numbers.parent, numbers.child] {
      var bytes = kernelBytes
      setsockopt(number, SOL_SOCKET, SO_SNDBUF, &bytes, socklen_t(MemoryLayout<Int32>.size))
    }
    let traced = try Traced.shared(name, type: "pipe", PipeState(), in: run)
    return (
      PipeEnd(traced, .first, first, in: run), PipeEnd(traced, .second, second, in: run)
    )
  }
}

/// One end of a pipe. It is open until it is closed or the run ends.
///
/// To pass an end to another process, pass its handle and its descriptor:
/// `run.process(…, arguments: [end.handle], passing: [end.descriptor])`. The other process calls
/// `PipeEnd.attached(arguments[0], descriptor: run.passedDescriptor(0), in: run)`. Then close the
/// end here, as in Python: the other end is notified only when all copies of this end are closed.
public final class PipeEnd: Sendable {
  enum Side: Int, Sendable {
    case first, second

    var outgoing: Int { rawValue }
    var incoming: Int { 1 - rawValue }
  }

  let side: Side
  private let run: Run
  private let traced: Traced<PipeState>
  private let owned: Guarded<Descriptor?>

  fileprivate init(
    _ traced: Traced<PipeState>, _ side: Side, _ descriptor: consuming sending Descriptor,
    in run: Run
  ) {
    self.traced = traced
    self.side = side
    self.run = run
    owned = Guarded(descriptor)
    run.pipeEnds.withLock { $0.append(self) }
  }

  /// Takes over an end that another process passed on, and its descriptor.
  /// - Throws: `RaisedException` if the word is not a handle.
  public static func attached(_ handle: String, descriptor: Int32, in run: Run) throws -> PipeEnd {
    let owned = Descriptor(descriptor)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    let parts = handle.split(separator: "/").map(String.init)
    guard parts.count == 2, let side = Int(parts[1]).flatMap(Side.init) else {
      throw run.raise(.invalidHandle(handle))
    }
    return PipeEnd(try .attached(parts[0], in: run), side, owned, in: run)
  }

  /// A word by which another process finds the pipe's state. It also needs the descriptor.
  public var handle: String { "\(traced.handle ?? "")/\(side.rawValue)" }

  /// The descriptor to pass to another process, or -1 if the end is closed.
  public var descriptor: Int32 { owned.withLock { $0?.number ?? -1 } }

  /// The pipe's number as an object of the run.
  var id: ObjectID { traced.id }

  var memory: RunMemory { run.memory }

  /// Closes this end and wakes the actors that wait at the other one.
  public func close() {
    ActorContext.current.pass()
    run.pipeEnds.withLock { ends in ends.removeAll { $0 === self } }
    closeDescriptor()
  }

  fileprivate func closeDescriptor() {
    let wasOpen = owned.withLock { descriptor in
      let number = descriptor?.number
      descriptor = nil
      return number != nil
    }
    if wasOpen { memory.wakeAll() }
  }
}

// MARK: Messages

extension PipeEnd {
  /// Sends a message of 1 to `Pipe.longestMessage` bytes. Waits while the pipe has no room.
  /// - Throws: `RunStopped`; `RaisedException` if the other end is closed everywhere
  ///   (`BrokenPipeError`), this end is closed (`OSError`), or the length is wrong (`ValueError`).
  public func send(_ bytes: [UInt8]) throws { try bytes.withUnsafeBytes(send) }

  /// Sends a text as UTF-8.
  /// - Throws: as `send` of bytes does.
  public func send(_ text: String) throws { try send(Array(text.utf8)) }

  /// Waits for a message and returns it.
  /// - Throws: `RunStopped`; `RaisedException` if no message is left and the other end is closed
  ///   everywhere (`EOFError`), or this end is closed (`OSError`).
  public func receive() throws -> [UInt8] { try receive(into: nil).bytes }

  /// Waits for a message and returns it, or nil after a time-out.
  /// - Parameter timeout: in nanoseconds of the run's clock.
  /// - Throws: as `receive` does.
  public func receive(timeout: Int64) throws -> [UInt8]? {
    let result = try ActorContext.current.perform(
      PipeReceive(end: self), on: traced, timeout: timeout)
    return try result.map { try run.value(of: $0).bytes }
  }

  /// Waits for a message and returns it, or nil if the other end is closed everywhere.
  /// - Throws: `RunStopped`; `RaisedException` if this end is closed.
  public func receiveUntilEnd() throws -> [UInt8]? {
    let result = try ActorContext.current.perform(PipeReceive(end: self), on: traced)
    if case .failure(.endOfPipe) = result { return nil }
    return try run.value(of: result).bytes
  }

  /// Waits for a message and returns it as a text.
  /// - Throws: as `receive` does.
  public func receiveText() throws -> String { String(decoding: try receive(), as: UTF8.self) }

  /// Sends any number of values, such as a million numbers, in pieces of `Pipe.longestMessage`
  /// bytes. Each piece has an event. Only the kernel copies the values.
  /// - Throws: as `send` does.
  public func sendAll<Element: BitwiseCopyable>(_ values: [Element]) throws {
    try values.withUnsafeBytes { bytes in
      for start in stride(from: 0, to: bytes.count, by: Pipe.longestMessage) {
        let end = min(bytes.count, start + Pipe.longestMessage)
        try send(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
      }
    }
  }

  /// Receives a number of values that the other end sent with `sendAll`.
  /// - Throws: as `receive` does.
  public func receiveAll<Element: BitwiseCopyable>(
    _ count: Int, of type: Element.Type = Element.self
  )
    throws -> [Element]
  {
    try [Element](unsafeUninitializedCapacity: count) { buffer, filled in
      let bytes = UnsafeMutableRawBufferPointer(
        start: buffer.baseAddress, count: count * MemoryLayout<Element>.stride)
      var received = 0
      while received < bytes.count {
        let rest = UnsafeMutableRawBufferPointer(rebasing: bytes[received...])
        received += try receive(into: rest).byteCount
      }
      filled = count
    }
  }

  private func send(_ bytes: UnsafeRawBufferPointer) throws {
    guard (1...Pipe.longestMessage).contains(bytes.count) else {
      throw run.raise(
        RaisedException(type: "ValueError", message: "a message cannot have \(bytes.count) bytes"))
    }
    let result = try ActorContext.current.perform(PipeSend(end: self, bytes: bytes), on: traced)
    _ = try run.value(of: result)
  }

  private func receive(into destination: UnsafeMutableRawBufferPointer?) throws -> PipeMessage {
    let receive = PipeReceive(end: self, destination: destination)
    return try run.value(of: try ActorContext.current.perform(receive, on: traced))
  }
}

// MARK: System calls, none of which waits

extension PipeEnd {
  /// Whether the kernel has room for a message, or sending would fail.
  var canSend: Bool { isReady(POLLOUT) }

  /// Whether the kernel has a message, or receiving would fail.
  var canReceive: Bool { isReady(POLLIN) }

  private func isReady(_ events: Int32) -> Bool {
    owned.withLock { descriptor in
      guard let number = descriptor?.number else { return true }
      // The kernel also reports a hang-up and errors.
      var polled = pollfd(fd: number, events: Int16(events), revents: 0)
      return poll(&polled, 1, 0) > 0
    }
  }

  func sendNow(_ bytes: UnsafeRawBufferPointer) throws(RaisedException) {
    try owned.withLock { descriptor throws(RaisedException) in
      guard let number = descriptor?.number else { throw .closedPipe }
      let flags = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
      while Glibc.send(number, bytes.baseAddress, bytes.count, flags) != bytes.count {
        switch errno {
        case EINTR: continue
        case EPIPE, ECONNRESET, ECONNREFUSED, ENOTCONN: throw .brokenPipe
        default: throw .system(errno)
        }
      }
    }
  }

  func receiveNow(into destination: UnsafeMutableRawBufferPointer?) throws(RaisedException)
    -> PipeMessage
  {
    try owned.withLock { descriptor throws(RaisedException) in
      guard let number = descriptor?.number else { throw .closedPipe }
      if let destination {
        return PipeMessage(bytes: [], byteCount: try Self.receive(number, into: destination))
      }
      // The length first, so that a short message does not need the memory of the longest.
      let length = try Self.received {
        recv(number, nil, 0, Int32(MSG_PEEK) | Int32(MSG_TRUNC) | Int32(MSG_DONTWAIT))
      }
      var bytes = [UInt8](repeating: 0, count: length)
      let count = bytes.withUnsafeMutableBytes { bytes in
        Result { () throws(RaisedException) in try Self.receive(number, into: bytes) }
      }
      return PipeMessage(bytes: bytes, byteCount: try count.get())
    }
  }

  private static func receive(_ number: Int32, into buffer: UnsafeMutableRawBufferPointer)
    throws(RaisedException) -> Int
  {
    let flags = Int32(MSG_DONTWAIT) | Int32(MSG_TRUNC)
    let count = try received { recv(number, buffer.baseAddress, buffer.count, flags) }
    guard count <= buffer.count else { throw .system(EMSGSIZE) }
    return count
  }

  /// The length that `recv` returns. Repeats the call after a signal, and after ECONNRESET: the
  /// kernel reports once that the other end closed with unread messages, before it returns the
  /// messages to receive.
  private static func received(_ call: () -> Int) throws(RaisedException) -> Int {
    while true {
      let length = call()
      if length > 0 { return length }
      if length == 0 { throw .endOfPipe }
      guard errno == EINTR || errno == ECONNRESET else { throw .system(errno) }
    }
  }
}

extension Run {
  /// Closes all open ends of pipes.
  public func closePipes() {
    let ends = pipeEnds.withLock { ends in
      defer { ends = [] }
      return ends
    }
    for end in ends { end.closeDescriptor() }
  }

  /// Returns the value of a result, or raises its exception.
  public func value<Value>(of result: Result<Value, RaisedException>) throws -> Value {
    switch result {
    case .success(let value): return value
    case .failure(let exception): throw raise(exception)
    }
  }
}

extension RaisedException {
  /// Raised by a receiver if nothing is left and the other end is closed.
  static let endOfPipe = RaisedException(
    type: "EOFError", message: "nothing is left, and the other end is closed")
  /// Raised by a sender if the other end is closed.
  public static let brokenPipe = RaisedException(
    type: "BrokenPipeError", message: "[Errno 32] Broken pipe")
  /// Raised at an end that this process has closed.
  static let closedPipe = RaisedException(type: "OSError", message: "handle is closed")

  /// Raised for a system call that failed.
  public static func system(_ number: Int32) -> RaisedException {
    RaisedException(type: "OSError", message: "[Errno \(number)] \(Errno(rawValue: number))")
  }
}
