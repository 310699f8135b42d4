import Catalog
import Concurrency
import Engine
import Trace

/// Numbers go to worker processes, which add them up and send back the sums. For comparison, they
/// are added up in the main process. The demo measures a large and a small amount of data.
enum SplitDataDemo: DemoBody {
  enum Line: String, ListingLine {
    case receive = #"while numbers := array.array("q", end.recv_bytes()):"#
    case add = "end.send(sum(numbers))"
    case addHere = "sum(numbers)"
    case send = "end.send_bytes(numbers[place * part : (place + 1) * part])"
    case collect = "sum(end.recv() for end in ends)"
    case start = "multiprocessing.Process(target=add, args=(theirs,), daemon=True).start()"
  }

  static let workerBodies: [any WorkerBody] = [add]

  /// The small amount, in kilobytes.
  private static let little = 64

  /// An amount of data, and the number of workers; 0 means the main process.
  private struct Way {
    let amount: String
    let numbers: [Int64]
    let workers: Int

    /// `16 MB, 2 workers`
    var name: String {
      workers == 0 ? "\(amount) here" : "\(amount), \(counted(workers, "worker"))"
    }
  }

  /// The costs of a way in one round, other than its time.
  private struct Bill {
    let total: Int64
    let moved: Int64
    let moving: Int64
    let computing: Int64
  }

  static func run(_ run: Run) throws {
    let arguments = run.arguments
    let workers = try (1...arguments.integer("workers")).map { number in
      run.at(Line.start)
      return try Worker(number: number, in: run)
    }
    let size = arguments.integer("size")
    let many = numbers(bytes: size * 1_000_000)
    let few = numbers(bytes: little * 1_000)
    let ways = [("\(size) MB", many), ("\(little) kB", few)].flatMap { amount, numbers in
      (0...workers.count).map { Way(amount: amount, numbers: numbers, workers: $0) }
    }
    var bills: [String: [Bill]] = [:]
    let arms = ways.map { way in
      Comparison.Arm(way.name) {
        let bill =
          way.workers == 0
          ? try addHere(way.numbers, run)
          : try deal(way.numbers, to: Array(workers.prefix(way.workers)), run)
        bills[way.name, default: []].append(bill)
      }
    }
    let comparison = try Comparison(
      arms, rounds: arguments.integer("rounds"), in: run)
    for worker in workers { try worker.end() }
    try record(bills, of: ways, run)
    try run.conclude(conclusion(comparison, ways))
  }

  private static func numbers(bytes: Int) -> [Int64] {
    (0..<Int64(bytes / MemoryLayout<Int64>.size)).map { $0 & 0xFF }
  }

  private static func addHere(_ numbers: [Int64], _ run: Run) throws -> Bill {
    let began = run.now()
    run.at(Line.addHere)
    let total = try sum(numbers, run)
    return Bill(total: total, moved: 0, moving: 0, computing: Int64(run.now() - began))
  }

  private static func deal(
    _ numbers: [Int64], to workers: [Worker], _ run: Run
  ) throws -> Bill {
    let began = run.now()
    var start = 0
    for (index, part) in CPUBoundDemo.parts(of: numbers.count, among: workers.count).enumerated() {
      run.at(Line.send)
      try workers[index].send(Array(numbers[start..<start + part]))
      start += part
    }
    let moving = Int64(run.now() - began)
    run.at(Line.collect)
    let answers = try workers.map { try $0.answer() }
    return Bill(
      total: answers.map(\.total).reduce(0, +),
      moved: Int64(numbers.count * MemoryLayout<Int64>.size), moving: moving,
      computing: answers.map(\.computing).max() ?? 0)
  }

