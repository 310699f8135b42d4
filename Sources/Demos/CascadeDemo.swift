import Catalog
import Concurrency
import Platform
import Trace

/// The producer fails, its consumers wait for items that never come, and main waits for the
/// consumers. Without the watchdog, they would wait forever.
enum CascadeDemo: DemoBody {
  /// The time that the producer needs for an item, in ns.
  private static let length: Int64 = 20_000_000

  enum Line: String, ListingLine {
    case sleep = "time.sleep(0.02)"
    case raise = #"raise ValueError(f"no item {number}")"#
    case put = "q.put(number)"
    case get = "item = q.get()"
    case got = #"print(f"{threading.current_thread().name} got {item}")"#
    case feed = "fed.set()"
    case watch = "while fed.wait(timeout=watchdog):"
    case clear = "fed.clear()"
    case act =
      #"print(f"no item for {watchdog} s: the watchdog ends the consumers")"#
    case end = "q.put(None)"
    case startProducer = #"threading.Thread(target=produce, name="producer").start()"#
    case start = "thread.start()"
    case join = "thread.join()  # main waits, too"
    case goesOn = #"print("main goes on")"#
  }

  /// An entry of the queue.
  private enum Item: Sendable, CustomStringConvertible {
    case number(Int)
    /// There are no more items.
    case none

    var description: String {
      switch self {
      case .number(let number): "\(number)"
      case .none: "None"
      }
    }
  }

  static func run(_ run: Run) throws {
    let consumers = run.arguments.integer("consumers")
    let patience = run.arguments.nanoseconds("watchdog")
    let q = BlockingQueue<Item>("q", in: run)
    let fed = EventFlag("fed", in: run)
    let failedAt = Guarded<UInt64>(0)
    let ends = Guarded<[(name: String, at: UInt64)]>([])
    run.at(Line.startProducer)
    let producer = try run.thread("producer") { try produce(q, failedAt, run) }
    run.at(Line.start)
    let takers = try (1...consumers).map { place in
      let name = "consumer-\(place)"
      return try run.thread(name) {
        try consume(q, fed, name, run)
        let end = run.now()
        ends.withLock { $0.append((name, end)) }
      }
    }
    let watchdog = try run.thread("watchdog") {
      run.at(Line.watch)
      while try fed.wait(timeout: patience) {
        run.at(Line.clear)
        try fed.clear()
        run.at(Line.watch)
      }
      run.at(Line.act)
      try run.output(
        "no item for \(ValueText.duration(patience)): the watchdog ends the consumers")
      run.at(Line.end)
      for _ in 1...consumers { try q.put(.none) }
    }
    run.at(Line.join)
    for thread in takers { try thread.join() }
    let mainEnd = run.now()
    run.at(Line.goesOn)
    try run.output("main goes on")
    for thread in [producer, watchdog] { try thread.join() }
    let since = failedAt.withLock { $0 }
    let waits = (ends.withLock { $0 } + [("main", mainEnd)]).map { name, end in
      // On a very slow machine, the watchdog can act before the failure.
      (name: name, length: max(0, Int64(end) - Int64(since)))
    }
    for wait in waits {
      try run.measure("\(wait.name): waited for nothing", wait.length, unit: "ns")
    }
    try run.conclude(
      "One thread failed, and all others waited for nothing until the watchdog acted.",
      [["", "waited after the failure"]]
        + waits.map { [$0.name, ValueText.duration($0.length)] })
  }

  private static func produce(
    _ q: BlockingQueue<Item>, _ failedAt: Guarded<UInt64>, _ run: Run
  ) throws {
    let failing = run.arguments.integer("fail-at")
    for number in 1...failing {
      run.at(Line.sleep)
      try run.sleep(length)
      if number == failing {
        run.at(Line.raise)
        let now = run.now()
        failedAt.withLock { $0 = now }
        let exception = run.raise(.valueError("no item \(number)"))
        let traceback = Traceback(of: exception, through: [.init("produce", Line.raise)], in: run)
        for line in ["Exception in thread producer:"] + traceback.lines { try run.output(line) }
        throw exception
      }
      run.at(Line.put)
      try q.put(.number(number))
    }
  }

  private static func consume(
    _ q: BlockingQueue<Item>, _ fed: EventFlag, _ name: String, _ run: Run
  ) throws {
    run.at(Line.get)
    while case .number(let number) = try q.get() {
      run.at(Line.got)
      try run.output("\(name) got \(number)")
      run.at(Line.feed)
      try fed.set()
      run.at(Line.get)
    }
  }
}
