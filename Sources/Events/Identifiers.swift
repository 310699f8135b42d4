/// The number of an actor, a thread or a process, within its run: 1, 2, 3 … in the order of
/// creation, so that two runs of one demo line up. 1 is the run's main thread.
public struct ActorID: RawRepresentable, Hashable, Comparable, BitwiseCopyable, Sendable {
  /// The number as it stands in a record and in JSON, from 1.
  public let rawValue: UInt32

  @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }
  public init(_ number: Int) { rawValue = UInt32(truncatingIfNeeded: number) }

  /// The thread that runs the demo's own body.
  public static let main = ActorID(rawValue: 1)

  public static func < (left: ActorID, right: ActorID) -> Bool { left.rawValue < right.rawValue }

  /// The number as an array index.
  public var index: Int { Int(rawValue) }

  /// The letters a learner knows the actor by, in every pane: the main thread has none of its
  /// own (`·`), actor 2 is A, 3 is B … 27 is Z, 28 is AA.
  public var letter: String {
    guard rawValue >= 2 else { return "·" }
    var rest = Int(rawValue) - 2
    var letters = ""
    repeat {
      letters.insert(Character(Unicode.Scalar(UInt8(65 + rest % 26))), at: letters.startIndex)
      rest = rest / 26 - 1
    } while rest >= 0
    return letters
  }
}

/// The number of something that actors share, a lock, a list, a pool, within its run: 1, 2, 3 …
@frozen
public struct ObjectID: RawRepresentable, Hashable, Comparable, BitwiseCopyable, Sendable {
  /// The number as it stands in a record and in JSON, from 1; a record writes 0 for no object.
  public let rawValue: UInt32

  @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }
  public init(_ number: Int) { rawValue = UInt32(truncatingIfNeeded: number) }

  public static func < (left: ObjectID, right: ObjectID) -> Bool {
    left.rawValue < right.rawValue
  }

  /// The number as an array index.
  public var index: Int { Int(rawValue) }
}
