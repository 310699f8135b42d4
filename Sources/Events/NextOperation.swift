/// What an actor of a paused run does when it goes on.
public struct NextOperation: Sendable, Hashable {
  /// The kind of the event that follows.
  public let kind: EventKind
  /// The object of the operation, or nil.
  public let object: ObjectID?
  /// What a wait is for, or nil.
  public let reason: WaitReason?

  public init(_ kind: EventKind, _ object: ObjectID? = nil, reason: WaitReason? = nil) {
    self.kind = kind
    self.object = object
    self.reason = reason
  }

  /// The bits of a packed object; its number is at most 65,536.
  private static let objectBits = 17
  private static let objectMask: UInt32 = (1 << 17) - 1

  /// The operation in 32 bits: from the lowest, 17 for the object, 7 for the reason, 8 for the kind.
  /// Never 0.
  public var packed: UInt32 {
    UInt32(kind.rawValue) << 24
      | UInt32(truncatingIfNeeded: reason?.rawValue ?? 0x7F) << Self.objectBits
      | min(object?.rawValue ?? 0, Self.objectMask)
  }

  /// Nil for a number that is no operation.
  public init?(packed: UInt32) {
    guard let kind = EventKind(rawValue: UInt8(packed >> 24)), kind != .unknown else {
      return nil
    }
    let object = packed & Self.objectMask
    self.init(
      kind, object == 0 ? nil : ObjectID(rawValue: object),
      reason: WaitReason(rawValue: Int64(packed >> Self.objectBits & 0x7F)))
  }
}

/// The next operations of a paused run at rest.
public struct NextOperations: Sendable, Equatable {
  /// What each actor does next, without those whose wait has not ended.
  public let operations: [ActorID: NextOperation]
  /// The actor that a step lets go on, or nil if none can.
  public let goes: ActorID?

  public init(_ operations: [ActorID: NextOperation], goes: ActorID?) {
    self.operations = operations
    self.goes = goes
  }
}
