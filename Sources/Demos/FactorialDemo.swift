import Catalog
import Concurrency

/// A thread pool computes the factorials of many numbers; the results keep the order of the numbers.
enum FactorialDemo: DemoBody {
  enum Line: String, ListingLine {
    case compute = "return math.factorial(n)"
    case open = "with ThreadPoolExecutor(max_workers=workers) as executor:"
    case map = "results = executor.map(factorial, numbers)"
    case pair = "for number, result in zip(numbers, results):"
    case print = #"print(f"Factorial of {number} is {result}")"#
  }

  /// Longer values are abbreviated in events of the pool; the results are complete.
  private static let shownDigits = 40

  static func run(_ run: Run) throws {
    let arguments = run.arguments
    var numbers = Array(arguments.integer("first")...arguments.integer("last"))
    if arguments.choice("order") == "down" { numbers.reverse() }
    run.at(Line.open)
    let pool = try ThreadPool<Int, String>(
      "executor", workers: arguments.integer("workers"), in: run,
      describeInput: { "\($0)" }, describeOutput: abbreviated
    ) { n in
      run.at(Line.compute)
      return try BigNumber.factorial(n, checkpoint: run.checkpoint)
        .decimal(checkpoint: run.checkpoint)
    }
    run.at(Line.map)
    let futures = try numbers.map { try pool.submit($0) }
    run.at(Line.open)
    try pool.close()
    run.at(Line.pair)
    for (n, future) in zip(numbers, futures) {
      let value = try future.result()
      run.at(Line.print)
      try run.output("Factorial of \(n) is \(value)")
      try run.result("\(n)!", value)
    }
  }

  private static func abbreviated(_ digits: String) -> String {
    guard digits.utf8.count > shownDigits else { return digits }
    return "\(digits.prefix(16))…\(digits.suffix(16)) (\(digits.utf8.count) digits)"
  }
}
