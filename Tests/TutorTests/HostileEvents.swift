internal import Events
internal import TestNumbers

/// Makes events of every kind about a few actors and objects, with extreme and odd values in every
/// field, like those of a damaged or malicious recording.
struct HostileEvents {
  private var random: Seeded
  private var seq: UInt64 = 0
  private var time: UInt64 = 0

  init(seed: UInt64) { random = Seeded(seed) }

  private static let numbers: [Int64] = [
    .max, .max - 1, .min, .min + 1, Int64(Int32.max), Int64(Int32.max) + 1, Int64(Int32.min),
    Int64(UInt32.max), 1 << 62, 65_535, 65_536, -1, 1_000_000_000_000_000_000,
  ]
  /// Texts with a meaning for the panes, and texts that must be escaped.
  private static let texts = [
    "", "a", "\u{1B}[2J", "\u{0}", "\u{202E}\u{200B}", "e\u{301}\u{301}\u{301}", "👩‍👩‍👧", "漢字",
    "lock", "list", "queue", "process queue", "pipe", "pool", "semaphore", "condition", "variable",
    "barrier", "event flag", "thread", "process", "ns", "B", "%", "/100", "shown", "row 0", "row 1",
    "row 9223372036854775807", "size 1 total", "size 2 total", "size 2 cpu", "size 2 map",
    "size -1 total", "size 9223372036854775807 total", "cores taken by others", "threads: wall",
    "processes: wall", "threads: x over time", "processes: x over time", "waiting over time",
    "9223372036854775807", "-9223372036854775808", "99999999999999999999999", "IndexError",
  ]

  private mutating func number() -> Int64 {
    Int.random(in: 0..<3, using: &random) == 0
      ? Self.numbers.randomElement(using: &random) ?? 0
      : Int64.random(in: -1...6, using: &random)
  }

  private mutating func text() -> String {
    let text = Self.texts.randomElement(using: &random) ?? ""
    return Int.random(in: 0..<20, using: &random) == 0 ? String(repeating: text, count: 99) : text
  }

  /// The number of an actor or object. Most are in use.
  private mutating func identity() -> UInt32 {
    let odd: [UInt32] = [0, 900, 65_536, 65_537, .max]
    return Int.random(in: 0..<16, using: &random) == 0
      ? odd.randomElement(using: &random) ?? 0 : UInt32.random(in: 1...6, using: &random)
  }

  /// A run with at least this number of events. The times of some runs reach the largest time.
  mutating func run(_ count: Int) -> [Event] {
    let hasEnd = Bool.random(using: &random)
    var events = [event(.runStart)]
    // Most panes ignore events after the end of a run.
    let kinds = EventKind.allCases.filter { $0 != .runStart && $0 != .runFinish }
    while events.count < count {
      events.append(event(kinds.randomElement(using: &random) ?? .line))
    }
    if hasEnd { events.append(event(.runFinish)) }
    return events
  }

  private mutating func event(_ kind: EventKind) -> Event {
    seq += 1
    let steps: [UInt64] = [0, 1, 1_000, 1_000_000, 1_000_000_000, 1 << 32]
    let step =
      Int.random(in: 0..<200, using: &random) == 0
      ? 1 << 62 : steps.randomElement(using: &random) ?? 0
    time = time > .max - step ? .max : time + step
    var event = Event(
      kind, seq: seq, time: time, pid: [0, -1, .max, .min].randomElement(using: &random) ?? 0,
      tid: [0, -1, .max, .min].randomElement(using: &random) ?? 0,
      actor: ActorID(rawValue: identity()),
      object: Int.random(in: 0..<4, using: &random) > 0 ? ObjectID(rawValue: identity()) : nil,
      line: Int.random(in: 0...70_000, using: &random))
    for field in kind.fields where Int.random(in: 0..<6, using: &random) > 0 {
      switch field.content {
      case .integer, .nanoseconds: event.record[field.slot] = number()
      case .word(let words):
        event.record[field.slot] = Int64.random(in: 0..<Int64(words.count), using: &random)
      case .text: event.texts.append(text())
      case .value:
        event.setValue(
          Bool.random(using: &random) ? .number(number()) : EventValue(text()))
      }
    }
    return event
  }
}
