import CPlatform
import Catalog
import Concurrency
import Demos
import Engine
import Events
import Glibc
import Platform

/// Runs all demos in one process, then repeats the fast ones, and checks for leaks.
enum Soak {
  /// The resources of this process at one moment.
  private struct Resources {
    let threads: Int
    let children: Int
    let descriptors: Int
    /// The resident bytes.
    let memory: Int

    /// The resources after the last run has released everything.
    ///
    /// A run reports its end shortly before the supervisor closes its descriptors of the children,
    /// and the kernel may still list a joined thread.
    static func settled() -> Resources {
      var last = now()
      for _ in 0..<20 {
        usleep(50_000)
        let next = now()
        let isStable =
          next.children == 0 && next.descriptors == last.descriptors
          && next.threads == last.threads
        last = next
        if isStable { break }
      }
      return last
    }

    private static func now() -> Resources {
      Resources(
        threads: ProcFile.names(in: "/proc/self/task").count, children: children(),
        descriptors: ProcFile.names(in: "/proc/self/fd").count, memory: Resident.bytes)
    }

    private static func children() -> Int {
      ProcFile.names(in: "/proc/self/task").reduce(0) { sum, task in
        sum + (ProcFile.text("/proc/self/task/\(task)/children") ?? "").split(separator: " ").count
      }
    }

    var summary: String {
      "\(threads) threads, \(children) children, \(descriptors) descriptors, "
        + "\(memory / 1024) KB resident"
    }
  }

  /// The longest run that is repeated, in ns.
  private static let limit: UInt64 = 1_000_000_000

  /// Returns whether the process has no more resources than after the first round.
  static func run(rounds: Int) -> Bool {
    let catalog = DemoCatalog(cores: Int(lks_available_cores()))
    var repeated: [Demo] = []
    for demo in catalog.demos {
      let began = MonotonicClock.now()
      let outcome = run(demo)
      let time = MonotonicClock.now() - began
      if time < limit { repeated.append(demo) }
      print("\(demo.id): \(outcome), \(Row.number(Double(time) / 1e9)) s")
    }
    let first = Resources.settled()
    print("after all \(catalog.demos.count) demos: \(first.summary)")
    for round in 1...max(1, rounds) {
      for demo in repeated { _ = run(demo) }
      if round.isMultiple(of: 10) { print("after \(round) rounds: \(Resources.settled().summary)") }
    }
    let last = Resources.settled()
    print("after \(rounds) rounds of the \(repeated.count) demos under a second: \(last.summary)")
    let growth = Double(last.memory) / Double(max(1, first.memory))
    print("memory grew by a factor of \(Row.number(growth)); the aim is at most 1.10")
    return last.threads <= first.threads && last.children <= first.children
      && last.descriptors <= first.descriptors && growth <= 1.1
  }

  private static func run(_ demo: Demo) -> String {
    final class Outcome: Sendable { let word = Guarded("not finished") }
    let outcome = Outcome()
    let request = RunRequest(demo: demo, arguments: demo.defaults)
    let run = try? LiveRun(
      RunConfiguration(
        request: request, listing: [], version: "bench", cores: Int(lks_available_cores())),
      deliver: { events in
        if let word = events.last?.runOutcome?.word { outcome.word.withLock { $0 = word } }
      })
    run?.wait()
    return outcome.word.withLock { $0 }
  }
}
