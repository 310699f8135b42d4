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

  public let name: String
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

  var isText: Bool {
    if case .text = content { true } else { false }
  }

  private static func words<Word: EventWord>(_: Word.Type) -> Content {
    .word(Word.allCases.map(\.word))
  }

  public static let demo = EventField("demo", .text)
  public static let parameters = EventField("parameters", .text)
  public static let engine = EventField("engine", .text)
  public static let version = EventField("version", .text)
  public static let cores = EventField("cores", .integer, 0)
  public static let schema = EventField("schema", .integer, 1)
  public static let runOutcome = EventField("outcome", words(RunOutcome.self), 0)
  public static let lost = EventField("lost", .integer, 1)
  public static let name = EventField("name", .text)
  public static let type = EventField("type", .text)
  public static let message = EventField("message", .text)
  public static let text = EventField("text", .text)
  public static let unit = EventField("unit", .text)
  public static let child = EventField("child", .integer, 0)
  public static let status = EventField("status", .integer, 0)
  public static let signal = EventField("signal", .integer, 1)
  public static let reason = EventField("for", words(WaitReason.self), 0)
  public static let until = EventField("until", .nanoseconds, 1)
  public static let awaited = EventField("child", .integer, 2)
  public static let waitOutcome = EventField("outcome", words(WaitOutcome.self), 1)
  public static let waited = EventField("waited", .nanoseconds, 2)
  public static let depth = EventField("depth", .integer, 0)
  public static let permits = EventField("permits", .integer, 1)
  /// Always the last text of a kind that has texts.
  public static let value = EventField("value", .value, 0)
  public static let size = EventField("size", .integer, 1)
  public static let pool = EventField("pool", .integer, 1)
  public static let task = EventField("task", .integer, 2)
  public static let cpu = EventField("cpu", .nanoseconds, 0)
  public static let core = EventField("core", .integer, 1)
  public static let memory = EventField("memory", .integer, 2)
  public static let count = EventField("count", .integer, 0)
}
