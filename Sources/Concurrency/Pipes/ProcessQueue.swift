import Events
import Platform

/// First in, first out, between processes, as Python's `multiprocessing.Queue`: a pipe, a lock at
/// each of its ends, and in each process that puts a feeder thread that writes what was put.
///
/// Another process gets it by its handle and its two descriptors. Everything goes through the pipe
/// as bytes: what comes out is a copy. A process ends only when its feeder has written all, so that
/// whoever joins it without emptying the queue may wait for ever.
public final class ProcessQueue: Sendable {
  /// So many descriptors go with the handle.
  public static let descriptorCount = 2

  private let run: Run
  private let name: String
  /// How many were put and not yet got.
  private let traced: Traced<Int64>
  private let reader: PipeEnd
  private let writer: PipeEnd
  private let readLock: Lock
  private let writeLock: Lock
  private let feeder: Guarded<QueueFeeder?> = Guarded(nil)

  private init(
    _ name: String, _ traced: Traced<Int64>, reader: PipeEnd, writer: PipeEnd, readLock: Lock,
    writeLock: Lock, in run: Run
  ) {
    self.run = run
    self.name = name
    self.traced = traced
    self.reader = reader
    self.writer = writer
    self.readLock = readLock
    self.writeLock = writeLock
  }

  /// A new queue for all processes of the run, without a limit to what it holds.
  /// - Throws: `RaisedException` when the system or the run has no more room.
  public convenience init(_ name: String, in run: Run) throws {
    let traced = try Traced.shared(name, type: "process queue", Int64(0), in: run)
    let (reader, writer) = try Pipe.ends("\(name) pipe", in: run)
    self.init(
      name, traced, reader: reader, writer: writer,
      readLock: try .shared("\(name) reading", in: run),
      writeLock: try .shared("\(name) writing", in: run), in: run)
  }

  /// The queue that another process of the run made.
  /// - Parameter index: which of the passed descriptors is its first.
  /// - Throws: `RaisedException` for a word that is no handle.
  public static func attached(_ handle: String, firstDescriptor index: Int = 0, in run: Run) throws
    -> ProcessQueue
  {
    let parts = handle.split(separator: ",").map(String.init)
    guard parts.count == 6 else {
      throw run.raise(RaisedException(type: "ValueError", message: "no queue: \(handle)"))
    }
    return ProcessQueue(
      parts[0], try .attached(parts[1], in: run),
      reader: try .attached(parts[2], descriptor: run.passedDescriptor(index), in: run),
      writer: try .attached(parts[3], descriptor: run.passedDescriptor(index + 1), in: run),
      readLock: try .attached(parts[4], in: run), writeLock: try .attached(parts[5], in: run),
      in: run)
  }

  /// By what another process finds the queue, as one word; the descriptors go beside it.
  public var handle: String {
    [
      name, traced.handle ?? "", reader.handle, writer.handle, readLock.handle ?? "",
      writeLock.handle ?? "",
    ].joined(separator: ",")
  }

  /// The descriptors, to be passed on to a process.
  public var descriptors: [Int32] { [reader.descriptor, writer.descriptor] }

  /// Puts a value of 1 to `Pipe.longestMessage` bytes. It does not wait: this process's feeder
  /// writes it when the pipe has room.
  /// - Throws: `RunStopped`; `RaisedException` for a value of another length, or when the system
  ///   has no thread for the feeder.
  public func put(_ bytes: [UInt8]) throws {
    guard (1...Pipe.longestMessage).contains(bytes.count) else {
      throw run.raise(
        RaisedException(type: "ValueError", message: "a value cannot have \(bytes.count) bytes"))
    }
    try ActorContext.current.perform(ProcessQueuePut(bytes: bytes), on: traced)
    try runningFeeder().add(bytes)
  }

  /// Puts a text as its UTF-8 bytes.
  /// - Throws: as `put` of bytes.
  public func put(_ text: String) throws { try put(Array(text.utf8)) }

  /// Takes the value at the front, once there is one. Who waits stands at the pipe, or at the lock
  /// before it.
  /// - Throws: `RunStopped`.
  public func get() throws -> [UInt8] {
    try readLock.withLock {
      let bytes = try reader.receive()
      // Recorded with the lock held, so that gets have the order of the pipe.
      try ActorContext.current.perform(ProcessQueueGet(bytes: bytes), on: traced)
      return bytes
    }
  }

