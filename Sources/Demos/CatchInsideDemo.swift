import Catalog
import Concurrency
import Engine

/// Processes and threads catch the exceptions of their own tasks, or nobody does: then a worker ends
/// at its first failure, and `join` does not report it.
enum CatchInsideDemo: DemoBody {
  enum Line: String, ListingLine {
    case sleep = "time.sleep(0.02)"
    case raise = #"raise ValueError(f"task {number} failed")"#
    case work = "work(number)"
    case done = "done.value += 1"
    case pass = "raise  # as if there were no except: the worker ends here"
    case caught = #"print(f"{name} goes on: {error}")"#
    case start = "worker.start()"
    case join = "returned = worker.join()"
    case report =
      #"print(f"{worker.name}: {done.value} done, join returned {returned}, exit code {code}")"#
  }

  static let workerBodies: [any WorkerBody] = [workerProcess]

  static func run(_ run: Run) throws {
    let workers = run.arguments.integer("workers")
    let (processes, codes) = try inProcesses(workers, run)
    let threads = try onThreads(workers, run)
    let tasks = run.arguments.integer("tasks")
    let failing = run.arguments.integer("fail-every")
    let isCaught = run.arguments.choice("catch") == "on"
    let failures = isCaught ? tasks / failing : min(1, tasks / failing)
    for (arm, done) in [("threads", threads), ("processes", processes)] {
      try run.measure("\(arm): tasks done", Int64(done), unit: "")
      try run.measure("\(arm): tasks failed", Int64(workers * failures), unit: "")
    }
    let all = workers * tasks
    let skipped = { (done: Int) in "\(all - done - workers * failures)" }
    let sentence =
      if failures == 0 {
        "No task failed, so there was nothing to catch."
      } else if isCaught {
        "Each worker caught its own failures, and did all its other tasks."
      } else {
        "Nobody caught the failures: each worker ended at its first one."
      }
    try run.conclude(
      sentence,
      [
        ["", "processes", "threads"],
        ["tasks done", "\(processes) of \(all)", "\(threads) of \(all)"],
        ["tasks failed", "\(workers * failures)", "\(workers * failures)"],
        ["tasks never begun", skipped(processes), skipped(threads)],
        ["join() returned", "None", "None"],
        ["exit code", Set(codes).sorted().map(String.init).joined(separator: ", "), "none"],
      ])
  }

  /// Returns the number of tasks that were done, and the exit codes of the processes.
  private static func inProcesses(_ workers: Int, _ run: Run) throws -> (Int, codes: [Int32]) {
    let started = try (1...workers).map { place in
      let name = "process-\(place)"
      let done = try SharedVariable.shared("done by \(name)", in: run)
      run.at(Line.start)
      let process = try run.process(
        name, body: workerProcess, arguments: [name, done.handle ?? ""],
        mayFail: run.arguments.choice("catch") == "off")
      return (process, done)
    }
    var sum = 0
    var codes: [Int32] = []
    for (process, done) in started {
      run.at(Line.join)
      let code = try process.join().exitCode
      if let code { codes.append(code) }
      run.at(Line.report)
      let count = try done.read()
      sum += Int(count)
      try run.output(
        "\(process.name): \(count) done, join returned None, "
          + "exit code \(code.map(String.init) ?? "unknown")")
    }
    return (sum, codes)
  }

  /// Returns the number of tasks that were done.
  private static func onThreads(_ workers: Int, _ run: Run) throws -> Int {
    let started = try (1...workers).map { place in
      let name = "thread-\(place)"
      let done = SharedVariable("done by \(name)", in: run)
      run.at(Line.start)
      let thread = try run.thread(name) {
        try runTasks(name, done, title: "Exception in thread \(name):", run)
      }
      return (thread, done)
    }
    var sum = 0
    for (thread, done) in started {
      run.at(Line.join)
      try thread.join()
      run.at(Line.report)
      let count = try done.read()
      sum += Int(count)
      try run.output(
        "\(thread.name): \(count) done, join returned None, exit code none, it is a thread")
    }
    return sum
  }

  /// The work of each process and each thread.
  /// - Parameter title: the line that Python prints above the traceback of an exception that the
  ///   worker does not catch.
  private static func runTasks(
    _ name: String, _ done: SharedVariable, title: String, _ run: Run
  ) throws {
    try FailingTask.performAll(
      in: run, sleep: Line.sleep, raise: .raise,
      onSuccess: {
        run.at(Line.done)
        try done.write(try done.read() + 1)
      },
      onFailure: { _, exception in
        guard run.arguments.choice("catch") == "on" else {
          run.at(Line.pass)
          let traceback = Traceback(
            of: exception,
            through: [.init("run_tasks", Line.work), .init("work", Line.raise)], in: run)
          for line in [title] + traceback.lines { try run.output(line) }
          throw exception
        }
        run.at(Line.caught)
        run.caught(exception)
        try run.output("\(name) goes on: \(exception.message)")
      })
  }

  /// The work of each process. The arguments are its name and the variable that counts its tasks.
  static let workerProcess = ProcessBody("catch-inside.tasks") { run, arguments in
    guard arguments.count == 2 else {
      throw run.raise(.unreadable(arguments))
    }
    let name = arguments[0]
    try runTasks(name, try .attached(arguments[1], in: run), title: "Process \(name):", run)
  }
}
