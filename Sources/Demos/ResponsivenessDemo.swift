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
  /// A tick is late if its delay is more than the period divided by this.
  private static let tolerance: Int64 = 4

  /// The delays of the ticks of one arm.
  struct Lateness {
    let arm: String
    /// The delay of each tick, in ns.
    let values: [Int64]
    let late: Int

    init(arm: String, values: [Int64], period: Int64) {
      self.arm = arm
      self.values = values
      late = values.count { $0 > period / ResponsivenessDemo.tolerance }
    }

    var median: Int64 { values.sorted()[values.count / 2] }
    var greatest: Int64 { values.max() ?? 0 }

    /// `49 of 60 ticks late, the worst by 981 ms`, or `none of 60 ticks late by more than 0.2 ms`
    var text: String {
      late == 0
        ? "none of \(values.count) ticks late by more than \(ValueText.duration(greatest))"
        : "\(late) of \(values.count) ticks late, the worst by \(ValueText.duration(greatest))"
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
    let work = ValueText.duration(run.arguments.nanoseconds("work"))
    try run.conclude(
      "beside \(work) of computing, on one thread \(together.text); with a thread of their own "
        + "\(apart.text). These are the machine's own threads and flatter Python's: next to a "
        + "Python loop, a thread also waits for the GIL, which is not shown here")
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
    let period = run.arguments.nanoseconds("period")
    let lateness = Lateness(arm: arm, values: values.withLock { $0 }, period: period)
    run.at(Line.print)
    try run.output("\(arm): \(lateness.text)")
    try run.measure("\(arm): ticks due", Int64(lateness.values.count), unit: "")
    let onTime = lateness.values.count - lateness.late
    try run.measure("\(arm): ticks on time", Int64(onTime), unit: "")
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
