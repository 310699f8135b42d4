import Catalog
import Concurrency
import Engine
import Trace

/// Numbers go to worker processes, which add them up and send back the sums. For comparison, they
/// are added up in the main process. The parameter `work` says how often each number is added.
enum SplitDataDemo: DemoBody {
  enum Line: String, ListingLine {
    case receive = #"numbers = array.array("q", end.recv_bytes())"#
    case add = "end.send(add(numbers))"
    case addHere = "add(numbers)"
    case send = "end.send_bytes(numbers[place * part : (place + 1) * part])"
    case collect = "sum(end.recv() for end in ends)"
    case start = "multiprocessing.Process(target=work_for, args=(theirs,), daemon=True).start()"
  }

  static let workerBodies: [any WorkerBody] = [add]

  /// The name of the way with a number of workers; 0 means the main process.
  private static func way(_ workers: Int) -> String {
    workers == 0 ? "here" : counted(workers, "worker")
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
    let numbers = numbers(bytes: arguments.integer("size") * 1_000_000)
    let ways = (0...workers.count).map(way)
    var bills: [String: [Bill]] = [:]
    let arms = ways.enumerated().map { count, way in
      Comparison.Arm(way) {
        let bill =
          count == 0
          ? try addHere(numbers, run) : try deal(numbers, to: Array(workers.prefix(count)), run)
        bills[way, default: []].append(bill)
      }
    }
    let comparison = try Comparison(
      arms, rounds: arguments.integer("rounds"), in: run)
    for worker in workers { try worker.end() }
    try record(bills, of: ways, run)
    try run.conclude(sentence(comparison, workers.count), table(comparison, bills))
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

  private static func record(_ bills: [String: [Bill]], of ways: [String], _ run: Run) throws {
    let all = ways.flatMap { way in (bills[way] ?? []).map { (way, $0) } }
    guard let sum = all.first?.1.total else { return }
    try run.result("sum", "\(sum)")
    for (way, bill) in all {
      guard bill.total == sum else {
        throw run.raise(RaisedException(type: "RuntimeError", message: "\(way): another sum"))
      }
      try run.measure("\(way): bytes moved", bill.moved, unit: "B")
      try run.measure("\(way): moving", bill.moving, unit: "ns")
      try run.measure("\(way): computing", bill.computing, unit: "ns")
    }
  }

  private static func sentence(_ comparison: Comparison, _ most: Int) -> String {
    let (here, workers) = (way(0), way(most))
    let verdict = comparison.verdict(here, workers)
    switch verdict {
    case .faster(here, _): return "To add up the numbers here was faster than with \(workers)."
    case .faster: return "With \(workers), it was faster than here."
    case .overlap, .once, .disturbed:
      return verdict.caution ?? "With \(workers), it took about as long as here."
    }
  }

  private static func table(_ comparison: Comparison, _ bills: [String: [Bill]]) -> [[String]] {
    let rows = comparison.times.map { times in
      func middle(_ cost: (Bill) -> Int64) -> Int64 {
        let values = (bills[times.name] ?? []).map(cost).sorted()
        return values.isEmpty ? 0 : values[values.count / 2]
      }
      return [times.name]
        + [middle { $0.moving }, middle { $0.computing }, times.median, times.least, times.most]
        .map(ValueText.duration)
    }
    return [["", "moving", "computing", "in all", "least", "most"]] + rows
  }

  /// Adds up numbers as often as the parameter `work` says, in pieces, so that a pause takes effect
  /// soon.
  private static func sum(_ numbers: [Int64], _ run: Run) throws -> Int64 {
    let piece = 100_000
    var total: Int64 = 0
    for _ in 0..<run.arguments.integer("work") {
      for start in stride(from: 0, to: numbers.count, by: piece) {
        let end = min(start + piece, numbers.count)
        numbers.withUnsafeBufferPointer { numbers in
          for index in start..<end { total &+= numbers[index] }
        }
        try run.checkpoint()
      }
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
