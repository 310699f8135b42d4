/// The number of an actor (a thread or a process) in its run: 1, 2, 3 … in the order of creation,
/// so that two runs of a demo can be compared. 1 is the run's main thread.
public struct ActorID: RawRepresentable, Hashable, Comparable, BitwiseCopyable, Sendable {
  /// The number in records and in JSON, from 1.
  public let rawValue: UInt32

  @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }
  public init(_ number: Int) { rawValue = UInt32(truncatingIfNeeded: number) }

  /// The run's main thread.
  public static let main = ActorID(rawValue: 1)

  public static func < (left: ActorID, right: ActorID) -> Bool { left.rawValue < right.rawValue }

  /// The number as an array index.
  public var index: Int { Int(rawValue) }
}

/// The number of a shared object (a lock, a list, a pool …) in its run: 1, 2, 3 …
@frozen
public struct ObjectID: RawRepresentable, Hashable, Comparable, BitwiseCopyable, Sendable {
  /// The number in records and in JSON, from 1; a record writes 0 for no object.
  public let rawValue: UInt32

  @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }
  public init(_ number: Int) { rawValue = UInt32(truncatingIfNeeded: number) }

  public static func < (left: ObjectID, right: ObjectID) -> Bool {
    left.rawValue < right.rawValue
  }

  /// The number as an array index.
  public var index: Int { Int(rawValue) }
}
