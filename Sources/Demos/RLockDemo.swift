import Catalog
import Concurrency
import Platform
import Trace

/// A thread takes a lock that it already holds. A reentrant lock counts; with a plain lock, the
/// thread waits for itself.
enum RLockDemo: DemoBody {
  enum Line: String, ListingLine {
    case take = "with lock:"
    case taken = #"print(f"taken {level} deep")"#
    case startStranger = "stranger.start()"
    case joinStranger = "stranger.join()"
    case release = "lock.release()"
    case refused = #"print(f"another thread may not release it: {error}")"#
    case start = "worker.start()"
    case join = "worker.join()"
    case end = #"print("the worker has ended")"#
  }

  private struct Tally: Sendable {
    /// The depth of the lock after each step of the worker.
    var depths: [Int] = []
    var refusal: RaisedException?
    /// The time when the worker asked for the lock, in ns of the run's clock; nil while it has the
    /// lock.
    var askedAt: UInt64?
  }

  private struct Stage: Sendable {
    let run: Run
    let lock: any Lockable
    let depth: Int
    let tally = Guarded(Tally())

    func note(_ change: (inout Tally) -> Void) { tally.withLock { change(&$0) } }
    func noteDepth() { note { $0.depths.append(lock.depthHeld) } }
  }

  static func run(_ run: Run) throws {
    let isPlain = run.arguments.choice("kind") == "plain"
    let lock: any Lockable =
      isPlain ? Lock("lock", in: run) : ReentrantLock("lock", in: run)
    let stage = Stage(run: run, lock: lock, depth: run.arguments.integer("depth"))
    run.at(Line.start)
    let worker = try run.thread("worker") { try enter(1, stage) }
    run.at(Line.join)
    try worker.join()
    run.at(Line.end)
    try run.output("the worker has ended")
    try report(stage)
  }

  private static func enter(_ level: Int, _ stage: Stage) throws {
    let run = stage.run
    run.at(Line.take)
    stage.note { $0.askedAt = run.now() }
    defer { stage.noteDepth() }
    try stage.lock.withLock {
      stage.note { $0.askedAt = nil }
      stage.noteDepth()
      run.at(Line.taken)
      try run.output("taken \(level) deep")
      if level < stage.depth { return try enter(level + 1, stage) }
      run.at(Line.startStranger)
      let stranger = try run.thread("stranger") { try releaseAsStranger(stage) }
      run.at(Line.joinStranger)
      try stranger.join()
    }
  }

  private static func releaseAsStranger(_ stage: Stage) throws {
    let run = stage.run
    run.at(Line.release)
    do {
      try stage.lock.release()
    } catch {
      run.caught(error)
      stage.note { $0.refusal = error }
      run.at(Line.refused)
      try run.output("another thread may not release it: \(error.message)")
    }
  }

  private static func report(_ stage: Stage) throws {
    let run = stage.run
    let tally = stage.tally.withLock { $0 }
    if let askedAt = tally.askedAt {
      let waited = Int64(run.now() - askedAt)
      try run.measure("worker: waited for itself", waited, unit: "ns")
      return try run.conclude(
        "The worker waited for a lock that it held itself, and could never go on.",
        [
          ["the lock", "plain"],
          ["the worker waited for itself", ValueText.duration(waited)],
          ["end of the wait", "the run ended it"],
        ])
    }
    let depths = tally.depths.map(String.init).joined(separator: ", ")
    try run.result("depths", depths)
    try run.conclude(
      "The holder took its lock again without a wait.",
      [
        ["the lock", "reentrant"],
        ["depth after each step", depths],
        ["release by another thread", tally.refusal == nil ? "not tried" : "refused"],
      ])
  }
}
