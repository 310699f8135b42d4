import Catalog
import Concurrency
import Engine
import Glibc
import Trace

/// A server process keeps a list and a dictionary, and other processes use them through messages.
/// An update of two calls is lost if another process comes between. A change of a copy is always
/// lost.
enum ManagerDemo: DemoBody {
  enum Line: String, ListingLine {
    case open = "with multiprocessing.Manager() as manager:"
    case zero = #"counts["hits"] = 0"#
    case emptyRow = #"counts["row"] = []"#
    case start = "worker.start()"
    case look = #"value = counts["hits"]  # one call"#
    case put = #"counts["hits"] = value + 1  # another: other processes may come between"#
    case append = "numbers.append(os.getpid())"
    case join = "worker.join()"
    case nested = #"counts["row"].append(1)  # changes a copy, which nobody keeps"#
    case left = #"print(f"{counts['row']} is left of the row")"#
    case report = #"print(f"hits {counts['hits']}, lost {lost}, numbers {list(numbers)}")"#
  }

  static let workerBodies: [any WorkerBody] = [update]

  private static let hits = "hits"
  private static let row = "row"
  /// The number of calls of each kind in each round of the comparison.
  private static let timedCalls = 50
  private static let rounds = 5

  static func run(_ run: Run) throws {
    let count = run.arguments.integer("workers")
    run.at(Line.open)
    let manager = try Manager("manager", clients: count, in: run)
    let counts = DictionaryProxy(name: "counts", connection: manager.connection)
    run.at(Line.zero)
    try counts.set(hits, to: .number(0))
    run.at(Line.emptyRow)
    try counts.set(row, to: .list([]))
    let startLine = try Barrier.shared("start line", parties: count, in: run)
    run.at(Line.start)
    let workers = try (0..<count).map { number in
      let (handle, descriptor) = manager.client(number)
      return try run.process(
        "worker-\(number + 1)", body: update, arguments: [handle, startLine.handle ?? ""],
        passing: [descriptor])
    }
    manager.closeClientEnds()
    run.at(Line.join)
    for worker in workers { try worker.finish(in: run) }
    let rowLeft = try changeACopy(counts, run)
    let comparison = try compare(counts, run)
    run.at(Line.report)
    let numbers = try ListProxy(name: "numbers", connection: manager.connection).contents()
    guard case .number(let counted) = try counts.value(of: hits) else { return }
    let calls = try manager.connection.callCount()
    run.at(Line.open)
    try manager.shutdown()
    try report(
      run, manager: manager, workers: numbers, counted: counted, calls: calls, row: rowLeft,
      comparison)
  }

  /// The work of each process: counts with two calls at a time, and appends its pid to the list.
  static let update = ProcessBody("manager.update") { run, arguments in
    guard arguments.count == 2 else {
      throw run.raise(.unreadable(arguments))
    }
    let connection = try ManagerConnection.attached(arguments[0], in: run)
    let counts = DictionaryProxy(name: "counts", connection: connection)
    try Barrier.attached(arguments[1], in: run).wait()
    for _ in 0..<run.arguments.integer("updates") {
      run.at(Line.look)
      guard case .number(let value) = try counts.value(of: hits) else { return }
      run.at(Line.put)
      try counts.set(hits, to: .number(value + 1))
    }
    run.at(Line.append)
    try ListProxy(name: "numbers", connection: connection).append(Int64(getpid()))
  }

  /// Appends to the list that a call returned. Returns the list of the next call.
  private static func changeACopy(_ counts: DictionaryProxy, _ run: Run) throws -> String {
    run.at(Line.nested)
    guard case .list(var copy) = try counts.value(of: row) else { return "" }
    copy.append(1)
    run.at(Line.left)
    let left = try counts.value(of: row).text
    try run.output("\(left) is left of the row")
    try run.result("the row after an append of 1", left)
    return left
  }

  /// Compares a read through a call with a read of shared memory.
  private static func compare(_ counts: DictionaryProxy, _ run: Run) throws -> Comparison {
    run.at(Line.look)
    try run.output("timing a read through a call and a read of shared memory")
    let shared = try SharedVariable.shared("a shared number", in: run)
    let comparison = try Comparison(
      [
        Comparison.Arm("manager") {
          for _ in 0..<timedCalls { _ = try counts.value(of: hits) }
        },
        Comparison.Arm("shared memory") { for _ in 0..<timedCalls { _ = try shared.read() } },
      ], rounds: rounds, in: run
    ) { _ = try counts.value(of: hits) }
    for times in comparison.times {
      for wall in times.wall {
        try run.measure("\(times.name): one read", wall / Int64(timedCalls), unit: "ns")
      }
    }
    return comparison
  }

  private static func report(
    _ run: Run, manager: Manager, workers: [Int64], counted: Int64, calls: Int, row: String,
    _ comparison: Comparison
  ) throws {
    let expected = Int64(workers.count * run.arguments.integer("updates"))
    let lost = expected - counted
    try run.output("hits \(counted), lost \(lost), numbers \(ManagerValue.list(workers).text)")
    try run.result("updates made", "\(expected)")
    try run.result("updates lost", "\(lost)")
    try run.result("calls", "\(calls)")
    let read = { (arm: String) in
      ValueText.duration(comparison[arm].median / Int64(timedCalls))
    }
    let meaning =
      if workers.count == 1 {
        "no process came between its two calls"
      } else if lost == 0 {
        "that is luck, because each is two calls"
      } else {
        "each is two calls, and other processes came between"
      }
    try run.conclude(
      "server pid \(manager.server.pid) answered \(calls) calls; \(lost) of \(expected) updates "
        + "lost: \(meaning); after a 1 was appended to a copy of the row, the row is \(row); a "
        + "read took \(read("manager")) through a call and \(read("shared memory")) from shared memory"
    )
  }
}
