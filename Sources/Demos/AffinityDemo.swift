import CPlatform
import Catalog
import Concurrency
import Engine
import Glibc

/// Worker processes compute and check repeatedly which core they are on. Each is tied to one of the
/// cores that the program may use, or free to move.
enum AffinityDemo: DemoBody {
  /// The CPU time between two checks, in nanoseconds.
  private static let piece: UInt64 = 10_000_000

  enum Line: String, ListingLine {
    case pin = "os.sched_setaffinity(0, {core})"
    case allowed =
      #"print(f"{name} may use the cores {sorted(os.sched_getaffinity(0))}")"#
    case compute = "while time.process_time() < enough:"
    case look = "seen.append(current_core())"
    case moves = #"print(f"{name}: {moves} moves, cores {seen}")"#
    case choices = "allowed = sorted(os.sched_getaffinity(0))"
    case start = "process.start()"
    case join = "process.join()"
  }

  static let workerBodies: [any WorkerBody] = [look]

  static func run(_ run: Run) throws {
    let arguments = run.arguments
    let isPinned = arguments.choice("pin") == "on"
    run.at(Line.choices)
    let allowed = try allowedCores(run)
    try run.result("allowed cores", texts(allowed).joined(separator: " "))
    run.at(Line.start)
    var workers: [(name: String, moves: SharedVariable, process: ActorProcess)] = []
    for index in 0..<arguments.integer("workers") {
      let name = "worker-\(index + 1)"
      let moves = try SharedVariable.shared("moves_\(index + 1)", in: run)
      let core = isPinned ? "\(allowed[index % allowed.count])" : "any"
      let process = try run.process(
        name, body: look, arguments: [name, core, moves.handle ?? ""])
      workers.append((name, moves, process))
    }
    run.at(Line.join)
    for worker in workers { try worker.process.finish(in: run) }
    let moves = try workers.map { try $0.moves.read() }
    for (worker, moves) in zip(workers, moves) {
      try run.measure("\(worker.name): moves", moves, unit: "")
    }
    try conclude(moves, allowed: allowed, isPinned: isPinned, run)
  }

  private static func conclude(_ moves: [Int64], allowed: [Int], isPinned: Bool, _ run: Run) throws
  {
    let all = moves.reduce(0, +)
    let sentence =
      if allowed.count == 1 {
        "This program may use only one core, so no worker can move."
      } else if all > 0 {
        "The workers moved to another core \(all == 1 ? "once" : "\(all) times")."
      } else if isPinned {
        "No worker left its core."
      } else {
        "The workers were free to move, but stayed where they were."
      }
    let rows = moves.enumerated().map { index, moves in
      let cores = isPinned ? ["\(allowed[index % allowed.count])"] : texts(allowed)
      return ["worker-\(index + 1)", cores.joined(separator: " "), "\(moves)"]
    }
    try run.conclude(sentence, [["", "may use core", "moves"]] + rows)
  }

  /// The work of each process.
  /// - Parameter arguments: its name, its core or `any`, and the handle of its count of moves.
  static let look = ProcessBody("affinity.look") { run, arguments in
    guard arguments.count == 3 else {
      throw run.raise(.unreadable(arguments))
    }
    let name = arguments[0]
    let moves = try SharedVariable.attached(arguments[2], in: run)
    if let core = Int32(arguments[1]) {
      run.at(Line.pin)
      let error = lks_set_affinity(core)
      guard error == 0 else { throw run.raise(.system(error)) }
    }
    run.at(Line.allowed)
    let allowed = texts(try allowedCores(run)).joined(separator: ", ")
    try run.output("\(name) may use the cores [\(allowed)]")
    var seen: [Int] = []
    for _ in 0..<run.arguments.integer("samples") {
      run.at(Line.compute)
      try BusyWork.compute(for: piece, run)
      run.at(Line.look)
      seen.append(try run.recordUsage())
    }
    run.at(Line.moves)
    let moved = zip(seen, seen.dropFirst()).count { $0 != $1 }
    try run.result("cores of \(name)", texts(seen).joined(separator: " "))
    try moves.write(Int64(moved))
  }

  /// The cores that the calling process may use, in ascending order. There is at least one.
  private static func allowedCores(_ run: Run) throws -> [Int] {
    var numbers = [Int32](repeating: 0, count: 1024)
    let count = lks_allowed_cores(&numbers, Int32(numbers.count))
    guard count > 0 else { throw run.raise(.system(-count)) }
    return numbers.prefix(Int(count)).map(Int.init)
  }

  private static func texts(_ cores: [Int]) -> [String] { cores.map(String.init) }
}
