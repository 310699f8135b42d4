import Glibc
import Trace

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
    own = Self.ownTime + Self.livingChildrenTime()
    // Not the run's clock: while that stands, the cores work on.
    time = MonotonicClock.now()
  }

  /// CPU time of this program and of all its children that have been reaped, in nanoseconds.
  static var ownTime: UInt64 { cpuTime(of: RUSAGE_SELF) + cpuTime(of: RUSAGE_CHILDREN) }

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

  /// CPU time of the children that still live, in nanoseconds: the first figure of their schedstat.
  private static func livingChildrenTime() -> UInt64 {
    guard let tasks = opendir("/proc/self/task") else { return 0 }
    defer { closedir(tasks) }
    var total: UInt64 = 0
    while let entry = readdir(tasks) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard !name.hasPrefix(".") else { continue }
      for child in firstLine(of: "/proc/self/task/\(name)/children").split(separator: " ") {
        let time = firstLine(of: "/proc/\(child)/schedstat").split(separator: " ").first
        total += time.flatMap { UInt64($0) } ?? 0
      }
    }
    return total
  }

  private static func firstLine(of path: String) -> String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 4096)
    guard fgets(&line, 4096, file) != nil else { return "" }
    let bytes = line.prefix { $0 != 0 && $0 != 10 }.map(UInt8.init(bitPattern:))
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func cpuTime(of who: __rusage_who) -> UInt64 {
    var usage = rusage()
    getrusage(__rusage_who_t(who.rawValue), &usage)
    let seconds = UInt64(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
    return seconds * second + UInt64(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1000
  }

  /// The first line of /proc/stat: user, nice, system, idle, iowait, irq, softirq, steal.
  private static func busyTime() -> UInt64 {
    guard let file = fopen("/proc/stat", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 512)
    guard fgets(&line, 512, file) != nil else { return 0 }
    let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    let ticks = text.split(separator: " ").dropFirst().prefix(8).map { UInt64($0) ?? 0 }
    guard ticks.count == 8 else { return 0 }
    let busy = ticks.reduce(0, +) - ticks[3] - ticks[4]
    return busy * (second / UInt64(max(1, sysconf(Int32(_SC_CLK_TCK)))))
  }
}
