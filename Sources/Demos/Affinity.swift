import CPlatform
import Catalog
import Concurrency
import Engine
import Glibc

/// Worker processes compute and look again and again at which core they are, each tied to one of
/// the cores that the program may use, or free to be moved.
enum Affinity: DemoBody {
  static let bodyName = "affinity.look"
  /// CPU time between two looks, in nanoseconds.
  private static let piece: UInt64 = 10_000_000

  /// The listing's lines that this demo's events name.
  enum Line {
    static let pin = "os.sched_setaffinity(0, {core})"
    static let allowed =
      #"print(f"{name} may use the cores {sorted(os.sched_getaffinity(0))}")"#
    static let compute = "while time.process_time() < enough:"
    static let look = "seen.append(current_core())"
    static let moves = #"print(f"{name}: {moves} moves, cores {seen}")"#
    static let choices = "allowed = sorted(os.sched_getaffinity(0))"
    static let start = "process.start()"
    static let join = "process.join()"

    static let all = [pin, allowed, compute, look, moves, choices, start, join]
  }

  static var lines: [String] { Line.all }

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
        name, body: bodyName, arguments: [name, core, moves.handle ?? ""])
      workers.append((name, moves, process))
    }
    run.at(Line.join)
    for worker in workers {
      guard case .exited(0) = try worker.process.join() else {
        throw run.raise(
          RaisedException(type: "RuntimeError", message: "\(worker.name) did not look"))
      }
    }
    let moves = try workers.map { try $0.moves.read() }
    for (worker, moves) in zip(workers, moves) {
      try run.measure("\(worker.name): moves", moves, unit: "")
    }
    try conclude(moves, allowed: allowed, isPinned: isPinned, run)
  }

  private static func conclude(_ moves: [Int64], allowed: [Int], isPinned: Bool, _ run: Run) throws
  {
    let cores = texts(allowed).listed
    let looks = "\(run.arguments.integer("samples")) looks each: "
    let moved = "\(moves.map(String.init).listed) moves"
    guard allowed.count > 1 else {
      return try run.conclude(
        "\(looks)\(moved); this program may use core \(cores) only, so that nothing can move, "
          + "tied or not")
    }
    let workers = moves.count == 1 ? "1 worker" : "\(moves.count) workers"
    let choices = moves.indices.map { "\(allowed[$0 % allowed.count])" }
    let tied = (moves.count == 1 ? "core " : "the cores ") + choices.listed
    try run.conclude(
      isPinned
        ? "\(workers) tied to \(tied), of \(cores) that this program may use; "
          + "\(looks)\(moved)"
        : "\(workers) free to use the cores \(cores); \(looks)\(moved): the system may move them, "
          + "and need not")
  }

  /// What a worker process does.
  /// - Parameter arguments: its name, its core or `any`, and the handle of its count of moves.
  static func look(_ run: Run, _ arguments: [String]) throws {
    guard arguments.count == 3 else {
      throw run.raise(RaisedException(type: "ValueError", message: "no work: \(arguments)"))
    }
    let name = arguments[0]
    let moves = try SharedVariable.attached(arguments[2], in: run)
    if let core = Int32(arguments[1]) {
      run.at(Line.pin)
      let error = lks_set_affinity(core)
      guard error == 0 else { throw run.raise(.refused(error)) }
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

  /// The cores that the calling process may use, ascending; never none.
  private static func allowedCores(_ run: Run) throws -> [Int] {
    var numbers = [Int32](repeating: 0, count: 1024)
    let count = lks_allowed_cores(&numbers, Int32(numbers.count))
    guard count > 0 else { throw run.raise(.refused(-count)) }
    return numbers.prefix(Int(count)).map(Int.init)
  }

  private static func texts(_ cores: [Int]) -> [String] { cores.map(String.init) }
}

extension RaisedException {
  /// What a call raises that the kernel refuses.
  fileprivate static func refused(_ error: Int32) -> RaisedException {
    RaisedException(type: "OSError", message: String(cString: strerror(error)))
  }
}
