public import Events
import Glibc
import Platform
import Synchronization

/// The shared words of a run's clock. A reading takes one system clock reading and a few loads.
///
/// `@unchecked Sendable`: the pointers never change and point to atomics. They point into the run's
/// memory, which every owner of a face keeps alive.
struct ClockFace: @unchecked Sendable {
  /// A `ClockWord`.
  let word: UnsafeMutablePointer<Atomic<UInt64>>
  /// The monotonic clock's time at the run's start.
  let epoch: UnsafeMutablePointer<Atomic<UInt64>>

  @inline(__always)
  var elapsed: UInt64 { MonotonicClock.now() &- epoch.pointee.load(ordering: .relaxed) }

  @inline(__always)
  func load() -> ClockWord { ClockWord(bits: word.pointee.load(ordering: .sequentiallyConsistent)) }

  /// The run's time in nanoseconds. If the clock changes during the reading, the reading is
  /// repeated, so that no thread reads an earlier time than another has read before.
  @inline(__always)
  func now() -> UInt64 {
    while true {
      let word = load()
      guard word.isRunning else { return stoppedTime() }
      let time = word.time(at: elapsed)
      if load() == word { return time }
    }
  }

  @inline(never)
  private func stoppedTime() -> UInt64 {
    while true {
      let word = settled()
      if word.phase == .stopped { return word.time(at: 0) }
      let time = word.time(at: elapsed)
      if load() == word { return time }
    }
  }

  /// The clock's word; completes a stop that another thread began. The time is read after the stop
  /// began, so no thread has read a later one.
  func settled() -> ClockWord {
    while true {
      let word = load()
      guard word.phase == .stopping else { return word }
      _ = change(word, to: word.stopped(at: elapsed))
    }
  }

  /// Replaces a word by another; false if the word has changed in the meantime.
  func change(_ word: ClockWord, to new: ClockWord) -> Bool {
    self.word.pointee.compareExchange(
      expected: word.bits, desired: new.bits, ordering: .sequentiallyConsistent
    ).exchanged
  }
}

/// A run's clock, which its sleeps, waits and events use: the monotonic clock without pauses, at
/// the chosen speed. It is in the run's memory, so that worker processes read the same time.
public struct RunClock: Sendable {
  let memory: RunMemory

  var face: ClockFace { memory.face }

  /// The run's time in nanoseconds. It never goes back, on any thread.
  public func now() -> UInt64 { face.now() }

  /// The clock's speed, also while it is stopped.
  public var speed: RunSpeed { face.load().speed }

  /// Stops the clock.
  public func freeze() {
    while case let word = face.settled(), word.isRunning {
      _ = face.change(word, to: word.stopping)
    }
  }

  /// Stops a clock that runs until rest, unless it has changed since `word` was read.
  /// - Returns: whether this call stopped it.
  func freeze(_ word: ClockWord) -> Bool {
    guard word.phase == .runningUntilRest, face.change(word, to: word.stopping) else {
      return false
    }
    _ = face.settled()
    return true
  }

  /// Lets the clock run on.
  /// - Parameter untilRest: whether the clock stops as soon as the run is at rest.
  public func thaw(untilRest: Bool = false) {
    while case let word = face.settled(),
      !face.change(word, to: word.running(at: face.elapsed, untilRest: untilRest))
    {}
  }

  /// Moves the clock ahead, as a step does to end the earliest sleep. It never goes back.
  public func advance(to time: UInt64) {
    while case let word = face.settled(),
      !face.change(word, to: word.advanced(to: time, at: face.elapsed))
    {}
  }

  /// Changes the clock's speed. Actors that sleep by the clock must then check it again. Only the
  /// run's controller calls this, one call at a time.
  func setSpeed(_ speed: RunSpeed) {
    let phase = face.settled().phase
    freeze()
    while case let word = face.settled(), !face.change(word, to: word.with(speed)) {}
    if phase != .stopped { thaw(untilRest: phase == .runningUntilRest) }
  }
}
