public import Events

/// What pools of different sizes took, and what may honestly be said of it.
public struct PoolSizingSummary: Sendable {
  /// All measured rounds of one pool size; times in nanoseconds.
  public struct Arm: Sendable, Equatable {
    /// How many workers the pools of this arm had.
    public let size: Int
    /// How long creating the pool took in each round, in nanoseconds.
    public internal(set) var create: [Int64] = []
    /// How long the work itself took in each round, in nanoseconds.
    public internal(set) var map: [Int64] = []
    /// How long closing the pool took in each round, in nanoseconds.
    public internal(set) var close: [Int64] = []
    /// How long each round took from before creation until the pool was gone, in nanoseconds.
    public internal(set) var total: [Int64] = []
    /// CPU time of the worker processes.
    public internal(set) var cpu: [Int64] = []

    /// The middle of all rounds' totals, from before creation until the pool was gone.
    public var median: Int64 { Self.median(total) }
    /// The middles of its three parts.
    public var parts: (create: Int64, map: Int64, close: Int64) {
      (Self.median(create), Self.median(map), Self.median(close))
    }
    /// The quickest round's total, in nanoseconds; 0 before there is one.
    public var least: Int64 { total.min() ?? 0 }
    /// The slowest round's total, in nanoseconds; 0 before there is one.
    public var most: Int64 { total.max() ?? 0 }

    /// CPU time over wall time: how many cores the workers were really given.
    public var coresUsed: Double? {
      let (used, wall) = (cpu.reduce(0, +), total.reduce(0, +))
      return cpu.isEmpty || wall == 0 ? nil : Double(used) / Double(wall)
    }

    static func median(_ values: [Int64]) -> Int64 {
      values.isEmpty ? 0 : values.sorted()[values.count / 2]
    }
  }

  /// Which size is the quickest, as far as the rounds can tell.
  public enum Verdict: Sendable, Equatable {
    /// One round: the shortest this time, which proves nothing.
    case thisTime(size: Int)
    /// Its slowest round beat the quickest of all others.
    case shortest(size: Int)
    /// The ranges of these sizes overlap.
    case overlap(sizes: [Int])
    /// Other programs took so many percent of the cores.
    case disturbed(percent: Int)
  }

  /// One for each size that has been measured, smallest size first.
  public private(set) var arms: [Arm] = []
  /// How many cores the run was started with.
  public private(set) var cores = 1
  private var takenByOthers = 0

  /// Above this share of all cores in other hands, in percent, nothing is said about speed.
  static let greatestDisturbance = 25

  /// What no screen could show comes from a damaged recording.
  static let mostArms = 256
  static let mostValues = 10_000

  /// A summary that has seen no measurement yet.
  public init() {}

  /// Takes in what the demo measured; other events change nothing.
  public mutating func note(_ event: Event) {
    if event.kind == .runStart { cores = max(1, event.cores ?? 1) }
    guard event.kind == .measure, let measured = event.value.flatMap({ Int64($0) })
    else { return }
    // What a damaged recording may hold is cut to what sums can bear: some 13 days.
    let value = min(max(0, measured), 1 << 50)
    let words = (event.name ?? "").split(separator: " ")
    if event.name == "cores taken by others" { takenByOthers = Int(value) }
    guard words.count == 3, words[0] == "size", let size = Int(words[1]),
      let index = indexOfArm(size)
    else { return }
    let times: WritableKeyPath<Arm, [Int64]>
    switch words[2] {
    case "create": times = \.create
    case "map": times = \.map
    case "close": times = \.close
    case "cpu": times = \.cpu
    case "total": times = \.total
    default: return
    }
    guard arms[index][keyPath: times].count < Self.mostValues else { return }
    arms[index][keyPath: times].append(value)
  }

  private mutating func indexOfArm(_ size: Int) -> Int? {
    let index = arms.firstIndex { $0.size >= size } ?? arms.count
    if index < arms.count, arms[index].size == size { return index }
    guard arms.count < Self.mostArms else { return nil }
    arms.insert(Arm(size: size), at: index)
    return index
  }

  private var measured: [Arm] { arms.filter { !$0.total.isEmpty } }

  /// What may be said of the quickest size; nil before there are two to compare.
  public var verdict: Verdict? {
    let measured = measured
    guard measured.count > 1, let best = measured.min(by: { $0.median < $1.median }) else {
      return nil
    }
    if takenByOthers > Self.greatestDisturbance { return .disturbed(percent: takenByOthers) }
    if best.total.count == 1 { return .thisTime(size: best.size) }
    let rivals = measured.filter { $0.size == best.size || $0.least <= best.most }
    return rivals.count == 1
      ? .shortest(size: best.size) : .overlap(sizes: rivals.map(\.size))
  }

  /// How many times quicker a size was than size 1, by medians; nil without both.
  public func speedUp(of size: Int) -> Double? {
    guard let one = measured.first(where: { $0.size == 1 }),
      let arm = measured.first(where: { $0.size == size }), arm.median > 0
    else { return nil }
    return Double(one.median) / Double(arm.median)
  }

  /// The share of the work that more workers do not shorten, from the greatest size that still
  /// has a core for each worker, by Karp and Flatt's formula (1/S − 1/p) / (1 − 1/p); nil without
  /// such a size. It can be above 1: then the pool cost more than it gave.
  public var serialShare: Double? {
    guard let size = measured.last(where: { $0.size <= cores && $0.size > 1 })?.size,
      let speedUp = speedUp(of: size)
    else { return nil }
    let part = 1 / Double(size)
    return (1 / speedUp - part) / (1 - part)
  }

  /// What was shown, in a sentence with the measured numbers; nil before there is something.
  public var sentence: String? {
    guard let verdict else { return nil }
    switch verdict {
    case .disturbed(let percent):
      return "no verdict: other programs took \(percent) % of the cores meanwhile"
    case .overlap(let sizes):
      let list = sizes.map(String.init).joined(separator: ", ")
      return "no winner: the times of sizes \(list) overlap"
    case .thisTime(let size):
      return "shortest this time: \(told(size)); one round proves little, try rounds=5"
    case .shortest(let size):
      return "shortest: \(told(size))"
    }
  }

  private func told(_ size: Int) -> String {
    let median = measured.first { $0.size == size }?.median ?? 0
    let workers = size == 1 ? "1 worker" : "\(size) workers"
    let speed =
      size == 1
      ? "" : speedUp(of: size).map { ", \(Self.tenths($0)) × one worker's speed" } ?? ""
    return "\(workers), \(Self.tenths(Double(median) / 1_000_000)) ms\(speed) on \(cores) cores"
  }

  /// A number with one decimal.
  public static func tenths(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(abs(tenths % 10))"
  }
}
