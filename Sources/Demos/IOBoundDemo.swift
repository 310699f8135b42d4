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
    case question = "self.request.recv(16)"
    case answer = #"self.request.sendall(b"answer")"#
    case ask = #"connection.sendall(b"question")"#
    case wait = "connection.recv(16)  # nothing to do but wait"
    case start = "worker.start()"
    case join = "worker.join()"
    case serve = "threading.Thread(target=server.serve_forever, daemon=True).start()"
    case inTurn = "ask(server.server_address)"
    case together = "at_once(kind, server.server_address)"
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
      ], rounds: run.arguments.integer("rounds"), in: run)
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
    try run.conclude(conclusion(comparison, bills, run))
  }

  private static func conclusion(
    _ comparison: Comparison, _ bills: [Bill], _ run: Run
  ) -> String {
    let tasks = run.arguments.integer("tasks")
    let wait = ValueText.duration(run.arguments.nanoseconds("wait"))
    func text(_ bill: Bill) -> String {
      "\(ValueText.duration(middle(bill.startUp))) after its start and has "
        + "\(ValueText.measure(middle(bill.memory), unit: "B")) of its own"
    }
    return "\(counted(tasks, "answer")), each after \(wait): "
      + "\(comparison["in turn"].text) in turn, \(comparison["threads"].text) on threads, "
      + "\(comparison["processes"].text) in processes. A thread begins \(text(bills[1])), "
      + "a process \(text(bills[2]))"
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
