public import Events
import Glibc
import Platform
import Testing

/// What a run could leave behind in the process.
public enum Remains {
  /// The descriptors that only runs open: their memory, their connections, their children.
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

  /// The descriptors, once there are no more than so many; or what there are after a long while.
  /// The supervisor lets go of a child a moment after its run has seen it end.
  public static func descriptors(atMost count: Int) -> Int {
    settled {
      descriptors().count
    } while: {
      $0 > count
    }
  }

  /// The run's threads and children that are still there; empty when all is well. A thread that
  /// has been joined may stay in the kernel's list for a moment.
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

  /// Looks again and again, for a long while, as long as what is found is not yet as wanted.
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
