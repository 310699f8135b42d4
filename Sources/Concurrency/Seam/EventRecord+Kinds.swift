public import Events

// The events of several primitives.
extension EventRecord {
  static func waitBegin(
    _ reason: WaitReason, object: ObjectID?, until: UInt64? = nil, awaited: ActorID? = nil
  ) -> EventRecord {
    var event = EventRecord(.waitBegin, object: object)
    event[0] = reason.rawValue
    event[1] = until.map { Int64($0) }
    event[2] = awaited.map { Int64($0.rawValue) }
    return event
  }

  static func waitEnd(
    _ reason: WaitReason, object: ObjectID?, _ outcome: WaitOutcome, waited: UInt64
  ) -> EventRecord {
    var event = EventRecord(.waitEnd, object: object)
    event[0] = reason.rawValue
    event[1] = outcome.rawValue
    event[2] = Int64(waited)
    return event
  }

  /// A read or a write of a number.
  public static func variable(_ kind: EventKind, _ value: Int64, object: ObjectID) -> EventRecord {
    EventRecord(kind, .number(value), object: object)
  }

  /// A value that goes into or out of a queue or pipe, which then has `size` values.
  static func transfer(_ kind: EventKind, _ value: EventValue, size: Int, object: ObjectID)
    -> EventRecord
  {
    var event = EventRecord(kind, value, object: object)
    event[EventField.size.slot] = Int64(size)
    return event
  }

  /// An event of a pool's task.
  public static func ofTask(_ kind: EventKind, _ value: EventValue, pool: ObjectID, task: Int)
    -> EventRecord
  {
    var event = EventRecord(kind, value)
    event[EventField.pool.slot] = Int64(pool.rawValue)
    event[EventField.task.slot] = Int64(task)
    return event
  }

  /// An event with a value, whose text must be among the event's texts.
  private init(_ kind: EventKind, _ value: EventValue, object: ObjectID? = nil) {
    self.init(kind, object: object)
    if case .number(let number) = value { self[EventField.value.slot] = number }
  }
}

extension EventValue {
  /// The texts of an event with this value. A number is not a text.
  public var eventTexts: [String] {
    if case .text(let text) = self { [text] } else { [] }
  }
}
