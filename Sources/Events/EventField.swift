/// One field of an event beside the header: its name in JSON, what it holds, where it is kept.
///
/// A class, since there is one of each and lines are written and read field by field.
public final class EventField: Sendable {
  /// What a field holds.
  public enum Content: Sendable {
    case integer
    case nanoseconds
    /// One word of a closed vocabulary; the number is the index.
    case word([String])
    case text
    /// An integer or a text, in JSON always a string.
    case value
  }

  /// The key in JSON, which fields of different kinds may share.
  public let name: String
  /// Whether it holds a text, a plain number, nanoseconds, a word or a value.
  public let content: Content
  /// The index among the event's three numbers; texts stand in the order of the fields.
  public let slot: Int
  /// `,"name":`, as it stands in JSON before what the field holds.
  let prefix: [UInt8]
  let key: FieldKey

  private init(_ name: String, _ content: Content, _ slot: Int = 0) {
    self.name = name
    self.content = content
    self.slot = slot
    prefix = Array(",\"\(name)\":".utf8)
    key = FieldKey(name)
  }

  /// Whether it holds a text and nothing else, and so is kept among the event's texts.
  public var isText: Bool {
    if case .text = content { true } else { false }
  }

  private static func words<Word: EventWord>(_: Word.Type) -> Content {
    .word(Word.allCases.map(\.word))
  }

  /// The demo that the run starts, by the word that `lockstep run` takes.
  public static let demo = EventField("demo", .text)
  /// The arguments that the run started with, as `name=value` words with spaces between.
  public static let parameters = EventField("parameters", .text)
  /// What runs the demo, such as `native` for the machine's own threads and processes.
  public static let engine = EventField("engine", .text)
  /// The release of the program that made the run.
  public static let version = EventField("version", .text)
  /// How many processor cores the run had to use.
  public static let cores = EventField("cores", .integer, 0)
  /// The edition of this vocabulary that the run was recorded in, from 1.
  public static let schema = EventField("schema", .integer, 1)
  /// How the run ended, a word of `RunOutcome`.
  public static let runOutcome = EventField("outcome", words(RunOutcome.self), 0)
  /// How fast the run's clock goes, a word of `RunSpeed`.
  public static let speed = EventField("speed", words(RunSpeed.self), 0)
  /// How many events of the whole run could not be kept.
  public static let lost = EventField("lost", .integer, 1)
  /// What a person sees an actor or object called, or what a result or measure is called.
  public static let name = EventField("name", .text)
  /// What sort of thing was named (thread, lock, queue …), or the type of an exception.
  public static let type = EventField("type", .text)
  /// What the exception that was raised or caught says about itself.
  public static let message = EventField("message", .text)
  /// What the program printed, line ends included.
  public static let text = EventField("text", .text)
  /// What a measured value counts, such as `ns` or `%`.
  public static let unit = EventField("unit", .text)
  /// The actor number of the thread or process that is spawned, recorded by its parent.
  public static let child = EventField("child", .integer, 0)
  /// The exit status of a child process; absent where a signal ended it.
  public static let status = EventField("status", .integer, 0)
  /// The signal that ended a child process; absent where it exited by itself.
  public static let signal = EventField("signal", .integer, 1)
  /// What the actor waits for, a word of `WaitReason`.
  public static let reason = EventField("for", words(WaitReason.self), 0)
  /// When the wait would end by itself, in ns of the run's clock; absent where it has no limit.
  public static let until = EventField("until", .nanoseconds, 1)
  /// The actor number of the one thread or process that is waited for.
  public static let awaited = EventField("child", .integer, 2)
  /// How the wait ended, a word of `WaitOutcome`.
  public static let waitOutcome = EventField("outcome", words(WaitOutcome.self), 1)
  /// How long the actor waited, pauses excluded, in nanoseconds.
  public static let waited = EventField("waited", .nanoseconds, 2)
  /// How many times the holder of a reentrant lock has it now; absent for any other lock.
  public static let depth = EventField("depth", .integer, 0)
  /// How many permits a semaphore has left; absent for a lock that is no semaphore.
  public static let permits = EventField("permits", .integer, 1)
  /// Always the last text of a kind that has texts.
  public static let value = EventField("value", .value, 0)
  /// How many values the list or queue holds afterwards, or how many workers a pool has.
  public static let size = EventField("size", .integer, 1)
  /// The object number of the pool that the task was submitted to.
  public static let pool = EventField("pool", .integer, 1)
  /// Which of its pool's tasks this is, from 1, in the order of submission.
  public static let task = EventField("task", .integer, 2)
  /// The processor time that the actor has used so far, in nanoseconds.
  public static let cpu = EventField("cpu", .nanoseconds, 0)
  /// The processor core that the actor was on, from 0, as the kernel numbers them.
  public static let core = EventField("core", .integer, 1)
  /// The resident memory of a process, in bytes; absent for a thread.
  public static let memory = EventField("memory", .integer, 2)
  /// How many events of the actor could not be kept.
  public static let count = EventField("count", .integer, 0)
}
