import Glibc
import Platform

/// How busy the machine's cores are, and how much of that is this program.
struct CoreUse {
  /// The CPU time of all programs since the machine's start, in nanoseconds.
  private let all: UInt64
  private let own: UInt64
  private let time: UInt64

  private static let second: UInt64 = 1_000_000_000

  /// The figures now.
  init() {
    all = Self.busyTime()
    own = Self.ownTime
    // Not the run's clock, which stops during a pause.
    time = MonotonicClock.now()
  }

  /// The CPU time of this program and of all its children, dead or alive, in nanoseconds.
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

  /// The CPU time of all children that have ended, in nanoseconds.
  static var childrenTime: UInt64 { cpuTime(of: RUSAGE_CHILDREN) }

  /// The percentage of all cores that other programs used until `later`, or nil if the time is too
  /// short for the kernel's clock ticks of 10 ms.
  func takenByOthers(until later: CoreUse, cores: Int) -> Int? {
    let capacity = (later.time - time) * UInt64(cores)
    guard capacity > Self.second / 4 else { return nil }
    let busy = later.all - min(all, later.all)
    let mine = later.own - min(own, later.own)
    return Int((busy - min(mine, busy)) * 100 / capacity)
  }

  /// The CPU time of the children that are alive, in nanoseconds. The first figure of a process's
  /// schedstat counts its first thread only; no measured process computes on another one.
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
