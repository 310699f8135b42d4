import Catalog
import Concurrency
import Platform
import Trace

/// Producers put numbers into a queue and consumers get them. No thread needs a lock, because the
/// queue does all the waiting.
enum QueueDemo: DemoBody {
  enum Line: String, ListingLine {
    case rest = "time.sleep(put_delay)"
    case put = "q.put(number)  # waits while the queue is full"
    case get = "item = q.get()  # waits while the queue is empty"
    case got = #"print(f"got {item}")"#
    case work = "time.sleep(get_delay)"
    case getTen = #"getter = start(lambda: print(f"got {q.get()}"))"#
    case putTen = "q.put(10)"
    case joinGetter = "getter.join()"
    case startTakers = "takers = [start(consume) for _ in range(consumers)]"
    case startGivers =
      "givers = [start(produce, 100 * (n + 1) + 1) for n in range(producers)]"
    case joinGivers = "giver.join()"
    case stop = "q.put(None)  # one for each consumer: nothing more comes"
  }

  private static let stopSign = "None"

  private struct Tally: Sendable {
    var put: [String] = []
    var got: [String] = []
    var deepest = 0
    var blockedPuts = WaitTotal()
    var blockedGets = WaitTotal()
    /// Whether each consumer got the numbers of each producer in order.
    var isInOrder = true
  }

  private struct Stage: Sendable {
    let run: Run
    let q: BlockingQueue<String>
    let tally = Guarded(Tally())

    func put(_ value: String) throws {
      let before = run.waits()
      let size = try q.put(value)
      let waits = run.waits() - before
      tally.withLock { tally in
        tally.put.append(value)
        tally.deepest = max(tally.deepest, size)
        tally.blockedPuts.add(waits)
      }
    }

    func get() throws -> String {
      let before = run.waits()
      let value = try q.get()
      let waits = run.waits() - before
      tally.withLock { tally in
        tally.got.append(value)
        tally.blockedGets.add(waits)
      }
      return value
    }
  }

  static func run(_ run: Run) throws {
    let arguments = run.arguments
    let q = BlockingQueue<String>("q", capacity: arguments.integer("capacity"), in: run)
    let stage = Stage(run: run, q: q)
    try handOverTen(stage)
    run.at(Line.startTakers)
    let takers = try (1...arguments.integer("consumers")).map { number in
      try run.thread("consumer-\(number)") { try consume(stage) }
    }
    run.at(Line.startGivers)
    let givers = try (1...arguments.integer("producers")).map { number in
      try run.thread("producer-\(number)") { try produce(100 * number + 1, stage) }
    }
    run.at(Line.joinGivers)
    for giver in givers { try giver.join() }
    run.at(Line.stop)
    for _ in takers { try stage.put(stopSign) }
    for taker in takers { try taker.join() }
    try report(stage)
  }

  /// One thread puts a 10, and another gets it.
  private static func handOverTen(_ stage: Stage) throws {
    let run = stage.run
    run.at(Line.getTen)
    let getter = try run.thread("getter") {
      run.at(Line.getTen)
      try run.output("got \(stage.get())")
    }
    run.at(Line.putTen)
    try stage.put("10")
    run.at(Line.joinGetter)
    try getter.join()
  }

  private static func produce(_ first: Int, _ stage: Stage) throws {
    let run = stage.run
    for number in first..<first + run.arguments.integer("items") {
      run.at(Line.rest)
      try run.sleep(run.arguments.nanoseconds("put-delay"))
      run.at(Line.put)
      try stage.put("\(number)")
    }
  }

  private static func consume(_ stage: Stage) throws {
    let run = stage.run
    var last: [Int: Int] = [:]
    run.at(Line.get)
    while case let value = try stage.get(), value != stopSign {
      if let number = Int(value) {
        let producer = number / 100
        if number < last[producer] ?? 0 { stage.tally.withLock { $0.isInOrder = false } }
        last[producer] = number
      }
      run.at(Line.got)
      try run.output("got \(value)")
      run.at(Line.work)
      try run.sleep(run.arguments.nanoseconds("get-delay"))
      run.at(Line.get)
    }
  }

  private static func report(_ stage: Stage) throws {
    let run = stage.run
    let tally = stage.tally.withLock { $0 }
    let capacity = run.arguments.integer("capacity")
    try run.result("in", "\(tally.put.count)")
    try run.result("out", "\(tally.got.count)")
    try run.result("deepest", "\(tally.deepest)")
    try run.measure("put: blocked", Int64(tally.blockedPuts.count), unit: "")
    try run.measure("get: blocked", Int64(tally.blockedGets.count), unit: "")
    try run.measure("put: waited", tally.blockedPuts.nanoseconds, unit: "ns")
    try run.measure("get: waited", tally.blockedGets.nanoseconds, unit: "ns")
    let isSame = tally.put.sorted() == tally.got.sorted()
    let (puts, gets) = (tally.blockedPuts, tally.blockedGets)
    let sentence =
      if !isSame || !tally.isInOrder {
        "Some items came out in another order, or not at all."
      } else if puts.nanoseconds > gets.nanoseconds {
        "All came out in order, and the producers waited more than the consumers."
      } else {
        "All came out in order, and the consumers waited more than the producers."
      }
    try run.conclude(
      sentence,
      [
        ["", "put", "get"],
        ["items, with one None for each consumer", "\(tally.put.count)", "\(tally.got.count)"],
        ["calls that had to wait", "\(puts.count)", "\(gets.count)"],
        [
          "time waited in all", ValueText.duration(puts.nanoseconds),
          ValueText.duration(gets.nanoseconds),
        ],
        ["most items in the queue", "\(tally.deepest) of \(capacity)", ""],
      ])
  }
}
