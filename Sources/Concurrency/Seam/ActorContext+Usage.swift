import CPlatform
import Events
import Glibc
import Platform
import Rings

extension ActorContext {
  /// The shortest time between two samples of an actor, in nanoseconds.
  private static let samplingPeriod: UInt64 = 100_000_000

  /// Records the actor's usage if the last sample is old enough. Actors call it before they wait and
  /// while they compute.
  public func recordUsageIfDue() {
    guard MonotonicClock.now() &- lastSample >= Self.samplingPeriod else { return }
    recordUsage()
  }

  /// Records the actor's CPU time, its current core, and a process's resident memory.
  /// - Returns: the core's number in the kernel, or -1 if it is not known.
  @discardableResult
  public func recordUsage() -> Int {
    lastSample = MonotonicClock.now()
    var sample = EventRecord(.sample)
    sample[EventField.cpu.slot] = Int64(lks_thread_cpu_time())
    let core = Int(lks_current_core())
    sample[EventField.core.slot] = Int64(core)
    sample[EventField.memory.slot] = isProcess ? Self.residentBytes() : nil
    record(sample)
    return core
  }

  /// Whether the calling thread is a process's first thread, which has the process's number.
  private var isProcess: Bool { lks_gettid() == getpid() }

  private static func residentBytes() -> Int64? {
    ProcFile.number("/proc/self/statm", word: 1).map { $0 * Int64(sysconf(Int32(_SC_PAGESIZE))) }
  }
}

extension Run {
  /// Records the calling actor's usage.
  /// - Returns: the number of its current core, or -1 if it is not known.
  public func recordUsage() throws(RunStopped) -> Int {
    let actor = ActorContext.current
    try actor.gate()
    return actor.recordUsage()
  }
}
