import CPlatform
import Catalog
import Concurrency
import Demos
import Engine
import Glibc
import Trace

/// Runs all demos in one process, one after the other, and then the quick ones again and again:
/// nothing may gather in the process.
enum Soak {
  /// What a process has at one moment.
  private struct Holdings {
    let threads: Int
    let children: Int
    let descriptors: Int
    /// Resident bytes.
    let memory: Int

    /// What there is once the last run has been let go of altogether: its end is told a moment
    /// before the supervisor has closed what it had of the children, and the kernel may list a
    /// thread that has been joined.
    static func settled() -> Holdings {
      var last = now()
      for _ in 0..<20 {
        usleep(50_000)
        let next = now()
        let isCalm =
          next.children == 0 && next.descriptors == last.descriptors
          && next.threads == last.threads
        last = next
        if isCalm { break }
      }
      return last
    }

    private static func now() -> Holdings {
      Holdings(
        threads: ProcFile.names(in: "/proc/self/task").count, children: children(),
        descriptors: ProcFile.names(in: "/proc/self/fd").count, memory: Resident.bytes)
    }

    private static func children() -> Int {
      ProcFile.names(in: "/proc/self/task").reduce(0) { sum, task in
        sum + (ProcFile.text("/proc/self/task/\(task)/children") ?? "").split(separator: " ").count
      }
    }

    var told: String {
      "\(threads) threads, \(children) children, \(descriptors) descriptors, "
        + "\(memory / 1024) KB resident"
    }
  }

  /// A run that takes longer is not repeated, in ns.
  private static let quick: UInt64 = 1_000_000_000

  /// Returns whether all is as it was after the first round.
  static func run(rounds: Int) -> Bool {
    let catalog = DemoCatalog(cores: Int(lks_available_cores()))
    var repeated: [Demo] = []
    for demo in catalog.demos {
      let began = MonotonicClock.now()
      let outcome = run(demo)
      let time = MonotonicClock.now() - began
      if time < quick { repeated.append(demo) }
      print("\(demo.id): \(outcome), \(Row.number(Double(time) / 1e9)) s")
    }
    let first = Holdings.settled()
    print("after all \(catalog.demos.count) demos: \(first.told)")
    for round in 1...max(1, rounds) {
      for demo in repeated { _ = run(demo) }
      if round.isMultiple(of: 10) { print("after \(round) rounds: \(Holdings.settled().told)") }
    }
    let last = Holdings.settled()
    print("after \(rounds) rounds of the \(repeated.count) that take under a second: \(last.told)")
    let growth = Double(last.memory) / Double(max(1, first.memory))
    print("memory is \(Row.number(growth)) times what it was; the aim is at most 1.10")
    return last.threads <= first.threads && last.children <= first.children
      && last.descriptors <= first.descriptors && growth <= 1.1
  }

  private static func run(_ demo: Demo) -> String {
    final class Outcome: Sendable { let word = Guarded("no end") }
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
