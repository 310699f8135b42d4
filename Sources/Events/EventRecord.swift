/// An event's fixed-size part, as a ring stores it: 64 bytes, one cache line.
///
/// Inlinable, because recording an event spends much of its time here.
@frozen
public struct EventRecord: BitwiseCopyable, Sendable, Equatable {
  /// The event's number in the run, strictly increasing across all processes.
  public var seq: UInt64 = 0
  /// The time on the run's clock, in nanoseconds since the start. It never goes back within an
  /// actor's events, and stays the same while the clock is stopped.
  public var time: UInt64 = 0
  /// The process ID.
  public var pid: Int32 = 0
  /// The kernel's thread ID.
  public var tid: Int32 = 0
  /// The actor's number in the run; 1 is the main thread, 0 the run itself.
  public var actor: UInt32 = 0
  /// The object's number, or 0 for none.
  public var object: UInt32 = 0
  /// The kind's numbers, in the slots of its fields.
  public var numbers: (Int64, Int64, Int64) = (0, 0, 0)
  /// How many bytes of text follow the record in a ring.
  public var textLength: UInt32 = 0
  /// The line of the listing, from 1, or 0 for none.
  public var line: UInt16 = 0
  /// The kind's raw value.
  public var kind: UInt8 = 0
  /// Bit n is set if number n is present.
  public var presence: UInt8 = 0

  @inlinable
  public init() {}

  @inlinable
  public init(_ kind: EventKind, object: ObjectID? = nil, line: UInt16 = 0) {
    self.kind = kind.rawValue
    self.object = object?.rawValue ?? 0
    self.line = line
  }

  /// The number in a slot, or nil if it is absent.
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

  /// Ignores `textLength`, which only matters in a ring.
  public static func == (left: EventRecord, right: EventRecord) -> Bool {
    left.seq == right.seq && left.time == right.time && left.pid == right.pid
      && left.tid == right.tid && left.actor == right.actor && left.object == right.object
      && left.numbers == right.numbers && left.line == right.line && left.kind == right.kind
      && left.presence == right.presence
  }
}
