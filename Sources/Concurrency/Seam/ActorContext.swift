import CPlatform
public import Events
public import Rings

/// Thrown by an operation of a run that is being stopped. A body lets it pass.
public struct RunStopped: Error, Sendable {}

/// How often an actor has waited for others, and how long; its sleeps are not counted.
public struct WaitTotal: Sendable, Equatable {
  public var count = 0
  /// In ns of the run's clock.
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

/// One actor's hold on its run: its slot, its ring, its place in the listing. It belongs to the
/// thread that made it and is found there by `current`.
public final class ActorContext {
  public let memory: RunMemory
  public let slot: ActorSlot
  let id: ActorID
  /// The line of the listing that the actor is at, which its events carry; 0 for none.
  public var line: UInt16 = 0
  /// What the actor has waited so far.
  var waits = WaitTotal()
  private var writer: RingWriter
  private var stopsThrown = 0
  /// When the actor last recorded what it has used, on the monotonic clock.
  var lastSample: UInt64 = 0
  private let giveUp: (ActorContext) -> Never

  /// The context of an actor that the calling thread is from now on.
  /// - Parameter giveUp: ends the actor's thread, or its process; it holds no context of its own,
  ///   which would keep the run's memory for ever.
  public init(
    memory: RunMemory, slot: ActorSlot, id: ActorID, giveUp: @escaping (ActorContext) -> Never
  ) {
    self.memory = memory
    self.slot = slot
    self.id = id
    self.giveUp = giveUp
    writer = RingWriter(memory: memory, slot: slot.index, actor: id)
    lks_set_thread_value(Unmanaged.passRetained(self).toOpaque())
  }

  /// The calling thread's actor. Only an actor's thread calls primitives.
  public static var current: ActorContext {
    guard let value = lks_thread_value() else {
      preconditionFailure("a primitive was used outside a run's threads")
    }
    return Unmanaged<ActorContext>.fromOpaque(value).takeUnretainedValue()
  }

  /// Takes the actor from its thread. Its ring is drained and used again.
  public func retire() {
    guard let value = lks_thread_value() else { return }
    lks_set_thread_value(nil)
    slot.retire()
    memory.ringBell()
    memory.noteRest()
    Unmanaged<ActorContext>.fromOpaque(value).release()
  }

  /// Records an event at the actor's line.
  public func record(_ event: EventRecord, texts: [String] = []) {
    var event = event
    if event.line == 0 { event.line = line }
    if texts.isEmpty { writer.record(event) } else { writer.record(event, texts: texts) }
  }

  /// Records that the program raised an exception, and gives it to be thrown.
  public func raise(_ exception: RaisedException) -> RaisedException {
    pass()
    record(EventRecord(.exceptionRaise), texts: [exception.type, exception.message])
    return exception
  }

  /// The error for an operation of a stopped run. A body that has swallowed it three times does
  /// not get a fourth: the defect is recorded and `giveUp` ends the actor here.
  func stopError() -> RunStopped {
    stopsThrown += 1
    if stopsThrown > 3 {
      record(
        EventRecord(.exceptionRaise),
        texts: ["StopIgnored", "the body went on after it was told to stop; it is ended here"])
      giveUp(self)
    }
    return RunStopped()
  }
}
