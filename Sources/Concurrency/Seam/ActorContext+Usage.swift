import CPlatform
import Events
import Glibc
import Platform
import Rings

extension ActorContext {
  /// At most every so many nanoseconds an actor records what it has used.
  private static let samplingPeriod: UInt64 = 100_000_000

  /// Records what the actor has used, if it is time: before it waits, and while it computes.
  public func recordUsageIfDue() {
    guard MonotonicClock.now() &- lastSample >= Self.samplingPeriod else { return }
    recordUsage()
  }

  /// Records the CPU time that the actor has used, the core that it is on, and, of a process,
  /// its resident memory.
  /// - Returns: that core, from 0, as the kernel numbers them; -1 where it does not tell.
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

  /// A process's only actor is its first thread, whose number is the process's.
  private var isProcess: Bool { lks_gettid() == getpid() }

  private static func residentBytes() -> Int64? {
    ProcFile.number("/proc/self/statm", word: 1).map { $0 * Int64(sysconf(Int32(_SC_PAGESIZE))) }
  }
}

extension Run {
  /// Looks on which core the calling actor is, and records it with what the actor has used.
  /// - Returns: the core's number, from 0; -1 where the kernel does not tell.
  public func look() throws(RunStopped) -> Int {
    let actor = ActorContext.current
    try actor.gate()
    return actor.recordUsage()
  }
}
