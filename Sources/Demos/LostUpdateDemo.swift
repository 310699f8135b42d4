import Catalog
import Concurrency
import Platform
import Synchronization

/// Threads count together. If the read and the write are two steps, counts get lost unless a lock
/// is held around both. The first part counts in bulk, without events; then one overlap is shown
/// step by step.
enum LostUpdateDemo: DemoBody {
  enum Line: String, ListingLine {
    case startLine = "start_line.wait()  # all begin together"
    case guarded = "with guard:"
    case read = "value = counter"
    case write = "counter = one_more(value)  # another thread may run in here"
    case start = "thread.start()"
    case join = "thread.join()"
    case report = #"print(f"run {run}: counted {counter}, lost {lost}")"#
  }

  /// The number of counts between two checkpoints.
  private static let chunk = 1_000
  /// The length of the call between a read and its write, in ns. It makes the counts take longer
  /// than the start of a thread, so that threads really count at the same time.
  private static let call: UInt64 = 200
  /// The time between a read and its write when every step is shown, in ns.
  private static let shownPause: Int64 = 20_000_000

  /// A number that threads load and store. Each step is atomic, but the two together are not.
  private final class Counter: Sendable {
    private let value = Atomic<Int64>(0)
    private let mutex = Guarded(())

    var count: Int64 { value.load(ordering: .relaxed) }

    func addOne() {
      let seen = value.load(ordering: .relaxed)
      value.store(Self.oneMore(seen), ordering: .relaxed)
    }

    private static func oneMore(_ value: Int64) -> Int64 {
      let end = MonotonicClock.now() + call
      while MonotonicClock.now() < end {}
      return value + 1
    }

    func addOneLocked() { mutex.withLock { _ in addOne() } }
  }

  static func run(_ run: Run) throws {
    let startLine = Barrier("start_line", parties: run.arguments.integer("threads"), in: run)
    var lost: [Int64] = []
    for number in 1...run.arguments.integer("runs") {
      lost.append(try countInBulk(number, startLine, run))
    }
    let steps = try countStepByStep(run)
    try report(lost, steps, run)
  }

  // MARK: - In bulk

  /// One run of many counts. Returns the number of lost counts.
  private static func countInBulk(_ number: Int, _ startLine: Barrier, _ run: Run) throws -> Int64 {
    let arguments = run.arguments
    let (threads, increments) = (arguments.integer("threads"), arguments.integer("increments"))
    let isLocked = arguments.choice("lock") == "on"
    let counter = Counter()
    run.at(Line.start)
    let counters = try (1...threads).map { number in
      try run.thread("counter-\(number)") {
        run.at(Line.startLine)
        try startLine.wait()
        run.at(Line.write)
        var left = increments
        while left > 0 {
          for _ in 0..<min(left, chunk) {
            if isLocked { counter.addOneLocked() } else { counter.addOne() }
          }
          left -= min(left, chunk)
          try run.checkpoint()
        }
      }
    }
    run.at(Line.join)
    for thread in counters { try thread.join() }
    let expected = Int64(threads * increments)
    let final = counter.count
    let lost = expected - final
    run.at(Line.report)
    try run.output("run \(number): expected \(expected), counted \(final), lost \(lost)")
    try run.measure("run \(number): expected", expected, unit: "")
    try run.measure("run \(number): counted", final, unit: "")
    try run.measure("run \(number): lost", lost, unit: "")
    return lost
  }

  // MARK: - Step by step

  /// The read and the write of one thread.
  private struct Step: Sendable {
    let name: String
    let read: Int64
    let wrote: Int64
  }

  /// Two threads count once each from 41, and each step is an event. Without the lock, a barrier
  /// makes both read before either writes. With it, the second thread reads what the first one
  /// wrote.
  private static func countStepByStep(_ run: Run) throws -> [Step] {
    let isLocked = run.arguments.choice("lock") == "on"
    try run.output("once more from 41, every step shown")
    let counter = SharedVariable("counter", 41, in: run)
    let steps = Guarded<[Step]>([])
    let addOne = { @Sendable (name: String, betweenReadAndWrite: () throws -> Void) in
      run.at(Line.read)
      let value = try counter.read()
      run.at(Line.write)
      try betweenReadAndWrite()
      try counter.write(value + 1)
      steps.withLock { $0.append(Step(name: name, read: value, wrote: value + 1)) }
    }
    let count: @Sendable (String) throws -> Void
    if isLocked {
      let lock = Lock("guard", in: run)
      count = { name in
        run.at(Line.guarded)
        try lock.withLock { try addOne(name) { try run.sleep(shownPause) } }
      }
    } else {
      let both = Barrier("both have read", parties: 2, in: run)
      count = { name in try addOne(name) { try both.wait() } }
    }
    run.at(Line.start)
    let threads = try (1...2).map { number in
      let name = "counter-\(number)"
      return try run.thread(name) { try count(name) }
    }
    run.at(Line.join)
    for thread in threads { try thread.join() }
    return steps.withLock { $0 }
  }

  private static func report(_ lost: [Int64], _ steps: [Step], _ run: Run) throws {
    let arguments = run.arguments
    let expected = arguments.integer("threads") * arguments.integer("increments")
    let isLocked = arguments.choice("lock") == "on"
    let (least, most) = (lost.min() ?? 0, lost.max() ?? 0)
    try run.result("expected", "\(expected)")
    try run.result("lost", lost.map(String.init).joined(separator: " "))
    let perRun = lost.enumerated().map { index, lost in
      ["run \(index + 1)", "\(Int64(expected) - lost)"]
    }
    let shown = steps.map { ["step by step: \($0.name)", "read \($0.read), wrote \($0.wrote)"] }
    try run.conclude(
      sentence(least: least, most: most, of: expected, isLocked: isLocked),
      [["of \(expected)", "counted"]] + perRun + shown)
  }

  private static func sentence(
    least: Int64, most: Int64, of expected: Int, isLocked: Bool
  ) -> String {
    if isLocked { return "No count was lost: the lock is held from the read to the write." }
    if most == 0 { return "No count was lost, but that is luck, and no proof that it is safe." }
    let range = least == most ? "\(least)" : "\(least) to \(most)"
    return "Each run lost \(range) of \(expected) counts: the number is chance."
  }
}
