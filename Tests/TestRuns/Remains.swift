internal import CPlatform
public import Events
import Glibc
import Platform
import Testing

/// Descriptors, threads and processes that a run could leave behind.
public enum Remains {
  /// The open descriptors that only runs use: memory, sockets and pidfds.
  public static func descriptors() -> [String] {
    ProcFile.names(in: "/proc/self/fd").compactMap { name in
      var target = [CChar](repeating: 0, count: 256)
      let count = readlink("/proc/self/fd/\(name)", &target, target.count)
      let text = String(
        decoding: target.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
      return ["/memfd:lockstep-run", "socket:", "anon_inode:[pidfd]"]
        .contains { text.hasPrefix($0) } ? text : nil
    }
  }

  /// The number of these descriptors. Waits for a while until it is at most `count`, because the
  /// supervisor releases a child a moment after its run has ended.
  public static func descriptors(atMost count: Int) -> Int {
    settled {
      descriptors().count
    } while: {
      $0 > count
    }
  }

  /// The resident bytes of this process, after returning free memory to the kernel.
  public static func memory() -> Int64? {
    lks_trim_memory()
    return ProcFile.text("/proc/self/status").flatMap { ProcFile.bytes("VmRSS", in: $0) }
  }

  /// The run's threads and processes that still exist. Waits for a while, because the kernel may
  /// still list a thread that has been joined.
  public static func actors(of events: [Event]) -> [String] {
    let own = getpid()
    let threads = Set(events.filter { $0.pid == own && $0.actor.rawValue > 0 }.map(\.tid))
    let processes = Set(events.map(\.pid)).subtracting([own, 0])
    let look = {
      threads.filter { access("/proc/self/task/\($0)", F_OK) == 0 }.map { "thread \($0)" }
        + processes.filter { waitpid($0, nil, WNOHANG) != -1 || errno != ECHILD }
        .map { "process \($0)" }
    }
    return settled(look) { !$0.isEmpty }
  }

  /// Repeats a check for a while until its result is settled.
  private static func settled<Found>(_ look: () -> Found, while isUnsettled: (Found) -> Bool)
    -> Found
  {
    let end = MonotonicClock.now() + 20_000_000_000
    var found = look()
    while isUnsettled(found), MonotonicClock.now() < end {
      sched_yield()
      found = look()
    }
    return found
  }
}
