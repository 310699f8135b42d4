import Events
import Glibc
import Platform
import TestRuns

/// What the kernel says of a run's threads, in this process and in its workers.
enum KernelRest {
  /// The threads that have started and not ended, by their processes.
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

  /// What does not sleep: a thread and the kernel's letter for its state.
  static func awake(_ threads: [(pid: Int32, tid: Int32)]) -> [String] {
    threads.compactMap { thread in
      let stat = TestBundle.read("/proc/\(thread.pid)/task/\(thread.tid)/stat") ?? ""
      let state = stat.split(separator: ")").last?.first { $0 != " " }
      return state == "S" ? nil : "\(thread.tid): \(state.map { "\($0)" } ?? "gone")"
    }
  }

  /// How often the threads have been switched to, in their order; each wake-up counts.
  static func switches(_ threads: [(pid: Int32, tid: Int32)]) -> [[String]] {
    threads.map { thread in
      let status = TestBundle.read("/proc/\(thread.pid)/task/\(thread.tid)/status") ?? ""
      return status.split(separator: "\n").filter { $0.contains("ctxt_switches") }.map(String.init)
    }
  }

  /// Whether all threads of a paused run sleep within a long while. Who rests may still be on its
  /// way into the kernel.
  static func sleep(_ threads: [(pid: Int32, tid: Int32)]) -> Bool {
    let end = MonotonicClock.now() + 20_000_000_000
    while !awake(threads).isEmpty, MonotonicClock.now() < end { sched_yield() }
    return awake(threads).isEmpty
  }
}
