import CPlatform
import Catalog
import Concurrency
import Engine

/// Tasks run in a pool and one of them fails. Its exception stays in the future until a caller asks
/// for the result, and is raised again there.
enum FutureExceptionDemo: DemoBody {
  private static let workers = 2
  /// The length of a task, in ns.
  private static let length: Int64 = 20_000_000

  enum Line: String, ListingLine {
    case sleep = "time.sleep(0.02)"
    case raise =
      #"raise ValueError(f"task {number} failed in thread {threading.get_native_id()}")"#
    case open = "with Pool(max_workers=2) as pool:"
    case submit =
      "futures = [pool.submit(work, number) for number in range(1, tasks + 1)]"
    case result = #"print(f"task {number} gave {future.result()}")"#
    case again = #"print(f"raised again in thread {here}: {error}")"#
    case left = #"print("the pool is left")"#
  }

  static let workerBodies: [any WorkerBody] = [workerProcess]

  /// The outcome for the caller.
  private struct Answers {
    var values = 0
    var raisedAgain: [String] = []
  }

  static func run(_ run: Run) throws {
    let arguments = run.arguments
    let inputs = (1...arguments.integer("tasks")).map(String.init)
    let failing = arguments.integer("fail-at")
    run.at(Line.open)
    let futures: [Future<String>]
    let close: () throws -> Void
    if arguments.choice("pool") == "threads" {
      let pool = try ThreadPool<String, String>(
        "pool", workers: workers, in: run, describeInput: { $0 }, describeOutput: { $0 }
      ) { try work($0, failing: failing, run) }
      run.at(Line.submit)
      futures = try inputs.map { try pool.submit($0) }
      close = { try pool.close() }
    } else {
      let pool = try ProcessPool(
        "pool", size: workers, body: workerProcess, arguments: ["\(failing)"], in: run)
      run.at(Line.submit)
      futures = try inputs.map { try pool.submit($0) }
      close = { try pool.close() }
    }
    let answers = arguments.choice("ask") == "on" ? try ask(futures, run) : nil
    run.at(Line.open)
    try close()
    run.at(Line.left)
    try run.output("the pool is left")
    try conclude(answers, futures, run)
  }

  /// Performs a task.
  private static func work(_ input: String, failing: Int, _ run: Run) throws -> String {
    guard let number = Int(input) else {
      throw run.raise(.unreadable([input]))
    }
    run.at(Line.sleep)
    try run.sleep(length)
    guard number != failing else {
      run.at(Line.raise)
      throw run.raise(
        .valueError("task \(number) failed in thread \(lks_gettid())"))
    }
    return "\(number * number)"
  }

  /// The work of a worker process. The pool's argument is the number of the task that fails.
  static let workerProcess = PoolBody("future-exception.work") { input, arguments, run in
    guard let failing = arguments.first.flatMap({ Int($0) }) else {
      throw RaisedException.unreadable(arguments)
    }
    return try work(input, failing: failing, run)
  }

  private static func ask(_ futures: [Future<String>], _ run: Run) throws -> Answers {
    var answers = Answers()
    for (number, future) in zip(1..., futures) {
      run.at(Line.result)
      do {
        let value = try future.result()
        answers.values += 1
        try run.output("task \(number) gave \(value)")
      } catch let exception as RaisedException {
        run.at(Line.again)
        run.caught(exception)
        answers.raisedAgain.append(exception.message)
        try run.output("raised again in thread \(lks_gettid()): \(exception.message)")
      }
    }
    return answers
  }

  private static func conclude(_ answers: Answers?, _ futures: [Future<String>], _ run: Run) throws
  {
    // All tasks have ended, and `exception()` does not raise.
    let failed = try futures.count { try $0.exception() != nil }
    try run.measure("tasks: failed", Int64(failed), unit: "")
    try run.measure("lines about it: failed", Int64(answers?.raisedAgain.count ?? 0), unit: "")
    let done = "\(futures.count - failed) of \(futures.count) tasks succeeded"
    guard failed > 0 else { return try run.conclude("\(done), so there was nothing to raise") }
    guard let answers else {
      return try run.conclude(
        "\(done) and \(failed) failed; no caller asked for its result, and 0 lines mention it")
    }
    let copy =
      run.arguments.choice("pool") == "threads"
      ? "" : ", as a copy: its type and message came from a process"
    try run.conclude(
      "\(answers.raisedAgain.joined(separator: ", ")), and result() raised it again in thread "
        + "\(lks_gettid()), the caller\(copy); \(done)")
  }
}
