extension DemoCatalog {
  static func lesson7(cores: Int) -> [Demo] {
    [
      Demo(
        id: "factorial",
        title: "Factorials on a thread pool",
        summary:
          "A pool of threads computes the factorials of many numbers and keeps their order.",
        lessons: [7],
        parameters: [
          .count("first", "the first number", 0...greatestFactorial, 1),
          .count("last", "the last number", 0...greatestFactorial, 10),
          .count("workers", "threads in the pool", 1...64, min(32, cores + 4)),
          .choice("order", "smallest or largest number first", ["up", "down"]),
        ],
        listing: "factorials.py",
        printsListing: true,
        misfit: factorialMisfit)
    ]
  }

  /// The greatest input of a run.
  private static let greatestFactorial = 200_000
  /// The greatest number of decimal digits of all results of a run together.
  private static let greatestDigits = 1_000_000_000.0

  @Sendable
  private static func factorialMisfit(_ arguments: Arguments) -> String? {
    let first = arguments.integer("first")
    let last = arguments.integer("last")
    guard first <= last else {
      return "first=\(first) is greater than last=\(last); first must not be greater"
    }
    guard factorialDigits(from: first, through: last) <= greatestDigits else {
      return "the factorials from \(first) to \(last) have more than a billion digits "
        + "together; choose a smaller range"
    }
    return nil
  }

  /// Estimates the decimal digits of n! for all n in a range together, to a few percent. By the
  /// leading terms of Stirling's formula, n! has about n·log10(n/e) digits.
  private static func factorialDigits(from first: Int, through last: Int) -> Double {
    var total = 0.0
    for n in first...last {
      total += n < 3 ? 1 : Double(n) * (log10(Double(n)) - 0.4342944819) + 4
      if total > greatestDigits { break }
    }
    return total
  }

  /// The decimal logarithm, precise enough for the estimate.
  private static func log10(_ x: Double) -> Double {
    // log2 by exponent and a linear significand is off by at most 0.09 of a bit.
    (Double(x.exponent) + (x.significand - 1)) * 0.30103
  }
}
