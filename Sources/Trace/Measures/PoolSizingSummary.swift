public import Events

/// The times of pools of different sizes, and what these times prove.
public struct PoolSizingSummary: Sendable {
  /// All measured rounds of one pool size. Times are in nanoseconds.
  public struct Arm: Sendable, Equatable {
    /// How many workers the pools had.
    public let size: Int
    /// The time for creating the pool, of each round.
    var create: [Int64] = []
    /// The time for the work, of each round.
    var map: [Int64] = []
    /// The time for closing the pool, of each round.
    var close: [Int64] = []
    /// The total time, of each round.
    public internal(set) var total: [Int64] = []
    /// The CPU time of the workers, of each round.
    var cpu: [Int64] = []

    /// The median of the totals.
    public var median: Int64 { Self.median(total) }
    /// The medians of the three parts.
    public var parts: (create: Int64, map: Int64, close: Int64) {
      (Self.median(create), Self.median(map), Self.median(close))
    }
    /// The total of the quickest round, or 0.
    public var least: Int64 { total.min() ?? 0 }
    /// The total of the slowest round, or 0.
    public var most: Int64 { total.max() ?? 0 }

    /// CPU time over wall time: how many cores the workers really got.
    public var coresUsed: Double? {
      let (used, wall) = (cpu.reduce(0, +), total.reduce(0, +))
      return cpu.isEmpty || wall == 0 ? nil : Double(used) / Double(wall)
    }

    static func median(_ values: [Int64]) -> Int64 {
      values.isEmpty ? 0 : values.sorted()[values.count / 2]
    }
  }

  /// Which size is the quickest, as far as the rounds prove it.
  public enum Verdict: Sendable, Equatable {
    /// The quickest of one round, which proves little.
    case thisTime(size: Int)
    /// Its slowest round was quicker than all rounds of the others.
    case shortest(size: Int)
    /// The ranges of these sizes overlap.
    case overlap(sizes: [Int])
    /// Other programs used this share of the cores, in percent.
    case disturbed(percent: Int)
  }

  /// The arms, smallest size first.
  public private(set) var arms: [Arm] = []
  /// How many cores the run could use.
  public private(set) var cores = 1
  private var takenByOthers = 0

  /// The share of the cores, in percent, that others may use without spoiling the verdict.
  static let maxDisturbance = 25

  /// More than any screen can show; only a damaged recording exceeds them.
  static let maxArms = 256
  static let maxValues = 10_000

  /// Creates an empty summary.
  public init() {}

  /// Folds a measure or the run's start; ignores other events.
  public mutating func note(_ event: Event) {
    if event.kind == .runStart { cores = max(1, event.cores ?? 1) }
    guard event.kind == .measure, let measured = event.value.flatMap({ Int64($0) })
    else { return }
    // Limited to 13 days, so that sums of a damaged recording cannot overflow.
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
    guard arms[index][keyPath: times].count < Self.maxValues else { return }
    arms[index][keyPath: times].append(value)
  }

  private mutating func indexOfArm(_ size: Int) -> Int? {
    let index = arms.firstIndex { $0.size >= size } ?? arms.count
    if index < arms.count, arms[index].size == size { return index }
    guard arms.count < Self.maxArms else { return nil }
    arms.insert(Arm(size: size), at: index)
    return index
  }

  private var measured: [Arm] { arms.filter { !$0.total.isEmpty } }

  /// The verdict, or nil before there are two sizes.
  public var verdict: Verdict? {
    let measured = measured
    guard measured.count > 1, let best = measured.min(by: { $0.median < $1.median }) else {
      return nil
    }
    if takenByOthers > Self.maxDisturbance { return .disturbed(percent: takenByOthers) }
    if best.total.count == 1 { return .thisTime(size: best.size) }
    let rivals = measured.filter { $0.size == best.size || $0.least <= best.most }
    return rivals.count == 1
      ? .shortest(size: best.size) : .overlap(sizes: rivals.map(\.size))
  }

  /// How many times quicker a size was than size 1, by medians, or nil without both.
  public func speedUp(of size: Int) -> Double? {
    guard let one = measured.first(where: { $0.size == 1 }),
      let arm = measured.first(where: { $0.size == size }), arm.median > 0
    else { return nil }
    return Double(one.median) / Double(arm.median)
  }

  /// The share of the work that more workers do not speed up, or nil. It is computed by Karp and
  /// Flatt's formula (1/S − 1/p) / (1 − 1/p), for the greatest size with a core for each worker. It
  /// can exceed 1: then the pool cost more time than it saved.
  public var serialShare: Double? {
    guard let size = measured.last(where: { $0.size <= cores && $0.size > 1 })?.size,
      let speedUp = speedUp(of: size)
    else { return nil }
    let part = 1 / Double(size)
    return (1 / speedUp - part) / (1 - part)
  }

  /// The verdict as one sentence, or nil before there is a time.
  public var sentence: String? {
    switch verdict {
    case .disturbed(let percent):
      return "No verdict: other programs used \(percent) % of the cores."
    case .overlap(let sizes):
      return
        "No winner: the times of sizes \(sizes.map(String.init).joined(separator: ", ")) overlap."
    case .thisTime(let size): return "Size \(size) was the fastest, but one round proves little."
    case .shortest(let size): return "Size \(size) was the fastest in every round."
    case nil:
      guard let arm = measured.first else { return nil }
      return "There is only size \(arm.size), so there is nothing to compare."
    }
  }

  /// The sentence, and a table of all times, with or without a verdict.
  public var conclusion: Conclusion? {
    guard let sentence else { return nil }
    let rounds = measured.map(\.total.count).max() ?? 1
    let times = rounds > 1 ? ["median", "least", "most"] : ["time"]
    var table = [["workers"] + times + ["speed-up", "cores", "create", "map", "close"]]
    for arm in measured {
      let times = rounds > 1 ? [arm.median, arm.least, arm.most] : [arm.median]
      table.append(
        ["\(arm.size)"] + times.map(Self.milliseconds) + [
          speedUp(of: arm.size).map { Self.tenths($0) } ?? "",
          arm.coresUsed.map { Self.tenths($0) } ?? "",
        ] + [arm.parts.create, arm.parts.map, arm.parts.close].map(Self.milliseconds))
    }
    if let share = serialShare { table.append(["serial share: \(Self.hundredths(share))"]) }
    return Conclusion(sentence, table: table)
  }

  private static func milliseconds(_ time: Int64) -> String {
    tenths(Double(time) / 1_000_000) + " ms"
  }

  /// A number with two decimals, at most 99 in either direction.
  public static func hundredths(_ value: Double) -> String {
    let number = Int((min(max(value, -99), 99) * 100).rounded())
    let rest = String(number.magnitude % 100)
    return "\(number < 0 ? "-" : "")\(number.magnitude / 100).\(rest.count < 2 ? "0" : "")\(rest)"
  }

  /// A number with one decimal.
  public static func tenths(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(abs(tenths % 10))"
  }
}
