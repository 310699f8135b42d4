import Catalog
import Concurrency
import Engine

/// Threads and processes catch the exceptions of their own tasks. All other tasks are done, and all
/// workers end normally.
enum CatchInsideDemo: DemoBody {
  enum Line: String, ListingLine {
    case sleep = "time.sleep(0.02)"
    case raise = #"raise ValueError(f"task {number} failed")"#
    case done = "done.value += 1"
    case caught = #"print(f"{name} goes on: {error}")"#
    case start = "worker.start()"
    case join = "returned = worker.join()"
    case report =
      #"print(f"{worker.name}: {done.value} done, join returned {returned}, exit code {code}")"#
  }

  static let workerBodies: [any WorkerBody] = [workerProcess]

  static func run(_ run: Run) throws {
    let workers = run.arguments.integer("workers")
    let threads = try onThreads(workers, run)
    let (processes, codes) = try inProcesses(workers, run)
    let all = workers * run.arguments.integer("tasks")
    for (arm, done) in [("threads", threads), ("processes", processes)] {
      try run.measure("\(arm): tasks done", Int64(done), unit: "")
      try run.measure("\(arm): tasks failed", Int64(all - done), unit: "")
    }
    let distinct = Set(codes).sorted().map(String.init).joined(separator: ", ")
    try run.conclude(
      "threads did \(threads) of \(all) tasks, processes \(processes); each caught its own "
        + "failures and went on; exit codes of the processes: \(distinct); join returned "
        + "nothing about a failure")
  }

  /// Returns the number of tasks that were done.
  private static func onThreads(_ workers: Int, _ run: Run) throws -> Int {
    let started = try (1...workers).map { place in
      let name = "thread-\(place)"
      let done = SharedVariable("done by \(name)", in: run)
      run.at(Line.start)
      return (try run.thread(name) { try runTasks(name, done, run) }, done)
    }
    var sum = 0
    for (thread, done) in started {
      run.at(Line.join)
      try thread.join()
      run.at(Line.report)
      let count = try done.read()
      sum += Int(count)
      try run.output(
        "\(thread.name): \(count) done, join returned None, no exit code, because it is a thread")
    }
    return sum
  }

  /// Returns the number of tasks that were done, and the exit codes of the processes.
  private static func inProcesses(_ workers: Int, _ run: Run) throws -> (Int, codes: [Int32]) {
    let started = try (1...workers).map { place in
      let name = "process-\(place)"
      let done = try SharedVariable.shared("done by \(name)", in: run)
      run.at(Line.start)
      return (
        try run.process(name, body: workerProcess, arguments: [name, done.handle ?? ""]), done
      )
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
          + "exit code \(code.map(String.init) ?? "?")"
      )
    }
    return (sum, codes)
  }

  /// The work of each thread and each process.
  private static func runTasks(_ name: String, _ done: SharedVariable, _ run: Run) throws {
    try FailingTask.performAll(
      in: run, sleep: Line.sleep, raise: .raise,
      onSuccess: {
        run.at(Line.done)
        try done.write(try done.read() + 1)
      },
      onFailure: { _, exception in
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
    try runTasks(arguments[0], try .attached(arguments[1], in: run), run)
  }
}
