public import Catalog
public import Events
public import Platform
public import Rings

/// A run, for the body of its demo: the source of time, threads, processes and shared objects. Only
/// the run's own threads call its methods.
public final class Run: Sendable {
  public let memory: RunMemory
  public let configuration: RunConfiguration
  private let lineNumbers: [String: UInt16]
  /// The threads and processes that must end before the run does.
  public let children = Guarded<[any RunChild]>([])
  /// The open ends of pipes, which close with the run at the latest.
  let pipeEnds = Guarded<[PipeEnd]>([])

  /// The feeders of process queues. They end when the body has ended and everything is written.
  public let feeders = Guarded<[(feeder: QueueFeeder, thread: ActorThread)]>([])

  /// The first process that failed unexpectedly.
  public let loss: RunLoss

  /// - Parameter onLoss: runs when a process has failed unexpectedly.
  public init(
    _ configuration: RunConfiguration, memory: RunMemory,
    onLoss: @escaping @Sendable (RaisedException) -> Void = { _ in }
  ) {
    loss = RunLoss(memory: memory, onLoss: onLoss)
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

  /// Returns the number of a new object, and records its name.
  public func newObject(_ name: String, type: String) -> ObjectID {
    let id = memory.nextObject()
    let actor = ActorContext.current
    actor.pass()
    actor.record(EventRecord(.objectName, object: id), texts: [name, type])
    return id
  }

  /// Sets the calling actor's line in the listing, which its next events carry.
  /// - Parameter text: the line of the listing, without its indentation.
  public func at(_ text: String) {
    ActorContext.current.line = lineNumbers[text] ?? 0
  }

  /// The number of a line in the listing, from 1, or 0 if the listing does not have it.
  /// - Parameter text: the line, without its indentation.
  public func lineNumber(of text: String) -> Int { Int(lineNumbers[text] ?? 0) }

  /// Sleeps, as Python's `time.sleep` does. A sleep of no length is not a wait.
  public func sleep(_ nanoseconds: Int64) throws(RunStopped) {
    try ActorContext.current.sleep(nanoseconds: nanoseconds)
  }

  /// Waits while the run is paused. A long computation must call it at least every 50 ms.
  public func checkpoint() throws(RunStopped) {
    try ActorContext.current.checkpoint()
  }

  /// Records a line of the program's output.
  public func output(_ text: String) throws(RunStopped) {
    let actor = ActorContext.current
    try actor.gate(before: NextOperation(.output))
    actor.record(EventRecord(.output), texts: [text])
  }

  /// Records a result of the demo.
  public func result(_ name: String, _ value: String) throws(RunStopped) {
    let actor = ActorContext.current
    try actor.gate(before: NextOperation(.result))
    var event = EventRecord(.result)
    if case .number(let number) = EventValue(value) {
      event[0] = number
      actor.record(event, texts: [name])
    } else {
      actor.record(event, texts: [name, value])
    }
  }

  /// Records the conclusion of the run: one short sentence.
  /// - Parameter table: The numbers behind it. The first row may be a heading.
  public func conclude(_ sentence: String, _ table: [[String]] = []) throws(RunStopped) {
    let sentence = sentence.prefix(1).uppercased() + sentence.dropFirst()
    try result(Event.shownName, Conclusion(sentence, table: table).text)
  }

  /// Records a measurement of the demo, in whole units.
  public func measure(_ name: String, _ value: Int64, unit: String, object: ObjectID? = nil)
    throws(RunStopped)
  {
    let actor = ActorContext.current
    try actor.gate(before: NextOperation(.measure))
    var event = EventRecord(.measure, object: object)
    event[0] = value
    actor.record(event, texts: [name, unit])
  }

  /// The run's time in nanoseconds, for measurements.
  public func now() -> UInt64 { memory.clock.now() }

  /// The calling actor's waits so far. The difference of two totals is the waits between them.
  public func waits() -> WaitTotal { ActorContext.current.waits }

  /// Records that the program raised an exception, and returns it to be thrown.
  public func raise(_ exception: RaisedException) -> RaisedException {
    ActorContext.current.raise(exception)
  }

  /// Returns an error as an exception of the program. An error that is not one is recorded as
  /// raised here.
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

/// A thread or process that a run must end.
public protocol RunChild: AnyObject, Sendable {
  var actor: ActorID { get }
  /// Kills a process unless it ends within `patience` nanoseconds.
  func end(after patience: UInt64)
  /// Blocks the calling actor, without an event, until the child is gone.
  func waitUntilGone()
}

/// An exception of the learner's program, with Python's name for it.
public struct RaisedException: Error, Sendable, Equatable, CustomStringConvertible {
  public let type: String
  public let message: String

  public init(type: String, message: String) {
    self.type = type
    self.message = message
  }

  /// The last line of Python's traceback: `ValueError: no number`, or only the type.
  public var description: String { message.isEmpty ? type : "\(type): \(message)" }

  /// Raised by `list.pop` for an empty list.
  public static let popFromEmptyList = RaisedException(
    type: "IndexError", message: "pop from empty list")
  /// Raised if the system has no more threads.
  static let noMoreThreads = RaisedException(
    type: "RuntimeError", message: "can't start new thread")
}

extension String {
  /// The text without spaces and tabs at both ends.
  public var trimmed: String {
    let isBlank = { (character: Character) in character == " " || character == "\t" }
    var rest = self[...]
    while let first = rest.first, isBlank(first) { rest.removeFirst() }
    while let last = rest.last, isBlank(last) { rest.removeLast() }
    return String(rest)
  }
}
