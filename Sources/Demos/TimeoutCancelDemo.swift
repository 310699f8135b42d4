import Catalog
import Concurrency
import Engine
import Glibc
import Trace

/// A caller gives up waiting, and the task goes on. A task in line can be cancelled, a running one
/// cannot. A process can be terminated.
enum TimeoutCancelDemo: DemoBody {
  enum Line: String, ListingLine {
    case work = "time.sleep(task)"
    case taskEnds = #"print("the task ends")"#
    case open = "with ThreadPoolExecutor(max_workers=1) as executor:"
    case submitRunning = "running = executor.submit(work)"
    case submitQueued = "queued = executor.submit(work)"
    case begun = "time.sleep(0.001)"
    case cancelQueued = #"print(f"cancelled in line: {queued.cancel()}")"#
    case result = "running.result(timeout=timeout)"
    case giveUp = #"print("the caller gives up")"#
    case cancelRunning = #"print(f"cancelled while running: {running.cancel()}")"#
    case left = #"print("the pool is left")"#
    case start = "process.start()"
    case join = "process.join(timeout)"
    case terminate = "process.terminate()"
    case ended = #"print(f"the process has ended: exit code {process.exitcode}")"#
  }

  static let workerBodies: [any WorkerBody] = [workAlone]

  /// The course of the pool's tasks. Times are in ns after the first task was submitted.
  private struct Story {
    var gaveUp = false
    var waited: Int64 = 0
    var taskEnded: Int64 = 0
    var poolLeft: Int64 = 0
    var cancelledInLine = false
    var cancelledRunning = false
  }

  static func run(_ run: Run) throws {
    let story = try waitAndCancel(run)
    try run.measure("waiting: over after", story.waited, unit: "ns")
    try run.measure("task: over after", story.taskEnded, unit: "ns")
    try run.measure("leaving the pool: over after", story.poolLeft, unit: "ns")
    let process = try terminateProcess(run)
    try run.conclude(
      story.gaveUp
        ? "The caller stopped waiting, but the task went on to its end."
        : "The result came before the time-out, so the caller did not give up.",
      [
        ["the caller waited", ValueText.duration(story.waited)],
        ["the task ended after", ValueText.duration(story.taskEnded)],
        ["the pool was left after", ValueText.duration(story.poolLeft)],
        ["the task in line: cancelled", yesNo(story.cancelledInLine)],
        ["the running task: cancelled", yesNo(story.cancelledRunning)],
        ["the process", process],
      ])
  }

  private static func yesNo(_ answer: Bool) -> String { answer ? "yes" : "no" }

  private static func waitAndCancel(_ run: Run) throws -> Story {
    run.at(Line.open)
    let pool = try ThreadPool<String, UInt64>(
      "pool", workers: 1, in: run, describeInput: { $0 },
      describeOutput: { _ in "ended" }
    ) { _ in
      try work(run)
      return run.now()
    }
    var story = Story()
    let began = run.now()
    run.at(Line.submitRunning)
    let running = try pool.submit("task")
    run.at(Line.submitQueued)
    let queued = try pool.submit("task in line")
    run.at(Line.begun)
    while try !running.isRunning(), try !running.isDone() { try run.sleep(1_000_000) }
    run.at(Line.cancelQueued)
    story.cancelledInLine = try queued.cancel()
    try run.output("cancelled in line: \(story.cancelledInLine ? "True" : "False")")
    run.at(Line.result)
    do {
      _ = try running.result(timeout: run.arguments.nanoseconds("timeout"))
    } catch let exception as RaisedException where exception == .timeout {
      run.at(Line.giveUp)
      run.caught(exception)
      story.gaveUp = true
      try run.output("the caller gives up")
    }
    story.waited = Int64(run.now() - began)
    run.at(Line.cancelRunning)
    story.cancelledRunning = try running.cancel()
    try run.output("cancelled while running: \(story.cancelledRunning ? "True" : "False")")
    run.at(Line.open)
    try pool.close()
    story.poolLeft = Int64(run.now() - began)
    run.at(Line.left)
    try run.output("the pool is left")
    story.taskEnded = Int64(try running.result() - began)
    return story
  }

  /// Runs the same work in a process, and terminates it after the timeout. Returns the outcome in
  /// words.
  private static func terminateProcess(_ run: Run) throws -> String {
    run.at(Line.start)
    let began = run.now()
    let process = try run.process("process", body: workAlone)
    run.at(Line.join)
    let ending = try process.join(timeout: run.arguments.nanoseconds("timeout"))
    if ending == nil {
      run.at(Line.terminate)
      try process.signal(SIGTERM)
    }
    let final = try process.join()
    let after = Int64(run.now() - began)
    try run.measure("process: over after", after, unit: "ns")
    run.at(Line.ended)
    let time = ValueText.duration(after)
    switch final {
    case .killed(let signal):
      try run.output("the process has ended: exit code \(-signal)")
      return "terminated after \(time), by signal \(signal)"
    case .exited(let code):
      try run.output("the process has ended: exit code \(code)")
      return "ended by itself after \(time), exit code \(code)"
    case .unknown: return "ended after \(time), in an unknown way"
    case .notStarted: throw run.raise(final.exception(ofProcess: process.name))
    }
  }

  private static func work(_ run: Run) throws {
    run.at(Line.work)
    try run.sleep(run.arguments.nanoseconds("task"))
    run.at(Line.taskEnds)
    try run.output("the task ends")
  }

  /// The work of the process.
  static let workAlone = ProcessBody("timeout-cancel.work") { run, arguments in
    try work(run)
  }
}
