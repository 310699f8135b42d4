import Catalog
import Concurrency
import Glibc

/// Processes that go in and out somewhere: how often they did, how many were inside at most, and how
/// long it took from the first that came to the last that went.
struct Visits: Sendable {
  /// The listing's lines that a visit comes by.
  struct Lines {
    /// Where the visitor comes in, and goes out again.
    let enter: String
    let inside: String
    let hold: String
  }

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
  /// The most there were at once.
  var most: Int { Int(tally[Figure.most]) }
  /// How often somebody came in and went out again.
  var count: Int { Int(tally[Figure.count]) }
  /// From the first that came to the last that went, in ns of the run's clock.
  var took: Int64 { tally.withNumbers { $0[Figure.ended] - $0[Figure.began] } }

  /// One visit, by who was let in: says so, and stays for the parameter `hold`.
  func stay(_ run: Run, _ lines: Lines) throws {
    enter(run)
    run.at(lines.inside)
    do {
      try run.output("pid \(getpid()) is inside")
      run.at(lines.hold)
      try run.sleep(run.arguments.nanoseconds("hold"))
    } catch {
      leave(run, isDone: false)
      throw error
    }
    leave(run, isDone: true)
    run.at(lines.enter)
  }

  private func enter(_ run: Run) {
    let now = Int64(run.now())
    tally.withNumbers { figures in
      if figures[Figure.began] == 0 { figures[Figure.began] = now }
      figures[Figure.inside] += 1
      figures[Figure.most] = max(figures[Figure.most], figures[Figure.inside])
    }
  }

  private func leave(_ run: Run, isDone: Bool) {
    let now = Int64(run.now())
    tally.withNumbers { figures in
      figures[Figure.ended] = now
      figures[Figure.inside] -= 1
      if isDone { figures[Figure.count] += 1 }
    }
  }
}
