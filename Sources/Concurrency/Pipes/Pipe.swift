import Events
import Glibc
import Platform
import Rings
import SystemPackage

/// Makes two connected ends, as Python's `multiprocessing.Pipe`: what goes in at one comes out at
/// the other, whole and in order.
public enum Pipe {
  /// The longest message, in bytes. What is longer goes in pieces, by `sendAll`.
  static let longestMessage = 65_536

  /// What the kernel is asked to keep for each way: about half of it may be on the way before a
  /// sender waits.
  fileprivate static let kernelBytes: Int32 = 262_144

  /// Both ends, for threads of this process; one may be given to another process.
  /// - Throws: `RaisedException` when the system has no more descriptors or the run no more room.
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

/// One end of a pipe: sends and receives, and waits while there is no room or nothing there. It is
/// open until it is closed or the run is over, whether or not anybody still has it.
///
/// Another process gets it by its handle and its descriptor:
/// `run.process(…, arguments: [end.handle], passing: [end.descriptor])` there, and
/// `PipeEnd.attached(arguments[0], descriptor: run.passedDescriptor(0), in: run)` here. The giver
/// then closes its own, as in Python: the other side sees the end only when nobody has this one.
public final class PipeEnd: Sendable {
  /// Which of the two it is.
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

  /// The end that another process made and passed on; this one owns its descriptor from now on.
  /// - Throws: `RaisedException` for a word that is no handle.
  public static func attached(_ handle: String, descriptor: Int32, in run: Run) throws -> PipeEnd {
    let owned = Descriptor(descriptor)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    let parts = handle.split(separator: "/").map(String.init)
    guard parts.count == 2, let side = Int(parts[1]).flatMap(Side.init) else {
      throw run.raise(RaisedException(type: "ValueError", message: "no end of a pipe: \(handle)"))
    }
    return PipeEnd(try .attached(parts[0], in: run), side, owned, in: run)
  }

  /// By what another process finds what the ends share; the descriptor goes beside it.
  public var handle: String { "\(traced.handle ?? "")/\(side.rawValue)" }

  /// The descriptor, to be passed on to a process; -1 when the end is closed.
  public var descriptor: Int32 { owned.withLock { $0?.number ?? -1 } }

  /// The pipe's number as an object of the run.
  var id: ObjectID { traced.id }

  var memory: RunMemory { run.memory }

  /// Closes this end. Whoever waits at the other one looks again.
  public func close() {
    ActorContext.current.pass()
    run.pipeEnds.withLock { ends in ends.removeAll { $0 === self } }
    drop()
  }

  fileprivate func drop() {
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
  /// Sends a message of 1 to `Pipe.longestMessage` bytes; waits while the pipe has no room.
  /// - Throws: `RunStopped`; `RaisedException` where nobody has the other end (`BrokenPipeError`),
  ///   this end is closed (`OSError`), or the message has no such length (`ValueError`).
  public func send(_ bytes: [UInt8]) throws { try bytes.withUnsafeBytes(send) }

  /// Sends a text as its UTF-8 bytes.
  /// - Throws: as `send` of bytes.
  public func send(_ text: String) throws { try send(Array(text.utf8)) }

  /// Waits for a message and takes it.
  /// - Throws: `RunStopped`; `RaisedException` where nothing is left and nobody has the other end
  ///   (`EOFError`), or this end is closed (`OSError`).
  public func receive() throws -> [UInt8] {
    let result = try ActorContext.current.perform(PipeReceive(end: self), on: traced)
    return try checked(result).bytes
  }

  /// The same with a limit in ns of the run's clock; nil when the time was over.
  public func receive(timeout: Int64) throws -> [UInt8]? {
    let result = try ActorContext.current.perform(
      PipeReceive(end: self), on: traced, timeout: timeout)
    guard let result else { return nil }
    return try checked(result).bytes
  }

  /// The same for who expects the end: nil when the other end was closed or its process is gone.
  /// - Throws: `RunStopped`, or `RaisedException` where this end is closed.
  public func receiveUntilEnd() throws -> [UInt8]? {
    let result = try ActorContext.current.perform(PipeReceive(end: self), on: traced)
    if case .end = result { return nil }
    return try checked(result).bytes
  }

  /// Waits for a message and takes it as a text.
  /// - Throws: as `receive`.
  public func receiveText() throws -> String { String(decoding: try receive(), as: UTF8.self) }

  /// Sends values of any amount, such as a million numbers, in pieces of `Pipe.longestMessage`
  /// bytes; each piece is an event. Nothing is copied but by the kernel.
  /// - Throws: as `send`.
  public func sendAll<Element: BitwiseCopyable>(_ values: [Element]) throws {
    try values.withUnsafeBytes { bytes in
      for start in stride(from: 0, to: bytes.count, by: Pipe.longestMessage) {
        let end = min(bytes.count, start + Pipe.longestMessage)
        try send(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
      }
    }
  }

  /// Receives so many values that the other end gave to `sendAll`.
  /// - Throws: as `receive`.
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
        let result = try ActorContext.current.perform(
          PipeReceive(end: self, destination: rest), on: traced)
        received += try checked(result).count
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
    switch result {
    case .sent: return
    case .broken: throw run.raise(.brokenPipe)
    case .closed: throw run.raise(.closedPipe)
    case .failed(let number): throw run.raise(.system(number))
    }
  }

  private func checked(_ result: PipeReceive.Result) throws -> (bytes: [UInt8], count: Int) {
    switch result {
    case .received(let bytes, let count, _): return (bytes, count)
    case .end: throw run.raise(.endOfPipe)
    case .closed: throw run.raise(.closedPipe)
    case .failed(let number): throw run.raise(.system(number))
    }
  }
}

// MARK: The kernel's side. Nothing here waits.

extension PipeEnd {
  /// Whether a message would find room; true too where it would fail.
  var canSend: Bool { isReady(POLLOUT) }

