import Catalog
import Concurrency
import Engine
import Glibc
import Trace

/// Worker processes share the rounds of one loop, some rounds at a time. The results come back in
/// the order of the loop.
enum ParallelLoopDemo: DemoBody {
  enum Line: String, ListingLine {
    case sleep = "time.sleep(length)"
    case compute = "while time.process_time() < enough:"
    case done = #"print(f"round {number} is done in pid {os.getpid()}")"#
    case open = "with multiprocessing.Pool(workers) as pool:"
    case map = "rounds = pool.map(work, range(1, steps + 1), chunksize=chunk)"
    case join = "pool.join()"
    case round =
      #"print(f"{number}: pid {pid}, {began - started:.3f} to {ended - started:.3f} s")"#
    case squares = "print([square for square, *_ in rounds])"
  }

  static let workerBodies: [any WorkerBody] = [work]

  /// A round of the loop, its worker, its time and its result.
  private struct Round {
    let worker: Int
    let span: TaskSpan
    let square: String
  }

  static func run(_ run: Run) throws {
    let arguments = run.arguments
    let (steps, chunk) = (arguments.integer("steps"), arguments.integer("chunk"))
    run.at(Line.open)
    let pool = try ProcessPool(
      "pool", size: arguments.integer("workers"), body: work, arguments: [], in: run)
    run.at(Line.map)
    let began = Int64(run.now() / 1000)
    let (rounds, cores) = try CoreShare.measured(in: run) {
      let tasks = try stride(from: 1, through: steps, by: chunk).map { first in
        try pool.submit("\(first) to \(min(first + chunk - 1, steps))")
      }
      return try tasks.flatMap { task in
        let answers = try task.result().split(separator: ";").map(answer)
        let worker = pool.worker(of: task.number) ?? 0
        return answers.map { Round(worker: worker, span: $0.span, square: $0.square) }
      }
    }
    run.at(Line.join)
    try pool.close()
    try cores.record("cores used", run)
    try report(rounds, since: began, cores: cores, run)
  }

  /// Performs a chunk of rounds, such as `4 to 6`.
  static let work = PoolBody("parallel-loop.work") { input, _, run in
    let words = input.split(separator: " ")
    guard words.count == 3, let first = Int(words[0]), let last = Int(words[2]), first <= last
    else { throw RaisedException.unreadable([input]) }
    return try (first...last).map { number in
      let span = try TaskSpan.measured(in: run) {
        try TaskKind.perform(
          run.arguments.nanoseconds("length"), sleep: Line.sleep, compute: Line.compute, run)
        run.at(Line.done)
        try run.output("round \(number) is done in pid \(getpid())")
      }
      return "\(number * number) from \(span.text)"
    }.joined(separator: ";")
  }

  private static func answer(_ text: Substring) -> (square: String, span: TaskSpan) {
    let words = text.split(separator: " ")
    guard words.count > 2, let span = TaskSpan(words.dropFirst(2).joined(separator: " ")) else {
      preconditionFailure("a worker of the loop returned no square and span")
    }
    return (String(words[0]), span)
  }

  private static func report(
    _ rounds: [Round], since began: Int64, cores: CoreShare, _ run: Run
  ) throws {
    let arguments = run.arguments
    for (index, round) in rounds.enumerated() {
      run.at(Line.round)
      let times = [round.span.start, round.span.end].map {
        ValueText.duration(($0 - began) * 1000)
      }
      try run.result(
        "round \(index + 1)",
        "\(ProcessPool.name(ofWorker: round.worker)), \(times.joined(separator: " to "))")
    }
    run.at(Line.squares)
    try run.output("[\(rounds.map(\.square).joined(separator: ", "))]")
    var table = [["", "rounds"]]
    for worker in 0..<arguments.integer("workers") {
      let name = ProcessPool.name(ofWorker: worker)
      let count = rounds.count { $0.worker == worker }
      try run.measure("\(name): rounds", Int64(count), unit: "")
      table.append([name, "\(count)"])
    }
    let ends = rounds.map(\.span.end)
    let time = (ends.max() ?? began) - began
    try run.conclude(
      sentence(ends),
      table + [["took", ValueText.duration(time * 1000)]] + cores.rows)
  }

  /// - Parameter ends: the times when the rounds ended.
  private static func sentence(_ ends: [Int64]) -> String {
    let early = ends.indices.count { index in
      ends[..<index].contains { $0 > ends[index] }
    }
    return early == 0
      ? "The results are in the order of the loop, and here the rounds ended in it too."
      : "The results are in the order of the loop, but not all rounds ended in it."
  }
}
