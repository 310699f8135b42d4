import Events

/// The state of a run's clock in one word. All processes of the run see a change immediately, and a
/// process that is killed during a change leaves a valid state.
///
/// Two bits hold the phase, three the speed. The rest counts quarters of a nanosecond, so that the
/// count is exact at every speed; it lasts for two years.
struct ClockWord: Equatable {
  let bits: UInt64

  enum Phase: UInt64 {
    case stopped, running
    /// It stops as soon as the run is at rest.
    case runningUntilRest
    /// It is being stopped, but its time is not set yet. The next reader sets it.
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

  /// A clock that starts with the run.
  init(startingAt speed: RunSpeed) { self.init(.running, speed, 0) }

  var phase: Phase { Phase(rawValue: bits & Self.phaseMask) ?? .stopped }

  /// Whether it is running, until rest or not.
  @inline(__always)
  var isRunning: Bool { (bits & Self.phaseMask) &- 1 < 2 }

  private var speedBits: UInt64 { bits >> Self.speedShift & Self.speedMask }

  var speed: RunSpeed { RunSpeed(rawValue: Int64(speedBits)) ?? .normal }

  /// The run's time if the clock is stopped; else how far the run's time is behind the real time
  /// since its start, at the clock's speed.
  private var count: Int64 { Int64(bitPattern: bits) >> Self.countShift }

  /// The same as `RunSpeed.quarters`, but quick enough for each event. The quarters are powers of
  /// two in the order of the speeds; only the last speed, unlimited, has those of the third.
  @inline(__always)
  private func quarters(of elapsed: UInt64) -> Int64 {
    Int64(bitPattern: elapsed &<< (speedBits == 5 ? 2 : speedBits))
  }

  /// The run's time in quarters of a nanosecond.
  @inline(__always)
  private func time(quartersAt elapsed: UInt64) -> Int64 {
    isRunning || phase == .stopping ? quarters(of: elapsed) &- count : count
  }

  /// The run's time in nanoseconds.
  /// - Parameter elapsed: real nanoseconds since the run's start.
  @inline(__always)
  func time(at elapsed: UInt64) -> UInt64 {
    UInt64(bitPattern: time(quartersAt: elapsed) >> 2)
  }

  /// How many real nanoseconds a running clock needs to reach a time, rounded up; 0 if it has
  /// reached it.
  func machineTime(until time: UInt64, at elapsed: UInt64) -> UInt64 {
    let left = Int64(clamping: time) &* 4 &- self.time(quartersAt: elapsed)
    guard left > 0 else { return 0 }
    return (UInt64(left) &+ speed.quarters &- 1) / speed.quarters
  }

  // MARK: Changes

  /// The clock begins to stop.
  var stopping: ClockWord { ClockWord(.stopping, speed, count) }

  /// The clock stops at its time of this moment.
  func stopped(at elapsed: UInt64) -> ClockWord {
    ClockWord(.stopped, speed, time(quartersAt: elapsed))
  }

  /// The clock runs on from its time of this moment.
  func running(at elapsed: UInt64, untilRest: Bool) -> ClockWord {
    let phase = untilRest ? Phase.runningUntilRest : .running
    // A running clock keeps its count, so that it loses no time.
    if isRunning { return ClockWord(phase, speed, count) }
    return ClockWord(phase, speed, quarters(of: elapsed) &- time(quartersAt: elapsed))
  }

  /// The clock moves ahead to a time, unless it has reached that already.
  func advanced(to time: UInt64, at elapsed: UInt64) -> ClockWord {
    let ahead = Int64(clamping: time) &* 4 &- self.time(quartersAt: elapsed)
    guard ahead > 0 else { return self }
    return ClockWord(phase, speed, isRunning ? count &- ahead : count &+ ahead)
  }

  /// The stopped clock gets another speed.
  func with(_ speed: RunSpeed) -> ClockWord { ClockWord(phase, speed, count) }
}
