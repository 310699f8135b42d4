import Catalog
import Concurrency
import Engine
import Glibc
import Trace

/// A server process keeps a list and a dictionary; others use them by messages. An update that is
/// two calls is lost where somebody comes between; a change of a copy is lost always.
enum KeptByServer: DemoBody {
  static let bodyName = "manager.update"

  /// The listing's lines that this demo's events name.
  enum Line {
    static let open = "with multiprocessing.Manager() as manager:"
    static let zero = #"counts["hits"] = 0"#
    static let emptyRow = #"counts["row"] = []"#
    static let start = "worker.start()"
    static let look = #"value = counts["hits"]  # one call"#
    static let put = #"counts["hits"] = value + 1  # another: somebody may come between"#
    static let append = "numbers.append(os.getpid())"
    static let join = "worker.join()"
    static let nested = #"counts["row"].append(1)  # changes a copy, which nobody keeps"#
    static let left = #"print(f"{counts['row']} is left of the row")"#
    static let report = #"print(f"hits {counts['hits']}, lost {lost}, numbers {list(numbers)}")"#

    static let all = [
      open, zero, emptyRow, start, look, put, append, join, nested, left, report,
    ]
  }

  static var lines: [String] { Line.all }

  private static let hits = "hits"
  private static let row = "row"
  /// So many calls of each kind in each round of the comparison.
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
        "worker-\(number + 1)", body: bodyName, arguments: [handle, startLine.handle ?? ""],
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

  /// What each process does: counts by two calls at a time, and puts its number in the list.
  static func update(_ run: Run, _ arguments: [String]) throws {
    guard arguments.count == 2 else {
      throw run.raise(RaisedException(type: "ValueError", message: "two handles are needed"))
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

  /// Appends to what a call gave; gives back what another call gives then.
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

  /// A look by a call beside a look into shared memory.
  private static func compare(_ counts: DictionaryProxy, _ run: Run) throws -> Comparison {
    run.at(Line.look)
    try run.output("timing a look by a call and one into shared memory")
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
        try run.measure("\(times.name): one look", wall / Int64(timedCalls), unit: "ns")
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
    let look = { (arm: String) in
      ValueText.duration(comparison[arm].median / Int64(timedCalls))
    }
    let meaning =
      if workers.count == 1 {
        "nobody came between its two calls"
      } else if lost == 0 {
        "luck, since each is two calls"
      } else {
        "each is two calls, and others came between"
      }
    try run.conclude(
      "server pid \(manager.server.pid) answered \(calls) calls; \(lost) of \(expected) updates "
        + "lost: \(meaning); a 1 appended to the row it gave left it \(row); a look took "
        + "\(look("manager")) by a call and \(look("shared memory")) into shared memory")
  }
}
