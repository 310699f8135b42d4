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
    case makeDict = "shared_dict = manager.dict(hits=0, row=[])"
    case start = "worker.start()"
    case look = #"value = shared_dict["hits"]  # one call"#
    case put = #"shared_dict["hits"] = value + 1  # another: other processes may come between"#
    case guarded = "with lock:  # held from read to write"
    case append = "shared_list.append(os.getpid())"
    case join = "worker.join()"
    case nested = #"shared_dict["row"].append(1)  # changes a copy, which nobody keeps"#
    case left = #"print(f"{shared_dict['row']} is left of the row")"#
    case report = #"print(f"hits {shared_dict['hits']}, lost {lost}, list {list(shared_list)}")"#
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
    let counts = DictionaryProxy(name: "shared_dict", connection: manager.connection)
    run.at(Line.makeDict)
    try counts.set(hits, to: .number(0))
    try counts.set(row, to: .list([]))
    let lock = try Lock.shared("lock", in: run)
    let startLine = try Barrier.shared("start line", parties: count, in: run)
    run.at(Line.start)
    let workers = try (0..<count).map { number in
      let (handle, descriptor) = manager.client(number)
      return try run.process(
        "worker-\(number + 1)", body: update,
        arguments: [handle, startLine.handle ?? "", lock.handle ?? ""],
        passing: [descriptor])
    }
    manager.closeClientEnds()
    run.at(Line.join)
    for worker in workers { try worker.finish(in: run) }
    let rowLeft = try changeACopy(counts, run)
    let comparison = try compare(counts, run)
    run.at(Line.report)
    let numbers = try ListProxy(name: "shared_list", connection: manager.connection).contents()
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
    guard arguments.count == 3 else {
      throw run.raise(.unreadable(arguments))
    }
    let connection = try ManagerConnection.attached(arguments[0], in: run)
    let counts = DictionaryProxy(name: "shared_dict", connection: connection)
    let lock = try Lock.attached(arguments[2], in: run)
    let isLocked = run.arguments.choice("lock") == "on"
    try Barrier.attached(arguments[1], in: run).wait()
    for _ in 0..<run.arguments.integer("updates") {
      guard isLocked else {
        try addOne(counts, run)
        continue
      }
      run.at(Line.guarded)
      try lock.withLock {
        try addOne(counts, run)
        run.at(Line.guarded)
      }
    }
    run.at(Line.append)
    try ListProxy(name: "shared_list", connection: connection).append(Int64(getpid()))
  }

  /// Counts with two calls.
  private static func addOne(_ counts: DictionaryProxy, _ run: Run) throws {
    run.at(Line.look)
    guard case .number(let value) = try counts.value(of: hits) else { return }
    run.at(Line.put)
    try counts.set(hits, to: .number(value + 1))
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
      ], rounds: rounds, in: run, recording: [.cores]
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
    try run.output("hits \(counted), lost \(lost), list \(ManagerValue.list(workers).text)")
    try run.result("updates made", "\(expected)")
    try run.result("updates lost", "\(lost)")
    try run.result("calls", "\(calls)")
    let read = { (arm: String) in
      ValueText.duration(comparison[arm].median / Int64(timedCalls))
    }
    let sentence =
      if run.arguments.choice("lock") == "on" {
        "Nothing was lost: each process held a lock for both calls."
      } else if workers.count == 1 {
        "Nothing was lost: no other process came between the two calls."
      } else if lost > 0 {
        "Updates were lost: each is two calls, and other processes came between."
      } else {
        "Nothing was lost this time, but that was luck: each update is two calls."
      }
    try run.conclude(
      sentence,
      [
        ["pid of the server", "\(manager.server.pid)"],
        ["calls that it answered", "\(calls)"],
        ["updates lost", "\(lost) of \(expected)"],
        ["the row after an append to a copy", row],
        ["one read by a call", read("manager")],
        ["one read in shared memory", read("shared memory")],
      ])
  }
}
