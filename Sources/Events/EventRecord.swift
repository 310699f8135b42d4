/// An event as it lies in a ring: 64 bytes, one cache line, texts beside it.
///
/// Inlinable, because filling one is a good part of what recording costs.
@frozen
public struct EventRecord: BitwiseCopyable, Sendable, Equatable {
  /// Where the event stands in the run, strictly increasing, processes included.
  public var seq: UInt64 = 0
  /// Nanoseconds of the run's own clock since its start: pauses are left out, and the learner's speed
  /// counts. Never less than in the same actor's event before; equal where the clock stands.
  public var time: UInt64 = 0
  /// The kernel's number of the process that the event tells of.
  public var pid: Int32 = 0
  /// The kernel's number of the thread that the event tells of.
  public var tid: Int32 = 0
  /// The actor's number within the run, from 1, which is the main thread.
  public var actor: UInt32 = 0
  /// The object's number, or 0 where the event has none.
  public var object: UInt32 = 0
  /// The kind's numbers, in the slots that its fields name.
  public var numbers: (Int64, Int64, Int64) = (0, 0, 0)
  /// How many bytes of text go with the record.
  public var textLength: UInt32 = 0
  /// The listing's line, from 1, or 0 where the event has none.
  public var line: UInt16 = 0
  /// The kind's raw value.
  public var kind: UInt8 = 0
  /// Bit n says that number n is present.
  public var presence: UInt8 = 0

  @inlinable
  public init() {}

  @inlinable
  public init(_ kind: EventKind, object: ObjectID? = nil, line: UInt16 = 0) {
    self.kind = kind.rawValue
    self.object = object?.rawValue ?? 0
    self.line = line
  }

  /// The number in a slot, or nil where it is absent.
  @inlinable
  public subscript(slot: Int) -> Int64? {
    get {
      guard presence & (1 << UInt8(slot)) != 0 else { return nil }
      switch slot {
      case 0: return numbers.0
      case 1: return numbers.1
      default: return numbers.2
      }
    }
    set {
      let bit: UInt8 = 1 << UInt8(slot)
      presence = newValue == nil ? presence & ~bit : presence | bit
      switch slot {
      case 0: numbers.0 = newValue ?? 0
      case 1: numbers.1 = newValue ?? 0
      default: numbers.2 = newValue ?? 0
      }
    }
  }

  /// Two records are equal if they say the same; `textLength` only says how the texts travel.
  public static func == (left: EventRecord, right: EventRecord) -> Bool {
    left.seq == right.seq && left.time == right.time && left.pid == right.pid
      && left.tid == right.tid && left.actor == right.actor && left.object == right.object
      && left.numbers == right.numbers && left.line == right.line && left.kind == right.kind
      && left.presence == right.presence
  }
}
