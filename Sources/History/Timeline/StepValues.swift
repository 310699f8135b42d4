import Events

extension LaneCell: StepValue {
  /// From the top: a byte for the rank, a byte for the case, and 48 bits for what belongs to it;
  /// of a task 17 for the pool and 31 for the number. Greater numbers than these come from damaged
  /// recordings, and are cut.
  var packed: UInt64 {
    let (form, rest): (UInt64, UInt64) =
      switch self {
      case .blank: (0, 0)
      case .starting: (1, 0)
      case .asleep: (2, 0)
      case .running: (3, 0)
      case .task(let pool, let number):
        (4, UInt64(pool.rawValue & 0x1FFFF) << 31 | UInt64(Int32(clamping: max(0, number))))
      case .waiting(let reason): (5, UInt64(reason.rawValue))
      case .holding(let object): (6, UInt64(object.rawValue))
      }
    return UInt64(rank) << 56 | form << 48 | rest
  }

  init(packed: UInt64) {
    let rest = packed & (1 << 48 - 1)
    switch packed >> 48 & 0xFF {
    case 1: self = .starting
    case 2: self = .asleep
    case 3: self = .running
    case 4:
      self = .task(
        pool: ObjectID(rawValue: UInt32(rest >> 31)), number: Int(rest & (1 << 31 - 1)))
    case 5: self = WaitReason(rawValue: Int64(rest)).map { .waiting($0) } ?? .blank
    case 6: self = .holding(ObjectID(rawValue: UInt32(truncatingIfNeeded: rest)))
    default: self = .blank
    }
  }

  static func rank(packed: UInt64) -> Int64 { Int64(packed >> 56) }
}

/// Who holds a lock; an actor's number is never 0.
extension ActorID?: StepValue {
  var packed: UInt64 { UInt64(self?.rawValue ?? 0) }

  init(packed: UInt64) {
    self = packed == 0 ? nil : ActorID(rawValue: UInt32(truncatingIfNeeded: packed))
  }

  static func rank(packed: UInt64) -> Int64 { packed == 0 ? 0 : 1 }
}

/// A size or a measured number; the greatest tells the most.
extension Int: StepValue {
  var packed: UInt64 { UInt64(bitPattern: Int64(self)) }
  init(packed: UInt64) { self = Int(Int64(bitPattern: packed)) }
  static func rank(packed: UInt64) -> Int64 { Int64(bitPattern: packed) }
}
