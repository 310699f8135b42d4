import Events
import Glibc
import Platform
import TestRuns

/// The kernel's state of a run's threads, in this process and in its workers.
enum KernelRest {
  /// The threads that have started and not ended, with their processes.
  static func threads(of events: [Event]) -> [(pid: Int32, tid: Int32)] {
    var living: [ActorID: (pid: Int32, tid: Int32)] = [:]
    for event in events {
      switch event.kind {
      case .threadStart, .processStart: living[event.actor] = (event.pid, event.tid)
      case .threadExit, .processExit: living[event.actor] = nil
      default: break
      }
    }
    return Array(living.values)
  }

  /// The threads that do not sleep, with the kernel's letter for their state.
  static func awake(_ threads: [(pid: Int32, tid: Int32)]) -> [String] {
    threads.compactMap { thread in
      let stat = TestBundle.read("/proc/\(thread.pid)/task/\(thread.tid)/stat") ?? ""
      let state = stat.split(separator: ")").last?.first { $0 != " " }
      return state == "S" ? nil : "\(thread.tid): \(state.map { "\($0)" } ?? "gone")"
    }
  }

  /// The kernel's counts of the threads' context switches. Each wake-up counts.
  static func switches(_ threads: [(pid: Int32, tid: Int32)]) -> [[String]] {
    threads.map { thread in
      let status = TestBundle.read("/proc/\(thread.pid)/task/\(thread.tid)/status") ?? ""
      return status.split(separator: "\n").filter { $0.contains("ctxt_switches") }.map(String.init)
    }
  }

  /// Whether all threads of a paused run sleep within a long time. A thread at rest may not sleep in
  /// the kernel yet.
  static func sleep(_ threads: [(pid: Int32, tid: Int32)]) -> Bool {
    let end = MonotonicClock.now() + 20_000_000_000
    while !awake(threads).isEmpty, MonotonicClock.now() < end { sched_yield() }
    return awake(threads).isEmpty
  }
}
