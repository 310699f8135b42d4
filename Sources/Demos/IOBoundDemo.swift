import CPlatform
import Catalog
import Concurrency
import Engine
import Glibc
import Trace

/// Tasks that only wait for the answer of a server: in turn, on threads, in processes.
///
/// The server is a thread of the run. Questions and answers go through real sockets.
enum IOBoundDemo: DemoBody {
  enum Line: String, ListingLine {
    case question = "connection.recv(16)"
    case answer = #"connection.sendall(b"answer")"#
    case ask = #"connection.sendall(b"question")"#
    case wait = "connection.recv(16)  # nothing to do but wait"
    case start = "worker.start()"
    case join = "worker.join()"
    case serve = "multiprocessing.Process(target=serve, args=(theirs,), daemon=True).start()"
    case inTurn = "ask(address)"
  }

  static let workerBodies: [any WorkerBody] = [askAlone]

  /// The costs of an arm other than its time, one value for each round.
  private struct Bill {
    /// The CPU time of all tasks and of starting them, in ns.
    var cpu: [Int64] = []
    /// The time from the call that starts a task until the task begins, in ns; the median of a
    /// round.
    var startUp: [Int64] = []
    /// The memory of a task, in bytes; the median of a round.
    var memory: [Int64] = []
  }

  static func run(_ run: Run) throws {
    let server = try AnswerServer(tasks: run.arguments.integer("tasks"), in: run)
    run.at(Line.serve)
    let thread = try run.thread("server") { try server.serve(run) }
    var bills = [Bill](repeating: Bill(), count: 3)
    let comparison = try Comparison(
      [
        Comparison.Arm("in turn") { try inTurn(server, &bills[0], run) },
        Comparison.Arm("threads") { try onThreads(server, &bills[1], run) },
        Comparison.Arm("processes") { try inProcesses(server, &bills[2], run) },
      ], rounds: run.arguments.integer("rounds"), in: run, recording: [.time])
    try server.stop()
    try thread.join()
    for (times, bill) in zip(comparison.times, bills) {
      for (quantity, values, unit) in [
        ("CPU time", bill.cpu, "ns"), ("start-up", bill.startUp, "ns"),
        ("memory a task", bill.memory, "B"),
      ] {
        for value in values { try run.measure("\(times.name): \(quantity)", value, unit: unit) }
      }
    }
    try run.conclude(sentence(comparison, run), table(comparison, bills))
  }

  private static func sentence(_ comparison: Comparison, _ run: Run) -> String {
    let tasks = run.arguments.integer("tasks")
    guard tasks > 1 else {
      let isSlowest = ["in turn", "threads"].allSatisfy {
        comparison["processes"].median > comparison[$0].median * 3 / 2
      }
      return isSlowest
        ? "The process took longest, because its start takes longer than that of a thread."
        : "One wait took about as long in each way."
    }
    let waits = Double(comparison["threads"].median) / Double(run.arguments.nanoseconds("wait"))
    return waits < 1.5
      ? "On threads, \(tasks) waits took about as long as one."
      : "On threads, \(tasks) waits took as long as \(PoolSizingSummary.tenths(waits)) in turn."
  }

  private static func table(_ comparison: Comparison, _ bills: [Bill]) -> [[String]] {
    let rows = zip(comparison.times, bills).map { times, bill in
      let startUp = bill.startUp.isEmpty ? "-" : ValueText.duration(middle(bill.startUp))
      let memory = bill.memory.isEmpty ? "-" : ValueText.measure(middle(bill.memory), unit: "B")
      return [
        times.name, ValueText.duration(times.median), startUp, memory,
        ValueText.duration(middle(bill.cpu)),
      ]
    }
    return [["", "time", "start", "memory", "CPU time"]] + rows
  }

  private static func middle(_ values: [Int64]) -> Int64 {
    values.isEmpty ? 0 : values.sorted()[values.count / 2]
  }

  // MARK: The three ways

  private static func inTurn(_ server: AnswerServer, _ bill: inout Bill, _ run: Run) throws {
    let cpu = lks_thread_cpu_time()
    for number in server.lines.indices {
      run.at(Line.inTurn)
      try ask(server.line(number), run) { _ in 0 }
    }
    // The tasks ran on this thread, and had no memory of their own.
    _ = try server.reports()
    bill.cpu.append(Int64(lks_thread_cpu_time() - cpu))
  }

  private static func onThreads(_ server: AnswerServer, _ bill: inout Bill, _ run: Run) throws {
    try together(server, &bill, run) { number in
      let line = server.line(number)
      let thread = try run.thread("thread-\(number + 1)") {
        try ask(line, run) { _ in ThreadStack()?.touched ?? 0 }
      }
      return { try thread.join() }
    }
  }

  private static func inProcesses(
    _ server: AnswerServer, _ bill: inout Bill, _ run: Run
  ) throws {
    try together(server, &bill, run) { number in
      let line = server.line(number)
      let process = try run.process(
        "process-\(number + 1)", body: askAlone, arguments: line.handles,
        passing: line.descriptors)
      return { try process.finish(in: run) }
    }
  }

  /// Starts all tasks, waits for all of them, and adds up their costs.
  /// - Parameter start: starts a task and returns a function that waits for its end.
  private static func together(
    _ server: AnswerServer, _ bill: inout Bill, _ run: Run,
    start: (_ number: Int) throws -> () throws -> Void
  ) throws {
    let cpu = lks_thread_cpu_time()
    var called: [UInt64] = []
    var joins: [() throws -> Void] = []
    for number in server.lines.indices {
      run.at(Line.start)
      called.append(run.now())
      joins.append(try start(number))
    }
    run.at(Line.join)
    for join in joins { try join() }
    let reports = try server.reports()
    bill.cpu.append(Int64(lks_thread_cpu_time() - cpu) + reports.map(\.cpu).reduce(0, +))
    let startUps = reports.map { Int64($0.began) - Int64(called[$0.number]) }
    bill.startUp.append(middle(startUps))
    bill.memory.append(middle(reports.map(\.memory)))
  }

  /// The work of each process.
  static let askAlone = ProcessBody("io-bound.ask") { run, arguments in
    let line = try AnswerServer.Line(attached: arguments, in: run)
    try ask(line, run) { ProcessWeight(of: $0)?.privateDirty ?? 0 }
  }

  /// A task: asks, waits for the answer, and reports its cost.
  /// - Parameter weigh: returns the memory of the task, in bytes.
  private static func ask(
    _ line: AnswerServer.Line, _ run: Run, weigh: (_ process: pid_t) -> Int64
  ) throws {
    let began = run.now()
    run.at(Line.ask)
    try line.questions.send("\(line.number)")
    run.at(Line.wait)
    _ = try line.answers.receive()
    try line.reports.send(
      AnswerServer.Report(
        number: line.number, began: began, cpu: Int64(lks_thread_cpu_time()),
        memory: weigh(getpid())
      ).text)
  }
}
