import Catalog
import Concurrency
import Platform
import Trace

/// A ticker beside a computation: first one thread does both, then each has a thread.
enum ResponsivenessDemo: DemoBody {
  enum Line: String, ListingLine {
    case compute = "enough = time.thread_time() + work"
    case begin = "begin()  # compute here, or start the thread that does"
    case sleep = "time.sleep(max(0, due - time.perf_counter()))"
    case note = "lateness.append(time.perf_counter() - due)"
    case print = #"print(f"{arm}: {late} of {ticks} ticks late, at most {worst:.4f} s")"#
    case oneThread = #"tick("one thread", compute)"#
    case twoThreads = #"tick("two threads", worker.start)"#
    case join = "worker.join()"
  }

  /// The number of ticks before the computation, and of ticks after it.
  private static let quietTicks = 5
  /// A tick is on time if it is less late than CPython's switch interval, in ns.
  static let limit: Int64 = 5_000_000

  /// The delays of the ticks of one arm.
  struct Lateness {
    let arm: String
    /// The delay of each tick, in ns.
    let values: [Int64]
    let late: Int

    init(arm: String, values: [Int64]) {
      self.arm = arm
      self.values = values
      late = values.count { $0 >= ResponsivenessDemo.limit }
    }

    var onTime: Int { values.count - late }
    var median: Int64 { values.sorted()[values.count / 2] }
    var greatest: Int64 { values.max() ?? 0 }

    /// The cells of the table below its heading.
    var cells: [String] {
      ["\(onTime)", "\(late)", ValueText.duration(median), ValueText.duration(greatest)]
    }
  }

  static func run(_ run: Run) throws {
    run.at(Line.oneThread)
    let together = try measure("one thread", on: "ticks+computes", run) {
      try compute(run)
      return nil
    }
    run.at(Line.twoThreads)
    let apart = try measure("two threads", on: "ticker", run) {
      try run.thread("computes") { try compute(run) }
    }
    let names = ["on time", "late", "median lateness", "greatest lateness"]
    let rows = names.indices.map { [names[$0], together.cells[$0], apart.cells[$0]] }
    try run.conclude(
      sentence(together, apart), [["native, no GIL", together.arm, apart.arm]] + rows)
  }

  private static func sentence(_ together: Lateness, _ apart: Lateness) -> String {
    let all = "\(apart.values.count) ticks"
    return apart.late == 0
      ? "On two threads, all \(all) were on time."
      : "\(apart.late) of \(all) were late on two threads, and \(together.late) on one."
  }

  /// Runs a ticking thread, and records the delays of its ticks.
  /// - Parameter begin: computes, or returns the thread that it has started to compute.
  private static func measure(
    _ arm: String, on name: String, _ run: Run,
    begin: @escaping @Sendable () throws -> ActorThread?
  ) throws -> Lateness {
    let values = Guarded<[Int64]>([])
    let ticker = try run.thread(name) {
      let lateness = try tick(arm, run, begin: begin)
      values.withLock { $0 = lateness }
    }
    try ticker.join()
    // A stopped ticker leaves no values.
    try run.checkpoint()
    let lateness = Lateness(arm: arm, values: values.withLock { $0 })
    run.at(Line.print)
    try run.output(
      "\(arm): \(lateness.late) of \(lateness.values.count) ticks late, at most "
        + ValueText.duration(lateness.greatest))
    try run.measure("\(arm): ticks on time", Int64(lateness.onTime), unit: "")
    try run.measure("\(arm): ticks late", Int64(lateness.late), unit: "")
    try run.measure("\(arm): median lateness", lateness.median, unit: "ns")
    try run.measure("\(arm): greatest lateness", lateness.greatest, unit: "ns")
    return lateness
  }

  private static func tick(
    _ arm: String, _ run: Run, begin: () throws -> ActorThread?
  ) throws -> [Int64] {
    let period = run.arguments.nanoseconds("period")
    let beside = Int(run.arguments.nanoseconds("work") / period)
    let started = Int64(run.now())
    var lateness: [Int64] = []
    var worker: ActorThread?
    for number in 0..<(quietTicks + beside + quietTicks) {
      if number == quietTicks {
        run.at(Line.begin)
        worker = try begin()
      }
      let due = started + Int64(number) * period
      run.at(Line.sleep)
      try run.sleep(max(0, due - Int64(run.now())))
      run.at(Line.note)
      let late = max(0, Int64(run.now()) - due)
      lateness.append(late)
      try run.measure("\(arm): lateness over time", late, unit: "ns")
    }
    run.at(Line.join)
    try worker?.join()
    return lateness
  }

  private static func compute(_ run: Run) throws {
    run.at(Line.compute)
    try BusyWork.compute(for: UInt64(run.arguments.nanoseconds("work")), run)
  }
}
