import Glibc
import Platform

/// How much the machine's cores had to do between two moments, and for whom.
struct CoreUse {
  /// CPU time in nanoseconds that all programs have used since the machine's start.
  private let all: UInt64
  private let own: UInt64
  private let time: UInt64

  private static let second: UInt64 = 1_000_000_000

  /// The figures now.
  init() {
    all = Self.busyTime()
    own = Self.ownTime
    // Not the run's clock: while that stands, the cores work on.
    time = MonotonicClock.now()
  }

  /// CPU time of this program and of all its children, those that have been reaped and those that
  /// live, in nanoseconds.
  static var ownTime: UInt64 {
    while true {
      let reaped = childrenTime
      let living = livingChildrenTime()
      // A child that is reaped between the two readings is in neither, so read again.
      if childrenTime == reaped { return cpuTime(of: RUSAGE_SELF) + reaped + living }
    }
  }

  /// The CPU time since an earlier reading of `ownTime`. While the kernel reaps a child, a reading
  /// may count it twice, so a later reading may be less.
  static func ownTime(since earlier: UInt64) -> UInt64 {
    let now = ownTime
    return now - min(earlier, now)
  }

  /// CPU time of all children that have been reaped, in nanoseconds.
  static var childrenTime: UInt64 { cpuTime(of: RUSAGE_CHILDREN) }

  /// The percentage of all cores that other programs took since then; nil when the time was too
  /// short for the kernel's clock ticks of 10 ms to tell.
  func takenByOthers(until later: CoreUse, cores: Int) -> Int? {
    let capacity = (later.time - time) * UInt64(cores)
    guard capacity > Self.second / 4 else { return nil }
    let busy = later.all - min(all, later.all)
    let mine = later.own - min(own, later.own)
    return Int((busy - min(mine, busy)) * 100 / capacity)
  }

  /// CPU time of the children that still live, in nanoseconds: the first figure of their
  /// schedstat, which is their first thread's: what the engine measures computes on no other.
  private static func livingChildrenTime() -> UInt64 {
    var total: Int64 = 0
    for task in ProcFile.names(in: "/proc/self/task") {
      let children = ProcFile.text("/proc/self/task/\(task)/children") ?? ""
      for child in children.split(separator: " ") {
        total += ProcFile.number("/proc/\(child)/schedstat") ?? 0
      }
    }
    return UInt64(max(0, total))
  }

  private static func cpuTime(of who: __rusage_who) -> UInt64 {
    var usage = rusage()
    getrusage(__rusage_who_t(who.rawValue), &usage)
    let seconds = UInt64(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
    return seconds * second + UInt64(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1000
  }

  /// The first line of /proc/stat: user, nice, system, idle, iowait, irq, softirq, steal.
  private static func busyTime() -> UInt64 {
    let text = ProcFile.text("/proc/stat")?.prefix { $0 != "\n" } ?? ""
    let ticks = text.split(separator: " ").dropFirst().prefix(8).map { UInt64($0) ?? 0 }
    guard ticks.count == 8 else { return 0 }
    let busy = ticks.reduce(0, +) - ticks[3] - ticks[4]
    return busy * (second / UInt64(max(1, sysconf(Int32(_SC_CLK_TCK)))))
  }
}
