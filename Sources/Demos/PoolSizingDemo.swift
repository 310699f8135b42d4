import Catalog
import Concurrency
import Engine

/// Pools of different sizes square the same numbers. Each time includes creating the pool and
/// ending all its processes.
enum PoolSizingDemo: DemoBody {
  enum Line: String, ListingLine {
    case open =
      #"with Pool(processes=pool_size) as pool:  # the end of "with" only terminates the pool"#
    case map = "results = pool.map(square, numbers)"
    case join = "pool.join()  # so wait until every worker has ended"
    case print =
      #"f"Pool Size: {pool_size}, Time Taken: {elapsed_time:.4f} seconds, Results: {results}""#
  }

  static let workerBodies: [any WorkerBody] = [square]

  static func run(_ run: Run) throws {
    let arguments = run.arguments
    let before = CoreUse()
    var results: Set<[String]> = []
    for _ in 0..<arguments.integer("rounds") {
      for size in arguments.span("sizes") { results.insert(try measure(size, run)) }
    }
    let after = CoreUse()
    if let percent = before.takenByOthers(until: after, cores: run.cores) {
      try run.measure("cores taken by others", Int64(percent), unit: "%")
    }
    try run.result("list of results", sentence(results))
  }

  /// The results of all pools, if they are the same; the first and the last ones of many.
  private static func sentence(_ results: Set<[String]>) -> String {
    guard results.count == 1, let list = results.first else { return "differ between the pools" }
    let shown = list.count <= 10 ? list : list.prefix(6) + ["…"] + list.suffix(1)
    return shown.joined(separator: " ") + ", the same each time"
  }

  private static func measure(_ size: Int, _ run: Run) throws -> [String] {
    let inputs = (1...run.arguments.integer("tasks")).map(String.init)
    let work = run.arguments.nanoseconds("work")
    let cpuBefore = CoreUse.childrenTime
    let started = run.now()
    run.at(Line.open)
    let pool = try ProcessPool(
      "pool \(size)", size: size, body: square, arguments: ["\(work)"], in: run)
    let opened = run.now()
    run.at(Line.map)
    let results = try pool.map(inputs)
    let mapped = run.now()
    run.at(Line.join)
    try pool.close()
    let closed = run.now()
    let cpu = CoreUse.childrenTime - cpuBefore
    try run.measure("size \(size) cpu", Int64(cpu), unit: "ns", object: pool.id)
    for (phase, from, to) in [
      ("create", started, opened), ("map", opened, mapped), ("close", mapped, closed),
      ("total", started, closed),
    ] {
      try run.measure("size \(size) \(phase)", Int64(to - from), unit: "ns", object: pool.id)
    }
    run.at(Line.print)
    let list = results.joined(separator: ", ")
    try run.output(
      "Pool Size: \(size), Time Taken: \(seconds(closed - started)) seconds, Results: [\(list)]")
    return results
  }

  /// Seconds with four decimal places.
  private static func seconds(_ nanoseconds: UInt64) -> String {
    let tenthsOfMilliseconds = (nanoseconds + 50_000) / 100_000
    let fraction = "\(tenthsOfMilliseconds % 10_000)"
    let zeros = String(repeating: "0", count: 4 - fraction.count)
    return "\(tenthsOfMilliseconds / 10_000).\(zeros)\(fraction)"
  }

  /// Uses the CPU time of the pool's argument, then squares a number.
  static let square = PoolBody("pool-sizing.square") { input, arguments, run in
    guard let work = arguments.first.flatMap(UInt64.init), let number = Int64(input) else {
      throw RaisedException.unreadable([input] + arguments)
    }
    try BusyWork.compute(for: work, run)
    return "\(number * number)"
  }
}
