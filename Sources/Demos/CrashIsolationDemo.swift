import CPlatform
import Catalog
import Concurrency
import Engine
import Glibc

/// Workers count up to 100 %, and a real signal kills one of them on the way. If the workers are
/// processes, the others finish; if they are threads of one process, all end.
///
/// The counters are in shared memory, so that they survive the crash of a worker.
enum CrashIsolationDemo: DemoBody {
  enum Line: String, ListingLine {
    case sleep = "time.sleep(0.03)"
    case acquire = "if with_lock and not lock.acquire(timeout=0.5):"
    case giveUp = "return  # the crashed worker holds it for ever"
    case release = "lock.release()"
    case crash = "os.kill(os.getpid(), signal.SIGSEGV)"
    case count = "progress[number] = percent"
    case start = "worker.start()"
    case join = "worker.join()"
    case printProcesses = #"print(f"processes reached {list(progress)} percent")"#
    case startHome = "home.start()"
    case joinHome = "home.join()"
    case printThreads = #"print(f"threads of one process reached {list(progress)} percent")"#
  }

  static let workerBodies: [any WorkerBody] = [workAlone, workOnThreads]

  /// The worker that crashes, counted from 0, and the percentage that it reaches.
  private static let crasher = 1
  private static let crashesAt: Int64 = 40
  private static let pace: Int64 = 30_000_000
  /// The longest wait for the lock, in ns.
  private static let patience: Int64 = 500_000_000

  static func run(_ run: Run) throws {
    let workers = run.arguments.integer("workers")
    let processes = try counters("process", workers, run)
    let crash = try runProcesses(processes, run)
    let reachedAlone = try report("process", "processes", processes, .printProcesses, run)
    let threads = try counters("thread", workers, run)
    let end = try runThreads(threads, run)
    let reachedTogether = try report(
      "thread", "threads of one process", threads, .printThreads, run)
    let others = workers - 1
    let rows = zip(reachedAlone, reachedTogether).enumerated().map { index, reached in
      [
        "worker \(index + 1)\(index == crasher ? " (crashes)" : "") reached",
        "\(reached.0) %", "\(reached.1) %",
      ]
    }
    try run.conclude(
      "\(finished(reachedAlone)) of \(others) other \(others == 1 ? "process" : "processes") "
        + "finished, and \(finished(reachedTogether)) of \(counted(others, "other thread")).",
      [["", "as processes", "as threads"]] + rows + [["killed by", cause(crash), cause(end)]])
  }

  /// The signal in the words of an ending, or all words of another ending.
  private static func cause(_ ending: String) -> String {
    let words = "was killed by "
    return ending.hasPrefix(words) ? String(ending.dropFirst(words.count)) : ending
  }

  private static func finished(_ reached: [Int64]) -> Int { reached.count { $0 == 100 } }

  private static func counters(_ kind: String, _ count: Int, _ run: Run) throws -> [SharedVariable]
  {
    try (1...count).map { try .shared("\(kind)-\($0) %", in: run) }
  }

  /// Returns the ending of the worker that crashed, in words.
  private static func runProcesses(_ counters: [SharedVariable], _ run: Run) throws -> String {
    try run.output("each worker a process")
    let lock = try hasLock(run) ? [Lock.shared("lock", in: run).handle ?? ""] : []
    let workers = try counters.enumerated().map { index, counter in
      run.at(Line.start)
      return try run.process(
        "process-\(index + 1)", body: workAlone,
        arguments: [counter.handle ?? "", index == crasher ? "crashes" : "counts"] + lock,
        mayFail: true)
    }
    run.at(Line.join)
    let endings = try workers.map { try $0.join() }
    return endings[crasher].text
  }

  private static func runThreads(_ counters: [SharedVariable], _ run: Run) throws -> String {
    try run.output("each worker a thread of one process")
    run.at(Line.startHome)
    let home = try run.process(
      "home", body: workOnThreads, arguments: counters.map { $0.handle ?? "" }, mayFail: true)
    run.at(Line.joinHome)
    return try home.join().text
  }

  /// Prints and records how far all workers of a kind got.
  private static func report(
    _ kind: String, _ all: String, _ counters: [SharedVariable], _ line: Line, _ run: Run
  ) throws -> [Int64] {
    run.at(line)
    let reached = try counters.map { try $0.read() }
    let list = reached.map { "\($0)" }.joined(separator: ", ")
    try run.output("\(all) reached [\(list)] percent")
    for (index, percent) in reached.enumerated() {
      try run.measure("\(kind)-\(index + 1): reached", percent, unit: "%")
    }
    return reached
  }

  /// The work of a process with one worker.
  static let workAlone = ProcessBody("crash-isolation.worker") { run, arguments in
    lks_disable_core_dumps()
    let counter = try SharedVariable.attached(arguments.first ?? "", in: run)
    let lock = arguments.count > 2 ? try Lock.attached(arguments[2], in: run) : nil
    try count(counter, lock, crashes: arguments.dropFirst().first == "crashes", run)
  }

  /// The work of the process with all threads.
  static let workOnThreads = ProcessBody("crash-isolation.threads") { run, arguments in
    lks_disable_core_dumps()
    let counters = try arguments.map { try SharedVariable.attached($0, in: run) }
    let lock = hasLock(run) ? Lock("threads' lock", in: run) : nil
    let threads = try counters.enumerated().map { index, counter in
      run.at(Line.start)
      return try run.thread("thread-\(index + 1)") {
        try count(counter, lock, crashes: index == crasher, run)
      }
    }
    run.at(Line.join)
    for thread in threads { try thread.join() }
  }

  /// Whether a worker holds a lock while it counts, so that the crash leaves it acquired.
  private static func hasLock(_ run: Run) -> Bool { run.arguments.choice("lock") == "on" }

  private static func count(
    _ counter: SharedVariable, _ lock: Lock?, crashes: Bool, _ run: Run
  ) throws {
    for percent in stride(from: Int64(10), through: 100, by: 10) {
      run.at(Line.sleep)
      try run.sleep(pace)
      run.at(Line.acquire)
      if let lock, try !lock.acquire(timeout: patience) {
        run.at(Line.giveUp)
        return try run.output("pid \(getpid()) gives up: the lock is still acquired")
      }
      defer {
        run.at(Line.release)
        lock?.releaseIfHeld()
      }
      if crashes, percent > crashesAt {
        run.at(Line.crash)
        try run.output("pid \(getpid()) crashes now")
        Crash.now(run.arguments.choice("signal"))
      }
      run.at(Line.count)
      try counter.write(percent)
    }
  }
}

/// Ends a worker process by a real signal.
private enum Crash {
  static func now(_ signal: String) -> Never {
    switch signal {
    case "abrt": abort()
    case "kill": _ = kill(getpid(), SIGKILL)
    default: writeToProtectedPage()
    }
    // The signal comes soon; nothing else may happen on this thread.
    while true { pause() }
  }

  /// A real fault: a write to a page without permissions.
  private static func writeToProtectedPage() {
    let page = mmap(nil, 1, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    page?.storeBytes(of: 1, as: UInt8.self)
  }
}
