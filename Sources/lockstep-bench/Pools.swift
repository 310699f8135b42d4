import Catalog
import Concurrency
import Demos
import Engine
import Events
import Glibc
import Platform
import Trace

/// The time of the five pools of the pool-sizing demo, compared with CPython's
/// `multiprocessing.Pool`.
enum Pools {
  private static let rounds = 7

  private static let script = """
    import multiprocessing, time
    def square(n): return n * n
    if __name__ == "__main__":
        started = time.perf_counter()
        for size in range(1, 6):
            with multiprocessing.Pool(size) as pool:
                pool.map(square, range(1, 11)); pool.close(); pool.join()
        print(time.perf_counter() - started)
    """

  static func row() -> Row {
    var own: [Double] = []
    var python: [Double] = []
    for _ in 0..<rounds {
      if let time = ownMilliseconds() { own.append(time) }
      if let text = Programs.output(of: ["python3", "-c", script]), let seconds = Double(text) {
        python.append(seconds * 1000)
      }
    }
    return Row(
      name: "five pools, 1 to 5 processes", figure: "\(Row.number(own.median)) ms",
      peer: python.isEmpty ? "python3 not found" : "CPython, \(Row.number(python.median)) ms",
      ratio: own.isEmpty || python.isEmpty ? nil : own.median / python.median, aim: "at most 0.5")
  }

  private static func ownMilliseconds() -> Double? {
    final class Total: Sendable { let value = Guarded<Int64>(0) }
    let sum = Total()
    guard
      let request = try? RunRequest(words: ["pool-sizing"], in: DemoCatalog(cores: 2)),
      let run = try? LiveRun(
        RunConfiguration(request: request, listing: [], version: "bench", cores: 2),
        deliver: { events in
          for event in events where event.kind == .measure && event.name?.hasSuffix("total") == true
          {
            sum.value.withLock { $0 += event.value.flatMap { Int64($0) } ?? 0 }
          }
        })
    else { return nil }
    run.wait()
    return Double(sum.value.withLock { $0 }) / 1_000_000
  }
}
