/// One thing that happened in a run: which actor did what to which object, and when.
public struct Event: Sendable, Equatable {
  /// The header and the numbers.
  public var record: EventRecord
  /// The texts of the kind's text fields, in field order; a value that is not a number comes last.
  public var texts: [String]

  /// Creates an event from its record; the texts are in the order of the kind's text fields.
  public init(record: EventRecord, texts: [String] = []) {
    self.record = record
    self.texts = texts
  }

  /// Creates an event from its parts; set the numbers of its kind in `record`.
  public init(
    _ kind: EventKind, seq: UInt64 = 0, time: UInt64 = 0, pid: Int32 = 0, tid: Int32 = 0,
    actor: ActorID = .main, object: ObjectID? = nil, line: Int = 0, texts: [String] = []
  ) {
    record = EventRecord(kind, object: object, line: UInt16(clamping: line))
    record.seq = seq
    record.time = time
    record.pid = pid
    record.tid = tid
    record.actor = actor.rawValue
    self.texts = texts
  }

  /// The event's number in the run, strictly increasing across all processes.
  @inlinable public var seq: UInt64 { record.seq }
  /// The time on the run's clock, in nanoseconds since the start. The clock stops in a pause and
  /// runs at the learner's speed. Events may have the same time; `seq` orders them.
  @inlinable public var time: UInt64 { record.time }
  /// The process ID.
  public var pid: Int32 { record.pid }
  /// The kernel's thread ID.
  public var tid: Int32 { record.tid }
  /// The thread or process that recorded the event; for a `processExit`, the child.
  @inlinable public var actor: ActorID { ActorID(rawValue: record.actor) }
  /// The shared object that the event is about, or nil.
  @inlinable public var object: ObjectID? {
    record.object == 0 ? nil : ObjectID(rawValue: record.object)
  }
  /// What happened; `unknown` for a kind from a newer schema.
  @inlinable public var kind: EventKind { EventKind(rawValue: record.kind) ?? .unknown }
  /// The line of the listing, from 1, or nil.
  public var line: Int? { record.line == 0 ? nil : Int(record.line) }

  /// The text of a field, or nil if the kind or this event has no such field.
  public func text(_ field: EventField) -> String? {
    var index = 0
    for candidate in kind.fields {
      switch candidate.content {
      case .text:
        if candidate.name == field.name { return index < texts.count ? texts[index] : nil }
        index += 1
      case .value:
        if candidate.name == field.name {
          if let number = record[candidate.slot] { return String(number) }
          return index < texts.count ? texts[index] : nil
        }
      default: continue
      }
    }
    return nil
  }

  /// The number of a field, or nil if the kind or this event has no such field.
  public func number(_ field: EventField) -> Int64? {
    for candidate in kind.fields where candidate.name == field.name && !candidate.isText {
      return record[candidate.slot]
    }
    return nil
  }
}

/// The fields by name. Each is nil if the kind or this event has no such field.
extension Event {
  /// The value: a number in decimal digits, or a text.
  public var value: String? { text(.value) }
  /// The name of an actor, an object, a result or a measure.
  public var name: String? { text(.name) }
  /// The type of the named actor or object (thread, lock, queue …), or of the exception.
  public var type: String? { text(.type) }
  /// The exception's message.
  public var message: String? { text(.message) }
  /// The printed text, including line endings.
  public var output: String? { text(.text) }
  /// The printed text without its last line ending.
  public var outputLine: String? {
    output.map { $0.last == "\n" ? String($0.dropLast()) : $0 }
  }
  /// The name of the result that holds the run's conclusion. Its value is the text of a `Conclusion`.
  public static let shownName = "shown"
  /// The suffix of a measure's name that marks its values as one number over time.
  public static let overTimeSuffix = " over time"
  /// The unit of a measured value, such as `ns` or `%`.
  public var unit: String? { text(.unit) }
  /// The demo's ID, as `lockstep run` takes it.
  public var demo: String? { text(.demo) }
  /// The run's arguments, as `name=value` words separated by spaces.
  public var parameters: String? { text(.parameters) }
  /// The spawned actor, or the actor that is waited for.
  public var child: ActorID? {
    number(kind == .waitBegin ? .awaited : .child).map { ActorID(Int(truncatingIfNeeded: $0)) }
  }
  /// The exit status of a child process, or nil if a signal ended it.
  public var status: Int? { number(.status).map { Int($0) } }
  /// The signal that ended a child process, or nil if it exited.
  public var signal: Int? { number(.signal).map { Int($0) } }
  /// What the actor waits for; at the end of a wait, what it waited for.
  public var waitReason: WaitReason? { number(.reason).flatMap { WaitReason(rawValue: $0) } }
  /// How the wait ended; nil except in a `waitEnd`.
  public var waitOutcome: WaitOutcome? {
    kind == .waitEnd ? number(.waitOutcome).flatMap { WaitOutcome(rawValue: $0) } : nil
  }
  /// How the run ended; nil except in a `runFinish`.
  public var runOutcome: RunOutcome? {
    kind == .runFinish ? number(.runOutcome).flatMap { RunOutcome(rawValue: $0) } : nil
  }
  /// The new speed of the run's clock; nil except in a `runSpeed`.
  public var speed: RunSpeed? {
    kind == .runSpeed ? number(.speed).flatMap { RunSpeed(rawValue: $0) } : nil
  }
  /// The wait's deadline on the run's clock, in nanoseconds, or nil for none.
  public var until: Int64? { number(.until) }
  /// How long the actor waited, in nanoseconds, pauses excluded.
  public var waited: Int64? { number(.waited) }
  /// How many times the holder now holds a reentrant lock; nil for any other lock.
  public var depth: Int? { number(.depth).map { Int($0) } }
  /// How many permits a semaphore has left; nil for a lock.
  public var permits: Int? { number(.permits).map { Int($0) } }
  /// How many values the list or queue then holds, or how many workers a pool has.
  public var size: Int? { number(.size).map { Int($0) } }
  /// The pool that the task was submitted to.
  public var pool: ObjectID? { number(.pool).map { ObjectID(Int(truncatingIfNeeded: $0)) } }
  /// The task's number in its pool, from 1, in the order of submission.
  public var task: Int? { number(.task).map { Int($0) } }
  /// How many events of the run were lost, as its last event says.
  public var lost: Int? { number(.lost).map { Int($0) } }
  /// How many processor cores the run could use.
  public var cores: Int? { number(.cores).map { Int($0) } }
  /// The CPU time that the actor has used so far, in nanoseconds.
  public var cpu: Int64? { number(.cpu) }
  /// The core that the actor ran on, as the kernel numbers them from 0.
  public var core: Int? { number(.core).map { Int($0) } }
  /// The resident memory of a process, in bytes; nil for a thread.
  public var memory: Int64? { number(.memory) }
}