  private static func record(_ bills: [String: [Bill]], of ways: [Way], _ run: Run) throws {
    var sums: [String: Int64] = [:]
    for way in ways {
      for bill in bills[way.name] ?? [] {
        if sums[way.amount] == nil { try run.result("sum of \(way.amount)", "\(bill.total)") }
        guard sums[way.amount, default: bill.total] == bill.total else {
          throw run.raise(
            RaisedException(type: "RuntimeError", message: "\(way.name): another sum"))
        }
        sums[way.amount] = bill.total
        try run.measure("\(way.name): bytes moved", bill.moved, unit: "B")
        try run.measure("\(way.name): moving", bill.moving, unit: "ns")
        try run.measure("\(way.name): computing", bill.computing, unit: "ns")
      }
    }
  }

  private static func conclusion(_ comparison: Comparison, _ ways: [Way]) -> String {
    var amounts: [String] = []
    for way in ways where !amounts.contains(way.amount) { amounts.append(way.amount) }
    var caution: String?
    let texts = amounts.map { amount in
      let ways = ways.filter { $0.amount == amount }
      let times = ways.map { way in
        ValueText.duration(comparison[way.name].median)
          + (way.workers == 0 ? " here" : " with \(way.workers)")
      }
      let ranked = ways.map(\.name).sorted { comparison[$0].median < comparison[$1].median }
      let verdict = comparison.verdict(ranked[0], ranked[1])
      let winner: String
      switch verdict {
      case .faster(let way, _): winner = "; \(way) was the fastest"
      case .overlap: winner = "; the ranges of the two fastest overlap"
      case .once, .disturbed:
        winner = ""
        caution = verdict.text
      }
      return "Adding up \(amount) took \(times.joined(separator: ", "))\(winner)"
    }
    return texts.joined(separator: ". ") + ". The workers' start is not counted"
      + (caution.map { "; \($0)" } ?? "")
  }

  /// Adds up numbers in pieces, so that a pause takes effect soon.
  private static func sum(_ numbers: [Int64], _ run: Run) throws -> Int64 {
    let piece = 100_000
    var total: Int64 = 0
    for start in stride(from: 0, to: numbers.count, by: piece) {
      for number in numbers[start..<min(start + piece, numbers.count)] { total &+= number }
      try run.checkpoint()
    }
    return total
  }

  /// The work of a worker process.
  static let add = ProcessBody("split-data.add") { run, arguments in
    let end = try PipeEnd.attached(
      arguments.first ?? "", descriptor: run.passedDescriptor(0), in: run)
    while true {
      run.at(Line.receive)
      guard let count = Int(try end.receiveText()), count > 0 else { return }
      let numbers = try end.receiveAll(count, of: Int64.self)
      run.at(Line.add)
      let began = run.now()
      let total = try sum(numbers, run)
      let computing = run.now() - began
      try end.send("\(total) \(computing)")
    }
  }
}

/// A worker process, seen from its parent.
private struct Worker {
  private let process: ActorProcess
  private let pipe: PipeEnd
  private let run: Run

  struct Answer {
    let total: Int64
    /// The time of the computation, in ns.
    let computing: Int64
  }

  init(number: Int, in run: Run) throws {
    let (ours, theirs) = try Pipe.ends("pipe-\(number)", in: run)
    process = try run.process(
      "worker-\(number)", body: SplitDataDemo.add, arguments: [theirs.handle],
      passing: [theirs.descriptor])
    pipe = ours
    self.run = run
    // The process has a copy. With this end open, the pipe would not report the death of the
    // process.
    theirs.close()
  }

  func send(_ numbers: [Int64]) throws {
    try pipe.send("\(numbers.count)")
    try pipe.sendAll(numbers)
  }

  func answer() throws -> Answer {
    let words = try pipe.receiveText().split(separator: " ")
    guard words.count == 2, let total = Int64(words[0]), let computing = Int64(words[1])
    else {
      throw run.raise(.unreadable(words.map(String.init)))
    }
    return Answer(total: total, computing: computing)
  }

  func end() throws {
    try pipe.send("0")
    try process.finish(in: run)
  }
}
