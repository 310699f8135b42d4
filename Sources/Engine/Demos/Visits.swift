/// How many processes are inside somewhere, how many were at most, and how long it took from the
/// first that came to the last that went.
struct Visits: Sendable {
  private let tally: SharedTally

  private enum Figure {
    static let inside = 0
    static let most = 1
    static let began = 2
    static let ended = 3
  }

  init(in run: Run) throws { tally = try SharedTally(in: run) }
  init(attached handle: String, in run: Run) throws {
    tally = try SharedTally(attached: handle, in: run)
  }

  var handle: String { tally.handle }
  /// The most there were at once.
  var most: Int { Int(tally[Figure.most]) }
  /// From the first that came to the last that went, in ns of the run's clock.
  var took: Int64 { tally.withFigures { $0[Figure.ended] - $0[Figure.began] } }

  func enter(_ run: Run) {
    let now = Int64(run.now())
    tally.withFigures { figures in
      if figures[Figure.began] == 0 { figures[Figure.began] = now }
      figures[Figure.inside] += 1
      figures[Figure.most] = max(figures[Figure.most], figures[Figure.inside])
    }
  }

  func leave(_ run: Run) {
    let now = Int64(run.now())
    tally.withFigures { figures in
      figures[Figure.ended] = now
      figures[Figure.inside] -= 1
    }
  }
}