  /// Whether a message is there; true too where none will ever come.
  var canReceive: Bool { isReady(POLLIN) }

  private func isReady(_ events: Int32) -> Bool {
    owned.withLock { descriptor in
      guard let number = descriptor?.number else { return true }
      // The kernel tells of a hang-up and of errors unasked.
      var polled = pollfd(fd: number, events: Int16(events), revents: 0)
      return poll(&polled, 1, 0) > 0
    }
  }

  func sendNow(_ bytes: UnsafeRawBufferPointer) -> PipeSend.Result {
    owned.withLock { descriptor in
      guard let number = descriptor?.number else { return .closed }
      let flags = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
      while Glibc.send(number, bytes.baseAddress, bytes.count, flags) != bytes.count {
        switch errno {
        case EINTR: continue
        case EPIPE, ECONNRESET, ECONNREFUSED, ENOTCONN: return .broken
        default: return .failed(errno)
        }
      }
      return .sent(0)
    }
  }

  func receiveNow(into destination: UnsafeMutableRawBufferPointer?) -> PipeReceive.Result {
    owned.withLock { descriptor in
      guard let number = descriptor?.number else { return .closed }
      if let destination { return Self.take(number, into: destination) }
      // The length first, so that a short message does not cost the memory of the longest.
      let length = Self.retrying {
        recv(number, nil, 0, Int32(MSG_PEEK) | Int32(MSG_TRUNC) | Int32(MSG_DONTWAIT))
      }
      guard length > 0 else { return length == 0 ? .end : .failed(errno) }
      var bytes = [UInt8](repeating: 0, count: length)
      let result = bytes.withUnsafeMutableBytes { Self.take(number, into: $0) }
      guard case .received(_, let count, let left) = result else { return result }
      return .received(bytes, byteCount: count, left: left)
    }
  }

  private static func take(
    _ number: Int32, into buffer: UnsafeMutableRawBufferPointer
  ) -> PipeReceive.Result {
    let flags = Int32(MSG_DONTWAIT) | Int32(MSG_TRUNC)
    let count = retrying { recv(number, buffer.baseAddress, buffer.count, flags) }
    guard count > 0 else { return count == 0 ? .end : .failed(errno) }
    guard count <= buffer.count else { return .failed(EMSGSIZE) }
    return .received([], byteCount: count, left: 0)
  }

  /// The call's result once nothing is in its way: a signal, or the note that the other end was
  /// closed with messages unread, which the kernel gives once and before what is there to receive.
  private static func retrying(_ call: () -> Int) -> Int {
    while true {
      let result = call()
      if result >= 0 || (errno != EINTR && errno != ECONNRESET) { return result }
    }
  }
}

extension Run {
  /// Closes what bodies have left open.
  public func closePipes() {
    let ends = pipeEnds.withLock { ends in
      defer { ends = [] }
      return ends
    }
    for end in ends { end.drop() }
  }
}

extension RaisedException {
  /// What a receiver raises when nothing is left and the other end is closed or its process gone.
  static let endOfPipe = RaisedException(
    type: "EOFError", message: "nothing is left, and the other end is closed")
  /// What a sender raises when the other end is closed or its process gone.
  public static let brokenPipe = RaisedException(
    type: "BrokenPipeError", message: "[Errno 32] Broken pipe")
  /// What an end raises that this process has closed.
  static let closedPipe = RaisedException(type: "OSError", message: "handle is closed")

  /// What a failed call of the system's raises.
  public static func system(_ number: Int32) -> RaisedException {
    RaisedException(type: "OSError", message: "[Errno \(number)] \(Errno(rawValue: number))")
  }
}
