public import Catalog
public import Events
public import Platform
public import Rings

/// What a demo's body sees of its run: the one source of time, threads, processes and shared
/// things. Its methods are called by the run's own threads.
public final class Run: Sendable {
  public let memory: RunMemory
  /// What was asked for, and where it runs.
  public let configuration: RunConfiguration
  private let lineNumbers: [String: UInt16]
  /// What must be gone before the run is over.
  public let children = Guarded<[any RunChild]>([])
  /// The open ends of pipes: what nobody closes before is closed with the run.
  let pipeEnds = Guarded<[PipeEnd]>([])

  /// What processes' queues are fed by: they end when a body is over and all is written.
  public let feeders = Guarded<[(feeder: QueueFeeder, thread: ActorThread)]>([])

  public init(_ configuration: RunConfiguration, memory: RunMemory) {
    self.memory = memory
    self.configuration = configuration
    var found: [String: UInt16] = [:]
    for (index, line) in configuration.listing.enumerated() {
      found[line.trimmed] = UInt16(clamping: index + 1)
    }
    lineNumbers = found
  }

  /// The arguments of the run.
  public var arguments: Arguments { configuration.request.arguments }

  /// How many cores the program may use.
  public var cores: Int { configuration.cores }

  /// The number of a new object, whose name the calling actor records.
  public func newObject(_ name: String, type: String) -> ObjectID {
    let id = memory.nextObject()
    let actor = ActorContext.current
    actor.pass()
    actor.record(EventRecord(.objectName, object: id), texts: [name, type])
    return id
  }

  /// Says which line of the listing the calling actor is at; its next events carry it.
  /// - Parameter text: the line without its indentation, as it stands in the listing.
  public func at(_ text: String) {
    ActorContext.current.line = lineNumbers[text] ?? 0
  }

  /// Sleeps, as the learner's `time.sleep` does; no time at all is no wait.
  public func sleep(_ nanoseconds: Int64) throws(RunStopped) {
    try ActorContext.current.sleep(nanoseconds: nanoseconds)
  }

  /// Waits while the run is paused. A long computation calls it at least every 50 ms.
  public func checkpoint() throws(RunStopped) {
    try ActorContext.current.checkpoint()
  }

  /// Records what the program prints.
  public func output(_ text: String) throws(RunStopped) {
    let actor = ActorContext.current
    try actor.gate()
    actor.record(EventRecord(.output), texts: [text])
  }

  /// Records one of the demo's results.
  public func result(_ name: String, _ value: String) throws(RunStopped) {
    let actor = ActorContext.current
    try actor.gate()
    var event = EventRecord(.result)
    if case .number(let number) = EventValue(value) {
      event[0] = number
      actor.record(event, texts: [name])
    } else {
      actor.record(event, texts: [name, value])
    }
  }

  /// Says in one sentence what the run has shown, with the numbers that it measured.
  public func conclude(_ sentence: String) throws(RunStopped) {
    try result(Event.shownName, sentence.prefix(1).uppercased() + sentence.dropFirst())
  }

  /// Records something that the demo measured, in whole units.
  public func measure(_ name: String, _ value: Int64, unit: String, object: ObjectID? = nil)
    throws(RunStopped)
  {
    let actor = ActorContext.current
    try actor.gate()
    var event = EventRecord(.measure, object: object)
    event[0] = value
    actor.record(event, texts: [name, unit])
  }

  /// Nanoseconds of the run's clock, for what a demo measures.
  public func now() -> UInt64 { memory.clock.now() }

  /// What the calling actor has waited for others so far: of two, the difference tells what
  /// happened between them.
  public func waits() -> WaitTotal { ActorContext.current.waits }

  /// Records that the program raised an exception, and gives it to be thrown.
  public func raise(_ exception: RaisedException) -> RaisedException {
    ActorContext.current.raise(exception)
  }

  /// The exception of the learner's program that an error is; one under another's name, recorded
  /// as raised here, where it is none of theirs.
  public func exception(for error: any Error) -> RaisedException {
    (error as? RaisedException)
      ?? raise(RaisedException(type: "Exception", message: "\(error)"))
  }

  /// Records that the program caught an exception.
  public func caught(_ exception: RaisedException) {
    let actor = ActorContext.current
    actor.pass()
    actor.record(
      EventRecord(.exceptionCatch), texts: [exception.type, exception.message])
  }
}

/// A thread or process of a run, as the run sees it at its end.
public protocol RunChild: AnyObject, Sendable {
  var actor: ActorID { get }
  /// Kills what can be killed unless it ends within so many nanoseconds.
  func end(after patience: UInt64)
  /// Blocks the calling actor, without an event, until the child is gone.
  func waitUntilGone()
}

/// An exception of the learner's program, under Python's name for it.
public struct RaisedException: Error, Sendable, Equatable, CustomStringConvertible {
  public let type: String
  public let message: String

  public init(type: String, message: String) {
    self.type = type
    self.message = message
  }

  /// As Python's traceback ends: `ValueError: no number`, or the type alone.
  public var description: String { message.isEmpty ? type : "\(type): \(message)" }

  /// What `list.pop` raises where nothing is left.
  public static let popFromEmptyList = RaisedException(
    type: "IndexError", message: "pop from empty list")
  /// What starting a thread raises when the system gives no more.
  static let noMoreThreads = RaisedException(
    type: "RuntimeError", message: "can't start new thread")
}

extension String {
  /// The text without spaces and tabs at its ends.
  public var trimmed: String {
    let isBlank = { (character: Character) in character == " " || character == "\t" }
    var rest = self[...]
    while let first = rest.first, isBlank(first) { rest.removeFirst() }
    while let last = rest.last, isBlank(last) { rest.removeLast() }
    return String(rest)
  }
}