  /// Takes the value at the front as a text.
  /// - Throws: as `get`.
  public func getText() throws -> String { String(decoding: try get(), as: UTF8.self) }

  private func runningFeeder() throws -> QueueFeeder {
    if let running = feeder.withLock({ $0 }) { return running }
    let new = QueueFeeder(of: traced.id)
    let isFirst = feeder.withLock { feeder in
      guard feeder == nil else { return false }
      feeder = new
      return true
    }
    guard isFirst else { return try runningFeeder() }
    let (writer, writeLock) = (writer, writeLock)
    do {
      let thread = try run.thread("\(name) feeder") {
        while let bytes = try new.next() { try writeLock.withLock { try writer.send(bytes) } }
      }
      run.feeders.withLock { $0.append((new, thread)) }
    } catch {
      // What is put later must not lie there for ever.
      feeder.withLock { $0 = nil }
      throw error
    }
    return new
  }
}

/// What a process has put into a queue and its feeder has not yet written.
public final class QueueFeeder: Sendable {
  fileprivate struct Buffer: Sendable {
    var values: ArraySlice<[UInt8]> = []
    var isClosed = false
    var waiter: QueuedActor?
  }

  private let traced: Traced<Buffer>

  fileprivate init(of queue: ObjectID) { traced = Traced(id: queue, Buffer()) }

  fileprivate func add(_ bytes: [UInt8]) throws(RunStopped) {
    try ActorContext.current.perform(FeederAdd(bytes: bytes), on: traced)
  }

  /// The next value to be written; nil when all are and none will come.
  fileprivate func next() throws(RunStopped) -> [UInt8]? {
    try ActorContext.current.perform(FeederNext(), on: traced)
  }

  /// Lets the feeder end when it has written all: its process's body is over.
  public func close() { ActorContext.current.release(FeederClose(), on: traced) }

  private struct FeederAdd: InstantOperation {
    let bytes: [UInt8]
    func apply(to state: inout Buffer, by waiter: QueuedActor) { state.values.append(bytes) }
    func event(_ result: Void, object: ObjectID) -> EventRecord? { nil }
    func wakes(_ state: Buffer) -> QueuedActor? { state.waiter }
  }

  private struct FeederNext: WaitingOperation {
    var reason: WaitReason { .condition }
    func isReady(_ state: Buffer, for waiter: QueuedActor) -> Bool {
      !state.values.isEmpty || state.isClosed
    }
    func enqueue(_ waiter: QueuedActor, in state: inout Buffer) { state.waiter = waiter }
    func withdraw(_ waiter: QueuedActor, from state: inout Buffer) { state.waiter = nil }
    func apply(to state: inout Buffer, by waiter: QueuedActor) -> [UInt8]? {
      state.values.popFirst()
    }
    func event(_ result: [UInt8]?, object: ObjectID) -> EventRecord? { nil }
  }

  private struct FeederClose: InstantOperation {
    func apply(to state: inout Buffer, by waiter: QueuedActor) { state.isClosed = true }
    func event(_ result: Void, object: ObjectID) -> EventRecord? { nil }
    func wakes(_ state: Buffer) -> QueuedActor? { state.waiter }
  }
}

private struct ProcessQueuePut: InstantOperation {
  let bytes: [UInt8]
  func apply(to state: inout Int64, by waiter: QueuedActor) -> Int {
    state += 1
    return Int(state)
  }
  func event(_ size: Int, object: ObjectID) -> EventRecord? {
    bytes.withUnsafeBytes { PipeText.event(.queuePut, $0, size: size, object: object) }
  }
  func eventTexts(_ size: Int) -> [String] { bytes.withUnsafeBytes { PipeText.texts(of: $0) } }
}

private struct ProcessQueueGet: InstantOperation {
  let bytes: [UInt8]
  func apply(to state: inout Int64, by waiter: QueuedActor) -> Int {
    state -= 1
    return Int(state)
  }
  func event(_ size: Int, object: ObjectID) -> EventRecord? {
    bytes.withUnsafeBytes { PipeText.event(.queueGet, $0, size: size, object: object) }
  }
  func eventTexts(_ size: Int) -> [String] { bytes.withUnsafeBytes { PipeText.texts(of: $0) } }
}
