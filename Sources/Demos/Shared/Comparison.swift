import Concurrency
import Trace

/// Measures several ways of doing the same thing: a warm-up, then all of them in turn, round after
/// round, so that what else the machine does falls on each alike.
struct Comparison {
  /// One of the ways.
  struct Arm {
    /// What a learner sees it called, such as `threads`.
    let name: String
    let body: () throws -> Void

    init(_ name: String, _ body: @escaping () throws -> Void) {
      self.name = name
      self.body = body
    }
  }

  /// What one arm took, in ns of the run's clock, a value a round.
  struct Times {
    let name: String
    var wall: [Int64] = []
    /// CPU time over wall time: how many cores the arm was really given.
    var cores: [Double] = []

    var median: Int64 { wall.sorted()[wall.count / 2] }
    var least: Int64 { wall.min() ?? 0 }
    var most: Int64 { wall.max() ?? 0 }
    var medianCores: Double { cores.sorted()[cores.count / 2] }

    /// The median with the range: `101 ms (100 ms to 104 ms)`; the time alone where it is one.
    var told: String {
      let middle = ValueText.duration(median)
      guard wall.count > 1 else { return middle }
      return "\(middle) (\(ValueText.duration(least)) to \(ValueText.duration(most)))"
    }
  }

  /// What may be said of two arms.
  enum Verdict: Equatable {
    /// The slowest round of one beat the quickest of the other.
    case quicker(String, times: Double)
    /// Their ranges overlap.
    case overlap
    /// One round of each proves little.
    case once
    /// Other programs took so many percent of all cores.
    case disturbed(percent: Int)
  }

  /// By arm, in their order.
  private(set) var times: [Times] = []
  /// The share of all cores that other programs took meanwhile, in percent; nil when the time was
  /// too short to tell.
  private(set) var takenByOthers: Int?

  /// Above this share of all cores in other hands nothing is said about speed.
  static let greatestDisturbance = 25

  /// Measures the arms and records, for each round, `ARM: wall` and `ARM: cores used`.
  /// - Parameter warmUp: what is done once, unmeasured, before the first round.
  init(_ arms: [Arm], rounds: Int, in run: Run, warmUp: () throws -> Void = {}) throws {
    times = arms.map { Times(name: $0.name) }
    try warmUp()
    let before = CoreUse()
    for _ in 0..<rounds {
      for (index, arm) in arms.enumerated() {
        let cpu = CoreUse.ownTime
        let began = run.now()
        try arm.body()
        let wall = Int64(run.now() - began)
        let cores = Double(CoreUse.ownTime(since: cpu)) / Double(max(1, wall))
        times[index].wall.append(wall)
        times[index].cores.append(cores)
        try run.measure("\(arm.name): wall", wall, unit: "ns")
        // In less than a millisecond the clocks of the two kinds of time are too coarse to compare.
        guard wall >= 1_000_000 else { continue }
        let share = min(cores, Double(run.cores))
        try run.measure("\(arm.name): cores used", Int64(share * 100), unit: "/100")
      }
    }
    takenByOthers = before.takenByOthers(until: CoreUse(), cores: run.cores)
    if let percent = takenByOthers {
      try run.measure("cores taken by others", Int64(percent), unit: "%")
    }
  }

  /// The times of an arm by its name.
  subscript(name: String) -> Times {
    guard let times = times.first(where: { $0.name == name }) else {
      preconditionFailure("no arm is called \(name)")
    }
    return times
  }

  /// Why nothing is to be said about speed at all; nil when the machine was quiet enough.
  var disturbance: Verdict? {
    guard let percent = takenByOthers, percent > Self.greatestDisturbance else { return nil }
    return .disturbed(percent: percent)
  }

  /// Which of two arms was the quicker, as far as the rounds can tell.
  func verdict(_ first: String, _ second: String) -> Verdict {
    Verdict(self[first], self[second], takenByOthers: takenByOthers)
  }
}

extension Comparison.Verdict {
  /// - Parameter percent: the share of all cores that other programs took meanwhile.
  init(_ one: Comparison.Times, _ two: Comparison.Times, takenByOthers percent: Int?) {
    if let percent, percent > Comparison.greatestDisturbance {
      self = .disturbed(percent: percent)
    } else if one.wall.count == 1 {
      self = .once
    } else if one.most < two.least {
      self = .quicker(one.name, times: Double(two.median) / Double(max(1, one.median)))
    } else if two.most < one.least {
      self = .quicker(two.name, times: Double(one.median) / Double(max(1, two.median)))
    } else {
      self = .overlap
    }
  }

  /// The verdict in words that end a sentence.
  var told: String {
    switch self {
    case .quicker(let arm, let times):
      "\(arm) was \(PoolSizingSummary.tenths(times)) times as quick"
    case .overlap: "the ranges overlap, so neither is the quicker"
    case .once: "one round proves little: try rounds=5"
    case .disturbed(let percent):
      "no verdict: other programs took \(percent) % of the cores meanwhile"
    }
  }
}
