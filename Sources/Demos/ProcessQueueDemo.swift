import Catalog
import Concurrency
import Engine
import Glibc

/// One process puts values into a queue, and other processes get them.
enum ProcessQueueDemo: DemoBody {
  enum Line: String, ListingLine {
    case make = "q = multiprocessing.Queue()"
    case start = "consumer.start()"
    case sleep = "time.sleep(delay)"
    case put = "q.put(10 + number)"
    case end = "q.put(None)  # one for each: nothing more will come"
    case join = "consumer.join()"
    case get = "number = q.get()"
    case stop = "if number is None:"
    case print = #"print(f"pid {os.getpid()} got {number}")"#
  }

  static let workerBodies: [any WorkerBody] = [get]

  /// The message that ends a consumer.
  private static let endOfValues = "None"
  /// The figures of a consumer, numbered from 1: the values and the bytes that it got.
  private static func figures(of consumer: Int) -> (values: Int, bytes: Int) {
    (2 * consumer, 2 * consumer + 1)
  }

  static func run(_ run: Run) throws {
    let arguments = run.arguments
    run.at(Line.make)
    let q = try ProcessQueue("q", in: run)
    let tally = try SharedTally(in: run)
    run.at(Line.start)
    let consumers = try (1...arguments.integer("consumers")).map { number in
      try run.process(
        "consumer-\(number)", body: get,
        arguments: ["\(number)", q.handle, tally.handle], passing: q.descriptors)
    }
    var bytes = 0
    let items = arguments.integer("items")
    for number in 0..<items {
      run.at(Line.sleep)
      try run.sleep(arguments.nanoseconds("delay"))
      run.at(Line.put)
      try q.put("\(10 + number)")
      bytes += "\(10 + number)".utf8.count
    }
    run.at(Line.end)
    for _ in consumers { try q.put(endOfValues) }
    run.at(Line.join)
    for consumer in consumers { try consumer.finish(in: run) }
    let got = consumers.indices.map { index in
      let figures = figures(of: index + 1)
      return (values: Int(tally[figures.values]), bytes: Int(tally[figures.bytes]))
    }
    try run.result("sent", "\(items)")
    try run.result("received", "\(got.map(\.values).reduce(0, +))")
    let received = got.map(\.values).reduce(0, +)
    try run.conclude(
      received == items
        ? "Each value went through the queue as bytes, to exactly one process."
        : "Some values did not arrive.",
      [["", "values", "bytes"], ["put by main", "\(items)", "\(bytes)"]]
        + zip(0..., got).map {
          ["got by consumer-\($0 + 1)", "\($1.values)", "\($1.bytes)"]
        }
        + [["got in all", "\(received)", "\(got.map(\.bytes).reduce(0, +))"]])
  }

  /// The work of each consumer: gets values until the end.
  static let get = ProcessBody("process-queue.get") { run, arguments in
    guard arguments.count == 3, let number = Int(arguments[0]),
      figures(of: number).bytes < SharedTally.count
    else { throw run.raise(.unreadable(arguments)) }
    let q = try ProcessQueue.attached(arguments[1], in: run)
    let tally = try SharedTally(attached: arguments[2], in: run)
    let figures = figures(of: number)
    while true {
      run.at(Line.get)
      let value = try q.getText()
      run.at(Line.stop)
      if value == endOfValues { return }
      tally[figures.values] += 1
      tally[figures.bytes] += Int64(value.utf8.count)
      run.at(Line.print)
      try run.output("pid \(getpid()) got \(value)")
    }
  }
}
