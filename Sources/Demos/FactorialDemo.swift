import Catalog
import Concurrency

/// A thread pool computes the factorials of many inputs; the results keep the order of the inputs.
enum FactorialDemo: DemoBody {
  enum Line: String, ListingLine {
    case compute = "product *= factor"
    case open = "with ThreadPoolExecutor(max_workers=workers) as pool:"
    case map = "results = pool.map(factorial, inputs)"
    case pair = "for n, value in zip(inputs, results):"
    case print = #"print(f"{n}! = {value}")"#
  }

  /// Longer values are abbreviated in events of the pool; the results are complete.
  private static let shownDigits = 40

  static func run(_ run: Run) throws {
    let arguments = run.arguments
    var inputs = Array(arguments.integer("first")...arguments.integer("last"))
    if arguments.choice("order") == "down" { inputs.reverse() }
    run.at(Line.open)
    let pool = try ThreadPool<Int, String>(
      "pool", workers: arguments.integer("workers"), in: run,
      describeInput: { "\($0)" }, describeOutput: abbreviated
    ) { n in
      run.at(Line.compute)
      return try BigNumber.factorial(n, checkpoint: run.checkpoint)
        .decimal(checkpoint: run.checkpoint)
    }
    run.at(Line.map)
    let futures = try inputs.map { try pool.submit($0) }
    run.at(Line.open)
    try pool.close()
    run.at(Line.pair)
    for (n, future) in zip(inputs, futures) {
      let value = try future.result()
      run.at(Line.print)
      try run.result("\(n)!", value)
    }
  }

  private static func abbreviated(_ digits: String) -> String {
    guard digits.utf8.count > shownDigits else { return digits }
    return "\(digits.prefix(16))…\(digits.suffix(16)) (\(digits.utf8.count) digits)"
  }
}
