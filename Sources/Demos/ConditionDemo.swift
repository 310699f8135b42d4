import Catalog
import Concurrency
import Platform

/// Consumers wait with a lock, which the wait releases, until a thread notifies them. One
/// notification comes too early and one wakes a consumer for nothing, both on purpose.
enum ConditionDemo: DemoBody {
  enum Line: String, ListingLine {
    case look = "while not items and not is_over:  # look again after every wake-up"
    case wait = "changed.wait()"
    case take = #"print(f"took {items.pop(0)}")"#
    case early = "changed.notify()  # nobody waits: it is lost"
    case listen = #"print(f"notified later? {changed.wait(timeout=delay)}")"#
    case start = "thread.start()"
    case settle = "time.sleep(delay)  # by now they wait"
    case falseNotify = "changed.notify()  # nothing is there: a false wake-up"
    case delay = "time.sleep(delay)"
    case add = "items.append(number)"
    case notify = "changed.notify()"
    case over = "is_over = True"
    case notifyAll = "changed.notify_all()"
    case join = "thread.join()"
  }

  private struct Tally: Sendable {
    var isOver = false
    var taken: [Int64] = []
    /// The number of waits that consumers have begun.
    var waits = 0
    var wakeUps = 0
    /// Wake-ups after which the condition was true.
    var useful = 0
  }

  private struct Stage: Sendable {
    let run: Run
    let items: SharedList
    let changed: Condition
    let tally = Guarded(Tally())

    var delay: Int64 { run.arguments.nanoseconds("delay") }
    /// Call it with the lock held.
    func isTrue() throws -> Bool {
      run.at(Line.look)
      return try !items.isEmpty() || tally.withLock { $0.isOver }
    }
  }

  static func run(_ run: Run) throws {
    let arguments = run.arguments
    let stage = Stage(
      run: run, items: SharedList("items", in: run),
      changed: Condition("changed", over: ReentrantLock("changed lock", in: run), in: run))
    let isNotified = try notifyTooEarly(stage)
    run.at(Line.start)
    let consumers = try (1...arguments.integer("consumers")).map { number in
      try run.thread("consumer-\(number)") { try consume(stage) }
    }
    try notifyForNothing(stage)
    for number in 0..<arguments.integer("items") {
      // On a busy machine the consumer that was woken for nothing may not have looked yet.
      repeat {
        run.at(Line.delay)
        try run.sleep(stage.delay)
      } while stage.tally.withLock { $0.wakeUps == 0 }
      try stage.changed.withLock {
        run.at(Line.add)
        try stage.items.append(Int64(number))
        run.at(Line.notify)
        try stage.changed.notify()
      }
    }
    try stage.changed.withLock {
      run.at(Line.over)
      stage.tally.withLock { $0.isOver = true }
      run.at(Line.notifyAll)
      try stage.changed.notifyAll()
    }
    run.at(Line.join)
    for consumer in consumers { try consumer.join() }
    try report(stage, isNotified: isNotified)
  }

  /// Notifies while no thread waits, and waits afterwards. Returns whether the wait saw it.
  private static func notifyTooEarly(_ stage: Stage) throws -> Bool {
    let run = stage.run
    return try stage.changed.withLock {
      run.at(Line.early)
      try stage.changed.notify()
      run.at(Line.listen)
      let isNotified = try stage.changed.wait(timeout: stage.delay)
      try run.output("notified later? \(isNotified ? "True" : "False")")
      return isNotified
    }
  }

  /// Wakes one consumer although there is no item, as soon as one waits.
  private static func notifyForNothing(_ stage: Stage) throws {
    let run = stage.run
    while true {
      run.at(Line.settle)
      try run.sleep(stage.delay)
      let isSomeoneWaiting = stage.tally.withLock { $0.waits > 0 }
      guard isSomeoneWaiting else { continue }
      try stage.changed.withLock {
        run.at(Line.falseNotify)
        try stage.changed.notify()
      }
      return
    }
  }

  private static func consume(_ stage: Stage) throws {
    let run = stage.run
    var isMore = true
    while isMore {
      isMore = try stage.changed.withLock {
        while try !stage.isTrue() {
          // Counted with the lock held, so that the notification finds this thread waiting.
          stage.tally.withLock { $0.waits += 1 }
          run.at(Line.wait)
          try stage.changed.wait()
          let isTrue = try stage.isTrue()
          stage.tally.withLock { tally in
            tally.wakeUps += 1
            if isTrue { tally.useful += 1 }
          }
        }
        guard let number = try stage.items.removeFirst() else { return false }
        run.at(Line.take)
        stage.tally.withLock { $0.taken.append(number) }
        try run.output("took \(number)")
        return true
      }
    }
  }

  private static func report(_ stage: Stage, isNotified: Bool) throws {
    let run = stage.run
    let tally = stage.tally.withLock { $0 }
    let isEach = tally.taken.sorted() == (0..<run.arguments.integer("items")).map { Int64($0) }
    let useless = tally.wakeUps - tally.useful
    try run.result("taken", "\(tally.taken.count)")
    try run.result("wake-ups", "\(tally.wakeUps)")
    try run.result("wake-ups for nothing", "\(useless)")
    try run.result("early notify seen", isNotified ? "yes" : "no")
    try run.measure("found it true: wake-ups", Int64(tally.useful), unit: "")
    try run.measure("found nothing: wake-ups", Int64(useless), unit: "")
    try run.conclude(
      isEach
        ? "Each item was taken once, by a thread that looked again after its wake-up."
        : "Some items were not taken exactly once.",
      [
        ["items taken", "\(tally.taken.count)"],
        ["wake-ups", "\(tally.wakeUps)"],
        ["wake-ups that found an item or the end", "\(tally.useful)"],
        ["wake-ups for nothing (one on purpose)", "\(useless)"],
        ["the notify before any wait", isNotified ? "seen" : "lost"],
      ])
  }
}
