import Events

/// What a run's clock does, as one word: all processes of the run see it change as a whole, and
/// whoever is killed while it changes the clock leaves it whole.
///
/// Two bits say what the clock does, three at what speed, and the rest counts quarters of a
/// nanosecond, of which each speed makes a whole number: 2 years of them.
struct ClockWord: Equatable {
  let bits: UInt64

  enum Phase: UInt64 {
    case standing, going
    /// It stands as soon as nobody of the run does anything.
    case goingUntilRest
    /// It is to stand, and it is not yet known where: whoever finds it so says it.
    case stopping
  }

  private static let phaseMask: UInt64 = 0b11
  private static let speedMask: UInt64 = 0b111
  private static let speedShift: UInt64 = 2
  private static let countShift: Int64 = 5

  init(bits: UInt64) { self.bits = bits }

  private init(_ phase: Phase, _ speed: RunSpeed, _ count: Int64) {
    bits =
      phase.rawValue | UInt64(speed.rawValue) << Self.speedShift
      | UInt64(bitPattern: count &<< Self.countShift)
  }

  /// A clock that begins to go with the run.
  init(startingAt speed: RunSpeed) { self.init(.going, speed, 0) }

  var phase: Phase { Phase(rawValue: bits & Self.phaseMask) ?? .standing }

  /// Whether it goes, until the run rests or not.
  @inline(__always)
  var isGoing: Bool { (bits & Self.phaseMask) &- 1 < 2 }

  private var speedBits: UInt64 { bits >> Self.speedShift & Self.speedMask }

  var speed: RunSpeed { RunSpeed(rawValue: Int64(speedBits)) ?? .normal }

  /// Of a clock that stands, the run's time; of one that goes, how far that is behind the machine's
  /// since the run's start.
  private var count: Int64 { Int64(bitPattern: bits) >> Self.countShift }

  /// The same as the speed's own `quarters`, quick enough for each event: they are powers of two in
  /// the order of the speeds, but for the last, which is that of the third.
  @inline(__always)
  private func quarters(of elapsed: UInt64) -> Int64 {
    Int64(bitPattern: elapsed &<< (speedBits == 5 ? 2 : speedBits))
  }

  /// The run's time in quarters of a nanosecond.
  @inline(__always)
  private func time(quartersAt elapsed: UInt64) -> Int64 {
    isGoing || phase == .stopping ? quarters(of: elapsed) &- count : count
  }

  /// The run's time in nanoseconds.
  /// - Parameter elapsed: nanoseconds of the machine since the run's start.
  @inline(__always)
  func time(at elapsed: UInt64) -> UInt64 {
    UInt64(bitPattern: time(quartersAt: elapsed) >> 2)
  }

  /// How many nanoseconds of the machine a clock that goes needs to reach a time, rounded up; 0
  /// where it has reached it.
  func machineTime(until time: UInt64, at elapsed: UInt64) -> UInt64 {
    let left = Int64(clamping: time) &* 4 &- self.time(quartersAt: elapsed)
    guard left > 0 else { return 0 }
    return (UInt64(left) &+ speed.quarters &- 1) / speed.quarters
  }

  // MARK: What it becomes

  /// One that goes begins to stop.
  var stopping: ClockWord { ClockWord(.stopping, speed, count) }

  /// One that is stopping stands where it is at this moment.
  func standing(at elapsed: UInt64) -> ClockWord {
    ClockWord(.standing, speed, time(quartersAt: elapsed))
  }

  /// It goes from where it is at this moment.
  func going(at elapsed: UInt64, untilRest: Bool) -> ClockWord {
    let phase = untilRest ? Phase.goingUntilRest : .going
    // One that goes already does so from where it began, so that nothing of its time is lost.
    if isGoing { return ClockWord(phase, speed, count) }
    return ClockWord(phase, speed, quarters(of: elapsed) &- time(quartersAt: elapsed))
  }

  /// It is at a later time at this moment; the same where it has reached that already.
  func advanced(to time: UInt64, at elapsed: UInt64) -> ClockWord {
    let ahead = Int64(clamping: time) &* 4 &- self.time(quartersAt: elapsed)
    guard ahead > 0 else { return self }
    return ClockWord(phase, speed, isGoing ? count &- ahead : count &+ ahead)
  }

  /// One that stands will go at another speed.
  func with(_ speed: RunSpeed) -> ClockWord { ClockWord(phase, speed, count) }
}
