import Concurrency
import Trace

/// Measures several ways of doing the same thing. After a warm-up, each round runs all of them in
/// turn, so that other load on the machine affects all of them equally.
struct Comparison {
  /// One of the ways.
  struct Arm {
    /// The name that a learner sees, such as `threads`.
    let name: String
    let body: () throws -> Void

    init(_ name: String, _ body: @escaping () throws -> Void) {
      self.name = name
      self.body = body
    }
  }

  /// The times of one arm, one value for each round.
  struct Times {
    let name: String
    /// In ns of the run's clock.
    var wall: [Int64] = []
    /// CPU time divided by wall time: the number of cores that the arm really had.
    var cores: [Double] = []

    var median: Int64 { wall.sorted()[wall.count / 2] }
    var least: Int64 { wall.min() ?? 0 }
    var most: Int64 { wall.max() ?? 0 }
    var medianCores: Double { cores.sorted()[cores.count / 2] }

    /// The median and the range, `101 ms (100 ms to 104 ms)`, or the time if there is only one.
    var text: String {
      let middle = ValueText.duration(median)
      guard wall.count > 1 else { return middle }
      return "\(middle) (\(ValueText.duration(least)) to \(ValueText.duration(most)))"
    }
  }

  /// The result of comparing two arms.
  enum Verdict: Equatable {
    /// The slowest round of one arm was faster than the fastest round of the other.
    case faster(String, times: Double)
    /// Their ranges overlap.
    case overlap
    /// There was only one round, which proves little.
    case once
    /// Other programs used this percentage of all cores.
    case disturbed(percent: Int)
  }

  /// By arm, in the order of the arms.
  private(set) var times: [Times] = []
  /// The percentage of all cores that other programs used during the measurement, or nil if it was
  /// too short to measure that.
  private(set) var takenByOthers: Int?

  /// If other programs use a greater percentage of all cores, there is no verdict.
  static let greatestDisturbance = 25

  /// A measure that can be recorded for each round.
  enum Measure { case time, cores }

  /// Measures the arms and records, for each round, `ARM: time` and `ARM: cores used`.
  /// - Parameters:
  ///   - recorded: the measures to record, without those that follow from others of the demo.
  ///   - warmUp: runs once before the first round, and is not measured.
  init(
    _ arms: [Arm], rounds: Int, in run: Run, recording recorded: Set<Measure> = [.time, .cores],
    warmUp: () throws -> Void = {}
  ) throws {
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
        if recorded.contains(.time) {
          try run.measure("\(arm.name): time", wall, unit: "ns")
        }
        // The clocks are too coarse to compare CPU time and wall time below a millisecond.
        guard recorded.contains(.cores), wall >= 1_000_000 else { continue }
        let share = min(cores, Double(run.cores))
        try run.measure("\(arm.name): cores used", Int64(share * 100), unit: "/100")
      }
    }
    takenByOthers = before.takenByOthers(until: CoreUse(), cores: run.cores)
    if let percent = takenByOthers {
      try run.measure("cores taken by others", Int64(percent), unit: "%")
    }
  }

  /// The times of the arm of a name.
  subscript(name: String) -> Times {
    guard let times = times.first(where: { $0.name == name }) else {
      preconditionFailure("there is no arm \(name)")
    }
    return times
  }

  /// The reason why there is no verdict about speed, or nil if the machine was quiet enough.
  var disturbance: Verdict? {
    guard let percent = takenByOthers, percent > Self.greatestDisturbance else { return nil }
    return .disturbed(percent: percent)
  }

  /// Compares two arms.
  func verdict(_ first: String, _ second: String) -> Verdict {
    Verdict(self[first], self[second], takenByOthers: takenByOthers)
  }
}

extension Comparison.Verdict {
  /// - Parameter percent: the percentage of all cores that other programs used.
  init(_ one: Comparison.Times, _ two: Comparison.Times, takenByOthers percent: Int?) {
    if let percent, percent > Comparison.greatestDisturbance {
      self = .disturbed(percent: percent)
    } else if one.wall.count == 1 {
      self = .once
    } else if one.most < two.least {
      self = .faster(one.name, times: Double(two.median) / Double(max(1, one.median)))
    } else if two.most < one.least {
      self = .faster(two.name, times: Double(one.median) / Double(max(1, two.median)))
    } else {
      self = .overlap
    }
  }

  /// The sentence that replaces a conclusion about speed, or nil if there is a verdict.
  var caution: String? {
    switch self {
    case .faster, .overlap: nil
    case .once: "No verdict: one round proves little, so try rounds=5."
    case .disturbed(let percent): "No verdict: other programs used \(percent) % of the cores."
    }
  }
}
