public import Events
import Glibc
import Synchronization

/// The machine's monotonic clock, in nanoseconds.
public enum MonotonicClock {
  @inline(__always)
  public static func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(bitPattern: Int64(time.tv_sec)) &* 1_000_000_000
      &+ UInt64(bitPattern: Int64(time.tv_nsec))
  }
}

/// Where a run's clock is read: one reading of the machine's clock and a few loads.
///
/// `@unchecked Sendable`: the pointers never change and what they point to is atomic. They are into
/// the run's memory, which whoever has a face holds as well: a clock, a writer, the memory itself.
struct ClockFace: @unchecked Sendable {
  /// A `ClockWord`.
  let word: UnsafeMutablePointer<Atomic<UInt64>>
  /// CLOCK_MONOTONIC at the run's start.
  let epoch: UnsafeMutablePointer<Atomic<UInt64>>

  @inline(__always)
  var elapsed: UInt64 { MonotonicClock.now() &- epoch.pointee.load(ordering: .relaxed) }

  @inline(__always)
  func load() -> ClockWord { ClockWord(bits: word.pointee.load(ordering: .sequentiallyConsistent)) }

  /// Nanoseconds of the run. A reading during which the clock was changed is taken again, so that
  /// nobody reads less than somebody has read before.
  @inline(__always)
  func now() -> UInt64 {
    while true {
      let word = load()
      guard word.isGoing else { return standingTime() }
      let time = word.time(at: elapsed)
      if load() == word { return time }
    }
  }

  @inline(never)
  private func standingTime() -> UInt64 {
    while true {
      let word = settled()
      if word.phase == .standing { return word.time(at: 0) }
      let time = word.time(at: elapsed)
      if load() == word { return time }
    }
  }

  /// The word, once it is known where a clock stands that somebody stops. The time is read after
  /// it was seen to stop, so that nobody has read a later one.
  func settled() -> ClockWord {
    while true {
      let word = load()
      guard word.phase == .stopping else { return word }
      _ = change(word, to: word.standing(at: elapsed))
    }
  }

  /// Puts a word in the place of another; false when that is not there any more.
  func change(_ word: ClockWord, to new: ClockWord) -> Bool {
    self.word.pointee.compareExchange(
      expected: word.bits, desired: new.bits, ordering: .sequentiallyConsistent
    ).exchanged
  }
}

/// The clock by which a run sleeps and waits and its events tell the time: the monotonic clock less
/// the time spent paused, at the speed that was asked for. It lives in the run's memory, so that
/// worker processes read the same time.
public struct RunClock: Sendable {
  let memory: RunMemory

  private var face: ClockFace { memory.face }

  /// Nanoseconds of the run since its start. Never less than it was before, on whatever thread.
  public func now() -> UInt64 { face.now() }

  /// Whether the clock stands still because the run is paused, or has not begun.
  public var isFrozen: Bool { !face.load().isGoing }

  /// How fast the clock goes, or will go when it stands no more.
  public var speed: RunSpeed { face.load().speed }

  /// Stops the clock.
  public func freeze() {
    while case let word = face.settled(), word.isGoing {
      _ = face.change(word, to: word.stopping)
    }
  }

  /// Stops a clock that goes until the run rests, unless it was changed since it was looked at.
  /// Returns whether this call has done it.
  func freeze(_ word: ClockWord) -> Bool {
    guard word.phase == .goingUntilRest, face.change(word, to: word.stopping) else { return false }
    _ = face.settled()
    return true
  }

  /// Lets the clock go on from where it is.
  /// - Parameter untilRest: whether it is to stand as soon as nobody of the run does anything.
  public func thaw(untilRest: Bool = false) {
    while case let word = face.settled(),
      !face.change(word, to: word.going(at: face.elapsed, untilRest: untilRest))
    {}
  }

  /// Puts the clock forward, as a step does to end the earliest sleep. It never goes back.
  public func advance(to time: UInt64) {
    while case let word = face.settled(),
      !face.change(word, to: word.advanced(to: time, at: face.elapsed))
    {}
  }

  /// Has the clock go at another speed from now on. Who sleeps by it must look at it again. Only
  /// the run's controller calls this, one call at a time.
  func setSpeed(_ speed: RunSpeed) {
    let phase = face.settled().phase
    freeze()
    while case let word = face.settled(), !face.change(word, to: word.with(speed)) {}
    if phase != .standing { thaw(untilRest: phase == .goingUntilRest) }
  }
}
