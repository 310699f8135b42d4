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
    case open = "with ThreadPoolExecutor(max_workers=2) as executor:"
    case submit = "futures = [executor.submit(work, number) for number in numbers]"
    case exception = #"print(f"task {number}: exception() gives {future.exception()}")"#
    case result = #"print(f"task {number}: result() gives {future.result()}")"#
    case again = #"print(f"raised again in thread {threading.get_native_id()}: {error}")"#
    case map = "for result in executor.map(work, numbers):"
    case mapped = #"print(f"map gives {result}")"#
    case mapEnds = #"print(f"map ends in thread {threading.get_native_id()}: {error}")"#
    case left = #"print("the pool is left")"#
  }

  static let workerBodies: [any WorkerBody] = [workerProcess]

  /// The outcome for the caller.
  private struct Answers {
    var values = 0
    /// The failures that `exception()` reported.
    var reported = 0
    var raisedAgain: [String] = []
    var cancelled = 0
  }

  static func run(_ run: Run) throws {
    let arguments = run.arguments
    let inputs = (1...arguments.integer("tasks")).map(String.init)
    let failing = arguments.integer("fail-at")
    let way = arguments.choice("ask")
    let submit = way == "map" ? Line.map : .submit
    run.at(Line.open)
    let futures: [Future<String>]
    let close: () throws -> Void
    if arguments.choice("pool") == "threads" {
      let pool = try ThreadPool<String, String>(
        "pool", workers: workers, in: run, describeInput: { $0 }, describeOutput: { $0 }
      ) { try work($0, failing: failing, run) }
      run.at(submit)
      futures = try inputs.map { try pool.submit($0) }
      close = { try pool.close() }
    } else {
      let pool = try ProcessPool(
        "pool", size: workers, body: workerProcess, arguments: ["\(failing)"], in: run)
      run.at(submit)
      futures = try inputs.map { try pool.submit($0) }
      close = { try pool.close() }
    }
    let answers =
      switch way {
      case "on": try askEach(futures, run)
      case "map": try askMap(futures, run)
      default: Answers()
      }
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

  private static func askEach(_ futures: [Future<String>], _ run: Run) throws -> Answers {
    var answers = Answers()
    for (number, future) in zip(1..., futures) {
      run.at(Line.exception)
      let exception = try future.exception()
      if exception != nil { answers.reported += 1 }
      try run.output("task \(number): exception() gives \(exception?.message ?? "None")")
      run.at(Line.result)
      do {
        let value = try future.result()
        answers.values += 1
        try run.output("task \(number): result() gives \(value)")
      } catch let exception as RaisedException {
        run.at(Line.again)
        run.caught(exception)
        answers.raisedAgain.append(exception.message)
        try run.output("raised again in thread \(lks_gettid()): \(exception.message)")
      }
    }
    return answers
  }

  /// Takes the results in order, as the loop over `map` does. The first exception ends the loop, and
  /// `map` cancels the tasks that have not begun.
  private static func askMap(_ futures: [Future<String>], _ run: Run) throws -> Answers {
    var answers = Answers()
    for (index, future) in futures.enumerated() {
      run.at(Line.map)
      do {
        let value = try future.result()
        answers.values += 1
        run.at(Line.mapped)
        try run.output("map gives \(value)")
      } catch let exception as RaisedException {
        run.at(Line.mapEnds)
        run.caught(exception)
        answers.raisedAgain.append(exception.message)
        try run.output("map ends in thread \(lks_gettid()): \(exception.message)")
        for later in futures[(index + 1)...] where try later.cancel() { answers.cancelled += 1 }
        break
      }
    }
    return answers
  }

  private static func conclude(
    _ answers: Answers, _ futures: [Future<String>], _ run: Run
  ) throws {
    let way = run.arguments.choice("ask")
    let failing = run.arguments.integer("fail-at")
    let hasFailed = failing <= futures.count
    let failed = hasFailed ? 1 : 0
    try run.measure("tasks: failed", Int64(failed), unit: "")
    try run.measure("lines about it: failed", Int64(answers.raisedAgain.count), unit: "")
    let sentence =
      switch way {
      case _ where !hasFailed: "No task failed, so there was nothing to raise."
      case "on": "The worker raised the exception, and result() raised it again in the caller."
      case "map": "The loop over map() ended at the exception: later results were lost."
      default: "One task failed, and no line says so: nobody asked its future."
      }
    let isProcess = run.arguments.choice("pool") == "processes"
    try run.conclude(
      sentence,
      [
        ["tasks that failed", "\(failed) of \(futures.count)"],
        ["tasks cancelled before they began", "\(answers.cancelled)"],
        ["results that the caller got", "\(answers.values)"],
        ["failures that exception() reported", "\(answers.reported)"],
        ["exceptions raised again", "\(answers.raisedAgain.count)"],
        ["raised again in", answers.raisedAgain.isEmpty ? "no thread" : "main"],
        [
          "what was raised again",
          answers.raisedAgain.isEmpty
            ? "nothing" : isProcess ? "a copy, made from bytes" : "the same object",
        ],
      ])
  }
}
