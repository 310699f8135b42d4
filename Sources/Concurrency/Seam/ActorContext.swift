import CPlatform
public import Events
public import Rings

/// Thrown by an operation of a run that is being stopped. A body must not catch it.
public struct RunStopped: Error, Sendable {}

/// How often and how long an actor has waited for others. Sleeps do not count.
public struct WaitTotal: Sendable, Equatable {
  public var count = 0
  /// In nanoseconds of the run's clock.
  public var nanoseconds: Int64 = 0

  public init() {}

  public mutating func add(_ more: WaitTotal) {
    count += more.count
    nanoseconds += more.nanoseconds
  }

  public static func - (later: WaitTotal, earlier: WaitTotal) -> WaitTotal {
    var difference = later
    difference.count -= earlier.count
    difference.nanoseconds -= earlier.nanoseconds
    return difference
  }
}

/// An actor's access to its run: its slot, its ring and its place in the listing. It belongs to the
/// thread that created it, which finds it with `current`.
public final class ActorContext {
  public let memory: RunMemory
  public let slot: ActorSlot
  let id: ActorID
  /// The actor's line in the listing, which its events carry, or 0.
  public var line: UInt16 = 0
  /// The actor's waits so far.
  var waits = WaitTotal()
  private var writer: RingWriter
  private var stopsThrown = 0
  /// When the actor last recorded its usage, by the monotonic clock.
  var lastSample: UInt64 = 0
  private let terminate: (ActorContext) -> Never

  /// Makes the calling thread an actor.
  /// - Parameter terminate: ends the actor's thread or process. It must not capture the context,
  ///   which would keep the run's memory forever.
  public init(
    memory: RunMemory, slot: ActorSlot, id: ActorID, terminate: @escaping (ActorContext) -> Never
  ) {
    self.memory = memory
    self.slot = slot
    self.id = id
    self.terminate = terminate
    writer = RingWriter(memory: memory, slot: slot.index, actor: id)
    lks_set_thread_value(Unmanaged.passRetained(self).toOpaque())
  }

  /// The calling thread's actor. Only actors may use primitives.
  public static var current: ActorContext {
    guard let value = lks_thread_value() else {
      preconditionFailure("a primitive was used outside a run's threads")
    }
    return Unmanaged<ActorContext>.fromOpaque(value).takeUnretainedValue()
  }

  /// Ends the calling thread's actor. Its slot becomes free when its ring is drained.
  public func retire() {
    guard let value = lks_thread_value() else { return }
    lks_set_thread_value(nil)
    slot.retire()
    memory.ringBell()
    memory.noteRest()
    Unmanaged<ActorContext>.fromOpaque(value).release()
  }

  /// Records an event with the actor's line.
  public func record(_ event: EventRecord, texts: [String] = []) {
    var event = event
    if event.line == 0 { event.line = line }
    if texts.isEmpty { writer.record(event) } else { writer.record(event, texts: texts) }
  }

  /// Records that the program raised an exception, and returns it to be thrown.
  public func raise(_ exception: RaisedException) -> RaisedException {
    pass()
    record(EventRecord(.exceptionRaise), texts: [exception.type, exception.message])
    return exception
  }

  /// The error for an operation of a run that is being stopped. If the body has caught it three
  /// times, this records the defect and ends the actor.
  func stopError() -> RunStopped {
    stopsThrown += 1
    if stopsThrown > 3 {
      record(
        EventRecord(.exceptionRaise),
        texts: ["StopIgnored", "the body ignored the stop and was ended"])
      terminate(self)
    }
    return RunStopped()
  }
}
