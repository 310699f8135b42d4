import CPlatform
import Catalog
import Concurrency
import Engine
import Glibc
import Platform
import Trace

/// Threads and processes send their failures to one writer thread. Only this thread writes the log,
/// one whole record with its traceback for each failure.
enum ExceptionLogDemo: DemoBody {
  /// The message that ends the writer; it differs from all records of the log.
  private static let end = "end"

  enum Line: String, ListingLine {
    case sleep = "time.sleep(0.02)"
    case raise = #"raise ValueError(f"task {number} failed")"#
    case work = "work(number)"
    case log = #"log.exception("task %s", number)  # adds the traceback"#
    case listen = "listener.start()  # the one thread that writes"
    case start = "worker.start()"
    case join = "worker.join()"
    case stop = "listener.stop()"
  }

  static let workerBodies: [any WorkerBody] = [workerProcess]

  static func run(_ run: Run) throws {
    let (records, outlet) = try Pipe.ends("records", in: run)
    let count = Guarded(0)
    run.at(Line.listen)
    let writer = try run.thread("log-writer") {
      while case let record = try outlet.receiveText(), record != end {
        for line in record.split(separator: "\n") { try run.output(String(line)) }
        count.withLock { $0 += 1 }
      }
    }
    let names = 1...run.arguments.integer("workers")
    run.at(Line.start)
    let threads = try names.map { place in
      let name = "thread-\(place)"
      let failures = SharedVariable("failures of \(name)", in: run)
      return (try run.thread(name) { try runTasks(name, records, failures, run) }, failures)
    }
    let processes = try names.map { place in
      let name = "process-\(place)"
      let failures = try SharedVariable.shared("failures of \(name)", in: run)
      let process = try run.process(
        name, body: workerProcess, arguments: [name, records.handle, failures.handle ?? ""],
        passing: [records.descriptor])
      return (process, failures)
    }
    run.at(Line.join)
    for (thread, _) in threads { try thread.join() }
    for (process, _) in processes { try process.join() }
    run.at(Line.stop)
    try records.send(end)
    try writer.join()
    records.close()
    outlet.close()
    let inThreads = try threads.map { try $0.1.read() }.reduce(0, +)
    let inProcesses = try processes.map { try $0.1.read() }.reduce(0, +)
    let written = count.withLock { $0 }
    try run.measure("failures in threads: count", inThreads, unit: "")
    try run.measure("failures in processes: count", inProcesses, unit: "")
    try run.measure("records of the log: count", Int64(written), unit: "")
    try run.conclude(
      written == 0
        ? "No task failed, so the log is empty."
        : "One thread wrote one whole record for each failure.",
      [
        ["failures in \(counted(threads.count, "thread"))", "\(inThreads)"],
        [
          "failures in \(counted(processes.count, "process", plural: "processes"))",
          "\(inProcesses)",
        ],
        ["records of the log", "\(written)"],
      ])
  }

  /// The work of each thread and each process.
  private static func runTasks(
    _ name: String, _ records: PipeEnd, _ failures: SharedVariable, _ run: Run
  ) throws {
    var count: Int64 = 0
    try FailingTask.performAll(in: run, sleep: Line.sleep, raise: .raise) { number, exception in
      run.at(Line.log)
      run.caught(exception)
      count += 1
      let time = ValueText.moment(Int64(run.now()))
      let title = "\(time) \(name) pid \(getpid()) thread \(lks_gettid()): task \(number)"
      let traceback = Traceback(
        of: exception, through: [.init("run_tasks", Line.work), .init("work", Line.raise)], in: run)
      try records.send(([title] + traceback.lines).joined(separator: "\n"))
    }
    try failures.write(count)
  }

  /// The work of each process. The arguments are its name, the pipe and the variable that counts
  /// its failures.
  static let workerProcess = ProcessBody("exception-log.tasks") { run, arguments in
    guard arguments.count == 3 else {
      throw run.raise(.unreadable(arguments))
    }
    let records = try PipeEnd.attached(
      arguments[1], descriptor: run.passedDescriptor(0), in: run)
    try runTasks(arguments[0], records, try .attached(arguments[2], in: run), run)
  }
}
