/// One thing that happened in a run: who did what to what, when, and where it stands in order.
public struct Event: Sendable, Equatable {
  /// The numbers and the header.
  public var record: EventRecord
  /// The texts of the kind's text fields, in their order; a value that is no number is the last.
  public var texts: [String]

  /// An event as it was packed; the texts are in the order of the kind's text fields.
  public init(record: EventRecord, texts: [String] = []) {
    self.record = record
    self.texts = texts
  }

  /// An event made from its parts; numbers of its kind are set in `record` afterwards.
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

  /// Where the event stands in the run, strictly increasing, processes included.
  @inlinable public var seq: UInt64 { record.seq }
  /// Nanoseconds of the run's own clock since its start, pauses left out, at the learner's speed:
  /// the clock of `until` and `waited`. Events may have the same; `seq` orders them.
  @inlinable public var time: UInt64 { record.time }
  /// The kernel's number of the process.
  public var pid: Int32 { record.pid }
  /// The kernel's number of the thread.
  public var tid: Int32 { record.tid }
  /// Who did it, the thread or process that recorded the event; of a `processExit`, the child.
  @inlinable public var actor: ActorID { ActorID(rawValue: record.actor) }
  /// The shared thing it was done to; nil where the event concerns none.
  @inlinable public var object: ObjectID? {
    record.object == 0 ? nil : ObjectID(rawValue: record.object)
  }
  /// What happened; `unknown` for a kind that this schema does not have.
  @inlinable public var kind: EventKind { EventKind(rawValue: record.kind) ?? .unknown }
  /// The line of the listing, from 1.
  public var line: Int? { record.line == 0 ? nil : Int(record.line) }

  /// The text of a field; nil where the kind has no such field or the event does not carry it.
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

  /// The number of a field; nil where the kind has no such field or the event does not carry it.
  public func number(_ field: EventField) -> Int64? {
    for candidate in kind.fields where candidate.name == field.name && !candidate.isText {
      return record[candidate.slot]
    }
    return nil
  }
}

/// The fields by name. Each is nil where the kind has no such field or the event does not carry it.
extension Event {
  /// A number as decimal digits, or a text.
  public var value: String? { text(.value) }
  /// What a person sees an actor or object called, or what a result or measure is called.
  public var name: String? { text(.name) }
  /// What sort of thing was named (thread, lock, queue …), or the type of an exception.
  public var type: String? { text(.type) }
  /// What the exception that was raised or caught says about itself.
  public var message: String? { text(.message) }
  /// What the program printed, line ends included.
  public var output: String? { text(.text) }
  /// What is printed without the line end at its end, which says nothing among other rows.
  public var outputLine: String? {
    output.map { $0.last == "\n" ? String($0.dropLast()) : $0 }
  }
  /// The name of the result that says in one sentence what the run has shown.
  public static let shownName = "shown"
  /// The end of a measure's name whose values are one number over time.
  public static let overTimeSuffix = " over time"
  /// What a measured value counts, such as `ns` or `%`.
  public var unit: String? { text(.unit) }
  /// The demo that the run starts, by the word that `lockstep run` takes.
  public var demo: String? { text(.demo) }
  /// The arguments that the run started with, as `name=value` words with spaces between.
  public var parameters: String? { text(.parameters) }
  /// The actor that was spawned, or that is waited for.
  public var child: ActorID? {
    number(kind == .waitBegin ? .awaited : .child).map { ActorID(Int(truncatingIfNeeded: $0)) }
  }
  /// The exit status of a child process; nil where a signal ended it.
  public var status: Int? { number(.status).map { Int($0) } }
  /// The number of the signal that ended a child process; nil where it exited by itself.
  public var signal: Int? { number(.signal).map { Int($0) } }
  /// What the actor waits for, or waited for until now.
  public var waitReason: WaitReason? { number(.reason).flatMap { WaitReason(rawValue: $0) } }
  /// Whether the wait got what it was for, ran out of time or was stopped; nil but in a `waitEnd`.
  public var waitOutcome: WaitOutcome? {
    kind == .waitEnd ? number(.waitOutcome).flatMap { WaitOutcome(rawValue: $0) } : nil
  }
  /// Whether the run completed, failed, was stopped or deadlocked; nil but in a `runFinish`.
  public var runOutcome: RunOutcome? {
    kind == .runFinish ? number(.runOutcome).flatMap { RunOutcome(rawValue: $0) } : nil
  }
  /// How fast the run's clock goes from here on; nil but in a `runSpeed`.
  public var speed: RunSpeed? {
    kind == .runSpeed ? number(.speed).flatMap { RunSpeed(rawValue: $0) } : nil
  }
  /// When the wait would end by itself, in nanoseconds of the run's clock.
  public var until: Int64? { number(.until) }
  /// How long the actor waited, pauses excluded, in nanoseconds.
  public var waited: Int64? { number(.waited) }
  /// How many times the holder of a reentrant lock has it now; nil for any other lock.
  public var depth: Int? { number(.depth).map { Int($0) } }
  /// How many permits a semaphore has left; nil for a lock that is no semaphore.
  public var permits: Int? { number(.permits).map { Int($0) } }
  /// How many values the list or queue holds afterwards, or how many workers a pool has.
  public var size: Int? { number(.size).map { Int($0) } }
  /// The pool that the task was submitted to.
  public var pool: ObjectID? { number(.pool).map { ObjectID(Int(truncatingIfNeeded: $0)) } }
  /// Which of its pool's tasks this is, from 1, in the order of submission.
  public var task: Int? { number(.task).map { Int($0) } }
  /// How many events of the whole run could not be kept, as told at its end.
  public var lost: Int? { number(.lost).map { Int($0) } }
  /// How many processor cores the run had to use, as told at its start.
  public var cores: Int? { number(.cores).map { Int($0) } }
  /// The processor time that the actor has used so far, in nanoseconds.
  public var cpu: Int64? { number(.cpu) }
  /// The processor core that the actor was on, from 0, as the kernel numbers them.
  public var core: Int? { number(.core).map { Int($0) } }
  /// The resident memory of a process, in bytes; nil for a thread, which has none of its own.
  public var memory: Int64? { number(.memory) }
}
