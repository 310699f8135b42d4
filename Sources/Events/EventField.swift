/// One field of an event after the header: its name in JSON, its type, and where it is stored.
///
/// A class: there is one instance of each field, and passing it must be cheap.
public final class EventField: Sendable {
  /// The type of a field's content.
  public enum Content: Sendable {
    case integer
    case nanoseconds
    /// One word of a closed vocabulary, stored as its index.
    case word([String])
    case text
    /// An integer or a text; in JSON always a string.
    case value
  }

  /// The key in JSON. Fields of different kinds may share it.
  public let name: String
  /// The type of the content.
  public let content: Content
  /// The index among the event's three numbers. Texts are stored in field order.
  public let slot: Int
  /// `,"name":`, which precedes the content in JSON.
  let prefix: [UInt8]
  let key: FieldKey

  private init(_ name: String, _ content: Content, _ slot: Int = 0) {
    self.name = name
    self.content = content
    self.slot = slot
    prefix = Array(",\"\(name)\":".utf8)
    key = FieldKey(name)
  }

  /// Whether the content is always a text, and so stored among the event's texts.
  public var isText: Bool {
    if case .text = content { true } else { false }
  }

  private static func words<Word: EventWord>(_: Word.Type) -> Content {
    .word(Word.allCases.map(\.word))
  }

  /// The demo's ID, as `lockstep run` takes it.
  public static let demo = EventField("demo", .text)
  /// The run's arguments, as `name=value` words separated by spaces.
  public static let parameters = EventField("parameters", .text)
  /// The engine that runs the demo, such as `native`.
  public static let engine = EventField("engine", .text)
  /// The version of the program that made the run.
  public static let version = EventField("version", .text)
  /// How many processor cores the run could use.
  public static let cores = EventField("cores", .integer, 0)
  /// The version of this vocabulary, from 1.
  public static let schema = EventField("schema", .integer, 1)
  /// How the run ended, as a word of `RunOutcome`.
  public static let runOutcome = EventField("outcome", words(RunOutcome.self), 0)
  /// The speed of the run's clock, as a word of `RunSpeed`.
  public static let speed = EventField("speed", words(RunSpeed.self), 0)
  /// How many events of the run were lost.
  public static let lost = EventField("lost", .integer, 1)
  /// The name of an actor, an object, a result or a measure.
  public static let name = EventField("name", .text)
  /// The type of the named actor or object (thread, lock, queue …), or of the exception.
  public static let type = EventField("type", .text)
  /// The exception's message.
  public static let message = EventField("message", .text)
  /// The printed text, including line endings.
  public static let text = EventField("text", .text)
  /// The unit of a measured value, such as `ns` or `%`.
  public static let unit = EventField("unit", .text)
  /// The number of the spawned actor; its parent records it.
  public static let child = EventField("child", .integer, 0)
  /// The exit status of a child process; absent if a signal ended it.
  public static let status = EventField("status", .integer, 0)
  /// The signal that ended a child process; absent if it exited.
  public static let signal = EventField("signal", .integer, 1)
  /// What the actor waits for, as a word of `WaitReason`.
  public static let reason = EventField("for", words(WaitReason.self), 0)
  /// The wait's deadline on the run's clock, in nanoseconds; absent if it has none.
  public static let until = EventField("until", .nanoseconds, 1)
  /// The number of the actor that is waited for.
  public static let awaited = EventField("child", .integer, 2)
  /// How the wait ended, as a word of `WaitOutcome`.
  public static let waitOutcome = EventField("outcome", words(WaitOutcome.self), 1)
  /// How long the actor waited, in nanoseconds, pauses excluded.
  public static let waited = EventField("waited", .nanoseconds, 2)
  /// How many times the holder now holds a reentrant lock; absent for any other lock.
  public static let depth = EventField("depth", .integer, 0)
  /// How many permits a semaphore has left; absent for a lock.
  public static let permits = EventField("permits", .integer, 1)
  /// The value; if it is a text, it is the last of the event's texts.
  public static let value = EventField("value", .value, 0)
  /// How many values the list or queue then holds, or how many workers a pool has.
  public static let size = EventField("size", .integer, 1)
  /// The object number of the task's pool.
  public static let pool = EventField("pool", .integer, 1)
  /// The task's number in its pool, from 1, in the order of submission.
  public static let task = EventField("task", .integer, 2)
  /// The CPU time that the actor has used so far, in nanoseconds.
  public static let cpu = EventField("cpu", .nanoseconds, 0)
  /// The core that the actor ran on, as the kernel numbers them from 0.
  public static let core = EventField("core", .integer, 1)
  /// The resident memory of a process, in bytes; absent for a thread.
  public static let memory = EventField("memory", .integer, 2)
  /// How many events of the actor were lost.
  public static let count = EventField("count", .integer, 0)
}
