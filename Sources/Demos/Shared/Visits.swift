import Catalog
import Concurrency
import Engine
import Glibc

/// Counts processes that enter and leave a section: the turns, the most inside at a time, and the
/// time from the first entry to the last exit.
struct Visits: Sendable {
  private let tally: SharedTally

  private enum Figure {
    static let inside = 0
    static let most = 1
    static let began = 2
    static let ended = 3
    static let count = 4
  }

  init(in run: Run) throws { tally = try SharedTally(in: run) }
  init(attached handle: String, in run: Run) throws {
    tally = try SharedTally(attached: handle, in: run)
  }

  var handle: String { tally.handle }
  /// The most processes that were inside at a time.
  var most: Int { Int(tally[Figure.most]) }
  /// The number of turns.
  var count: Int { Int(tally[Figure.count]) }
  /// The time from the first entry to the last exit, in ns of the run's clock.
  var took: Int64 { tally.withNumbers { $0[Figure.ended] - $0[Figure.began] } }

  /// Starts the parameter `workers` processes, waits until all have ended, and records what they
  /// did.
  /// - Parameter gate: the handle of the object that lets them in.
  func receive(
    _ body: ProcessBody, gate: String?, start: some ListingLine, join: some ListingLine,
    in run: Run
  ) throws -> [ActorProcess] {
    run.at(start)
    let workers = try (1...run.arguments.integer("workers")).map { number in
      try run.process("worker-\(number)", body: body, arguments: [gate ?? "", handle])
    }
    run.at(join)
    for worker in workers { try worker.join() }
    try run.result("greatest inside at a time", "\(most)")
    try run.measure("all turns: took", took, unit: "ns")
    return workers
  }

  /// Takes the turns of one process, as many as the parameter `turns` says. In each it stays inside
  /// for the parameter `hold`.
  /// - Parameters:
  ///   - enter: the listing's line where the process enters and leaves.
  ///   - inside: the line where it says that it is inside.
  ///   - hold: the line where it stays.
  ///   - gate: calls its argument inside.
  func takeTurns<Line: ListingLine>(
    in run: Run, enter: Line, inside: Line, hold: Line,
    through gate: (() throws -> Void) throws -> Void
  ) throws {
    for _ in 0..<run.arguments.integer("turns") {
      run.at(enter)
      try gate {
        self.enter(run)
        run.at(inside)
        do {
          try run.output("pid \(getpid()) is inside")
          run.at(hold)
          try run.sleep(run.arguments.nanoseconds("hold"))
        } catch {
          leave(run, isDone: false)
          throw error
        }
        leave(run, isDone: true)
        run.at(enter)
      }
    }
  }

  private func enter(_ run: Run) {
    let now = Int64(run.now())
    tally.withNumbers { numbers in
      if numbers[Figure.began] == 0 { numbers[Figure.began] = now }
      numbers[Figure.inside] += 1
      numbers[Figure.most] = max(numbers[Figure.most], numbers[Figure.inside])
    }
  }

  private func leave(_ run: Run, isDone: Bool) {
    let now = Int64(run.now())
    tally.withNumbers { numbers in
      numbers[Figure.ended] = now
      numbers[Figure.inside] -= 1
      if isDone { numbers[Figure.count] += 1 }
    }
  }
}
