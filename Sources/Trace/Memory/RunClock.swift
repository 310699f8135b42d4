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

/// The clock by which a run sleeps and waits: the monotonic clock less the time spent paused.
/// It lives in the run's memory, so that worker processes read the same time.
public struct RunClock: Sendable {
  let memory: RunMemory

  /// In `frozenAt` while the clock is being stopped and it is not yet known where.
  private static let freezing = UInt64.max

  /// Nanoseconds of unpaused time since the run's start. Never less than it was before, on
  /// whatever thread: a reading during which the clock was stopped or let go is taken again.
  public func now() -> UInt64 {
    while true {
      let origin = memory.origin.pointee.load(ordering: .sequentiallyConsistent)
      let frozen = memory.frozenAt.pointee.load(ordering: .sequentiallyConsistent)
      if frozen == Self.freezing {
        sched_yield()
        continue
      }
      if frozen != 0 { return frozen &- 1 }
      let time = MonotonicClock.now() &- origin
      if memory.frozenAt.pointee.load(ordering: .sequentiallyConsistent) == 0,
        memory.origin.pointee.load(ordering: .sequentiallyConsistent) == origin
      {
        return time
      }
    }
  }

  /// Whether the clock stands still, or is just being stopped, because the run is paused.
  public var isFrozen: Bool {
    memory.frozenAt.pointee.load(ordering: .acquiring) != 0
  }

  /// Stops the clock. Only the run's controller calls this, one call at a time.
  public func freeze() {
    guard !isFrozen else { return }
    memory.frozenAt.pointee.store(Self.freezing, ordering: .sequentiallyConsistent)
    // Read after the store, so that nobody has read a later time.
    let time = MonotonicClock.now() &- memory.origin.pointee.load(ordering: .relaxed)
    memory.frozenAt.pointee.store(time &+ 1, ordering: .sequentiallyConsistent)
  }

  /// Lets a stopped clock stand at a later time, as a step does to end the earliest sleep.
  public func advance(to time: UInt64) {
    guard isFrozen, time > now() else { return }
    memory.frozenAt.pointee.store(time &+ 1, ordering: .sequentiallyConsistent)
  }

  /// Lets a stopped clock go on from where it stands.
  public func thaw() {
    guard isFrozen else { return }
    memory.origin.pointee.store(
      MonotonicClock.now() &- now(), ordering: .sequentiallyConsistent)
    memory.frozenAt.pointee.store(0, ordering: .sequentiallyConsistent)
  }
}
