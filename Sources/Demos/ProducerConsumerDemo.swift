import Catalog
import Concurrency
import Platform

/// Threads add numbers at the end of one shared list, and others remove them from its front. All
/// hold a lock while they check, change and print the list, unless the parameter `lock` is off.
enum ProducerConsumerDemo: DemoBody {
  enum Line: String, ListingLine {
    case addSleep = "time.sleep(add_delay)"
    case addLock = "with list_lock:  # no other thread removes until the line is printed"
    case append = "shared_list.append(i)"
    case printAdded = #"print(f"Added {i} to list. Current list: {shared_list}")"#
    case removeSleep = "time.sleep(remove_delay)"
    case removeLock = "with list_lock:  # no other thread removes between the look and the pop"
    case look = "if shared_list:"
    case pause = "time.sleep(pause)"
    case pop = "removed_item = shared_list.pop(0)"
    case printRemoved = #"print(f"Removed {removed_item} from list. Current list: {shared_list}")"#
    case printEmpty = #"print("List is empty, waiting for items...")"#
    case startAdding = "add_thread.start()"
    case startRemoving = "remove_thread.start()"
    case joinAdding = "add_thread.join()"
    case joinRemoving = "remove_thread.join()"
    case printFinal = #"print("Final list:", shared_list)"#
  }

  /// The problems during the run.
  private struct Tally: Sendable {
    var lostTries = 0
    var exceptions = 0
  }

  private struct Stage: Sendable {
    let run: Run
    let list: SharedList
    let lock: Lock?
    let tally = Guarded(Tally())

    func guarded(_ body: () throws -> Void) throws {
      if let lock { try lock.withLock(body) } else { try body() }
    }
  }

  static func run(_ run: Run) throws {
    let arguments = run.arguments
    let list = SharedList("shared_list", in: run)
    let lock = arguments.choice("lock") == "on" ? Lock("list_lock", in: run) : nil
    let stage = Stage(run: run, list: list, lock: lock)
    run.at(Line.startAdding)
    let addThreads = try names("add_thread", count: arguments.integer("producers")).map { name in
      try run.thread(name) { try add(stage) }
    }
    run.at(Line.startRemoving)
    let removeThreads = try names("remove_thread", count: arguments.integer("consumers")).map {
      name in try run.thread(name) { try remove(stage) }
    }
    run.at(Line.joinAdding)
    for thread in addThreads { try thread.join() }
    run.at(Line.joinRemoving)
    for thread in removeThreads { try thread.join() }
    try report(stage)
  }

  private static func names(_ role: String, count: Int) -> [String] {
    count == 1 ? [role] : (1...count).map { "\(role)-\($0)" }
  }

  private static func add(_ stage: Stage) throws {
    let (run, arguments) = (stage.run, stage.run.arguments)
    for number in 0..<arguments.integer("items") {
      run.at(Line.addSleep)
      try run.sleep(arguments.nanoseconds("add-delay"))
      run.at(Line.addLock)
      try stage.guarded {
        run.at(Line.append)
        try stage.list.append(Int64(number))
        run.at(Line.printAdded)
        try run.output("Added \(number) to list. Current list: \(stage.list.contents())")
      }
    }
  }

  private static func remove(_ stage: Stage) throws {
    let (run, arguments) = (stage.run, stage.run.arguments)
    for _ in 0..<arguments.integer("items") {
      run.at(Line.removeSleep)
      try run.sleep(arguments.nanoseconds("remove-delay"))
      run.at(Line.removeLock)
      try stage.guarded { try removeOne(stage) }
    }
  }

  private static func removeOne(_ stage: Stage) throws {
    let run = stage.run
    run.at(Line.look)
    guard try !stage.list.isEmpty() else {
      stage.tally.withLock { $0.lostTries += 1 }
      run.at(Line.printEmpty)
      try run.output("List is empty, waiting for items...")
      return
    }
    // Without the lock, the list may change during this pause.
    run.at(Line.pause)
    try run.sleep(run.arguments.nanoseconds("pause"))
    run.at(Line.pop)
    guard let number = try stage.list.removeFirst() else {
      // Nobody catches it, so it ends the thread.
      stage.tally.withLock { $0.exceptions += 1 }
      throw run.raise(.popFromEmptyList)
    }
    run.at(Line.printRemoved)
    try run.output("Removed \(number) from list. Current list: \(stage.list.contents())")
  }

  private static func report(_ stage: Stage) throws {
    let run = stage.run
    run.at(Line.printFinal)
    let left = try stage.list.contents()
    try run.output("Final list: \(left)")
    let tally = stage.tally.withLock { $0 }
    try run.result("final size", "\(left.count)")
    try run.result("tries lost", "\(tally.lostTries)")
    try run.result("exceptions", "\(tally.exceptions)")
    try run.conclude(conclusion(tally, left: left.count, run))
  }

  /// A run without the lock that ends well is no proof that the lock is unnecessary.
  private static func conclusion(_ tally: Tally, left: Int, _ run: Run) -> String {
    let threads = counted(tally.exceptions, "thread")
    if tally.exceptions > 0 { return "\(threads) ended by an IndexError: another pop was faster." }
    guard run.arguments.choice("lock") == "off" else {
      let tries = counted(tally.lostTries, "try", plural: "tries")
      let lost = tally.lostTries == 0 ? "Every try found an item" : "\(tries) found an empty list"
      let end =
        left == 0 ? "nothing is left" : "\(counted(left, "item")) \(left == 1 ? "is" : "are") left"
      return "\(lost), and \(end)."
    }
    return run.arguments.integer("consumers") == 1
      ? "Nothing went wrong: one append or pop is atomic, and only one thread removes."
      : "Nothing went wrong this time: no other pop came between a look and its pop."
  }
}
