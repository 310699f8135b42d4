import Events
import Platform

/// A first-in, first-out queue between processes, like Python's `multiprocessing.Queue`. It consists
/// of a pipe, a lock at each end, and a feeder thread in each process that puts values.
///
/// Another process needs its handle and its two descriptors. It receives copies of the values. A
/// process ends only when its feeder has written all values, so joining it without emptying the
/// queue may wait forever.
public final class ProcessQueue: Sendable {
  /// The number of descriptors to pass with the handle.
  public static let descriptorCount = 2

  private let run: Run
  private let name: String
  /// The number of values put and not yet got.
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

  /// Creates a queue without a limit, for all processes of the run.
  /// - Throws: `RaisedException` if the system or the run has no more room.
  public convenience init(_ name: String, in run: Run) throws {
    let traced = try Traced.shared(name, type: "process queue", Int64(0), in: run)
    let (reader, writer) = try Pipe.ends("\(name) pipe", in: run)
    self.init(
      name, traced, reader: reader, writer: writer,
      readLock: try .shared("\(name) reading", in: run),
      writeLock: try .shared("\(name) writing", in: run), in: run)
  }

  /// Takes over a queue that another process passed on.
  /// - Parameter index: the index of its first passed descriptor.
  /// - Throws: `RaisedException` if the word is not a handle.
  public static func attached(_ handle: String, firstDescriptor index: Int = 0, in run: Run) throws
    -> ProcessQueue
  {
    let parts = handle.split(separator: ",").map(String.init)
    guard parts.count == 6 else {
      throw run.raise(.invalidHandle(handle))
    }
    return ProcessQueue(
      parts[0], try .attached(parts[1], in: run),
      reader: try .attached(parts[2], descriptor: run.passedDescriptor(index), in: run),
      writer: try .attached(parts[3], descriptor: run.passedDescriptor(index + 1), in: run),
      readLock: try .attached(parts[4], in: run), writeLock: try .attached(parts[5], in: run),
      in: run)
  }

  /// A word by which another process finds the queue. It also needs the descriptors.
  public var handle: String {
    [
      name, traced.handle ?? "", reader.handle, writer.handle, readLock.handle ?? "",
      writeLock.handle ?? "",
    ].joined(separator: ",")
  }

  /// The descriptors to pass to another process.
  public var descriptors: [Int32] { [reader.descriptor, writer.descriptor] }

  /// Puts a value of 1 to `Pipe.longestMessage` bytes, without waiting. This process's feeder writes
  /// it when the pipe has room.
  /// - Throws: `RunStopped`; `RaisedException` if the length is wrong, or the system has no thread for
  ///   the feeder.
  public func put(_ bytes: [UInt8]) throws {
    guard (1...Pipe.longestMessage).contains(bytes.count) else {
      throw run.raise(
        RaisedException(type: "ValueError", message: "a value cannot have \(bytes.count) bytes"))
    }
    try ActorContext.current.perform(ProcessQueuePut(bytes: bytes), on: traced)
    try runningFeeder().add(bytes)
  }

  /// Puts a text as UTF-8.
  /// - Throws: as `put` of bytes does.
  public func put(_ text: String) throws { try put(Array(text.utf8)) }

  /// Removes and returns the first value when there is one.
  /// - Throws: `RunStopped`.
  public func get() throws -> [UInt8] {
    try readLock.withLock {
      let bytes = try reader.receive()
      // Recorded with the lock held, so that gets have the order of the pipe.
      try ActorContext.current.perform(ProcessQueueGet(bytes: bytes), on: traced)
      return bytes
    }
  }

  /// Removes and returns the first value as a text.
  /// - Throws: as `get` does.
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
      // A later put must try to start a feeder again.
      feeder.withLock { $0 = nil }
      throw error
    }
    return new
  }
}

/// The values that a process has put into a queue and its feeder has not written yet.
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

  /// Waits for the next value to write. Nil if the feeder is closed and no value is left.
  fileprivate func next() throws(RunStopped) -> [UInt8]? {
    try ActorContext.current.perform(FeederNext(), on: traced)
  }

  /// Lets the feeder end after it has written all values.
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
  var kind: EventKind? { .queuePut }
  let bytes: [UInt8]
  func apply(to state: inout Int64, by waiter: QueuedActor) -> Int {
    state += 1
    return Int(state)
  }
  func event(_ size: Int, object: ObjectID) -> EventRecord? {
    .transfer(.queuePut, EventValue(message: bytes), size: size, object: object)
  }
  func eventTexts(_ size: Int) -> [String] { EventValue(message: bytes).eventTexts }
}

private struct ProcessQueueGet: InstantOperation {
  var kind: EventKind? { .queueGet }
  let bytes: [UInt8]
  func apply(to state: inout Int64, by waiter: QueuedActor) -> Int {
    state -= 1
    return Int(state)
  }
  func event(_ size: Int, object: ObjectID) -> EventRecord? {
    .transfer(.queueGet, EventValue(message: bytes), size: size, object: object)
  }
  func eventTexts(_ size: Int) -> [String] { EventValue(message: bytes).eventTexts }
}
