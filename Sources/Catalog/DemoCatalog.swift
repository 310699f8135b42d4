/// Every demo there is, for a machine with a given number of cores.
public struct DemoCatalog: Sendable {
  /// The demos in the order in which they are offered.
  public let demos: [Demo]

  /// - Parameter cores: how many cores the program may use; some defaults follow it.
  public init(cores: Int) {
    demos = [.producerConsumer, .factorial(cores: cores), .poolSizing]
  }

  /// The demo of that name.
  /// - Throws: `ParameterError.unknownDemo`, with the closest name there is.
  public func demo(_ id: String) throws(ParameterError) -> Demo {
    guard let demo = demos.first(where: { $0.id == id }) else {
      let known = demos.map(\.id)
      throw .unknownDemo(id, suggestion: Suggestion.closest(to: id, among: known), known: known)
    }
    return demo
  }
}

extension Demo {
  static let producerConsumer = Demo(
    id: "producer-consumer",
    title: "A producer and a consumer",
    summary: "Two threads share one list: one adds at the end, one takes from the front.",
    lessons: [4],
    parameters: [
      Parameter("items", "numbers each producer adds", .integer(1...1000), default: .integer(10)),
      Parameter(
        "add-delay", "sleep before each add", .duration(0...10_000_000_000),
        default: .duration(nanoseconds: 100_000_000)),
      Parameter(
        "remove-delay", "sleep before each take", .duration(0...10_000_000_000),
        default: .duration(nanoseconds: 150_000_000)),
      Parameter("producers", "threads that add", .integer(1...16), default: .integer(1)),
      Parameter("consumers", "threads that take", .integer(1...16), default: .integer(1)),
      Parameter(
        "pause", "sleep between look and take", .duration(0...1_000_000_000),
        default: .duration(nanoseconds: 0)),
      Parameter(
        "lock", "hold a lock while the list is used", .choice(["on", "off"]),
        default: .choice("on")),
    ],
    listing: "producer_consumer.py", isExplorable: true)

  /// The greatest input whose factorial one run may ask for.
  static let greatestFactorial = 200_000
  /// The greatest number of decimal digits that all results of one run may have together.
  static let greatestDigits = 1_000_000_000.0

  static func factorial(cores: Int) -> Demo {
    Demo(
      id: "factorial",
      title: "Factorials on a thread pool",
      summary: "A pool of threads maps factorial over a row of inputs; results keep their order.",
      lessons: [7],
      parameters: [
        Parameter(
          "first", "the first input", .integer(0...greatestFactorial), default: .integer(1)),
        Parameter("last", "the last input", .integer(0...greatestFactorial), default: .integer(10)),
        Parameter(
          "workers", "threads in the pool", .integer(1...64),
          default: .integer(min(64, max(2, cores)))),
        Parameter(
          "order", "smallest or largest input first", .choice(["up", "down"]),
          default: .choice("up")),
      ],
      listing: "factorials.py", isExplorable: true,
      misfit: { arguments in
        let first = arguments.integer("first")
        let last = arguments.integer("last")
        guard first <= last else {
          return "first=\(first) is greater than last=\(last); let first be the smaller"
        }
        guard factorialDigits(from: first, through: last) <= greatestDigits else {
          return "the factorials from \(first) to \(last) have more than a billion digits "
            + "together; bring first nearer to last"
        }
        return nil
      })
  }

  static let poolSizing = Demo(
    id: "pool-sizing",
    title: "How big should a pool be?",
    summary: "Pools of different sizes do the same squares; each is timed from start to end.",
    lessons: [8],
    parameters: [
      Parameter("sizes", "pool sizes, one after the other", .span(1...32), default: .span(1...5)),
      Parameter("tasks", "numbers to square", .integer(1...10_000), default: .integer(10)),
      Parameter(
        "work", "computation in each task", .duration(0...10_000_000_000),
        default: .duration(nanoseconds: 0)),
      Parameter("rounds", "times each size is measured", .integer(1...100), default: .integer(1)),
    ],
    views: [.bars],
    listing: "pool_sizing.py", isExplorable: false)

  /// An estimate, good to a few parts in a hundred, of the decimal digits of n! for all n in a
  /// range together, from Stirling's leading terms: n! has about n·log10(n/e) digits.
  private static func factorialDigits(from first: Int, through last: Int) -> Double {
    var total = 0.0
    for n in first...last {
      total += n < 3 ? 1 : Double(n) * (log10(Double(n)) - 0.4342944819) + 4
      if total > greatestDigits { break }
    }
    return total
  }

  /// The decimal logarithm, good to a part in a thousand, which is all the estimate needs.
  private static func log10(_ x: Double) -> Double {
    // log2 by exponent and a linear significand is off by at most 0.09 of a bit.
    (Double(x.exponent) + (x.significand - 1)) * 0.30103
  }
}
