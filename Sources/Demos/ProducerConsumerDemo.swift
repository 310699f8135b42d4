import Catalog
import Concurrency
import Platform

/// Adders put numbers at the end of one shared list, and removers take them from its front. All
/// hold a lock while they check, change and print the list, unless the parameter `lock` is off.
enum ProducerConsumerDemo: DemoBody {
  enum Line: String, ListingLine {
    case addSleep = "time.sleep(add_delay)"
    case addLock = "with list_lock:  # the remover stays out until the line is printed"
    case append = "shared.append(number)"
    case printAdded = #"print(f"added {number}, the list is {shared}")"#
    case removeSleep = "time.sleep(remove_delay)"
    case removeLock = "with list_lock:  # the adder stays out from the look to the print"
    case look = "if shared:"
    case pop = "number = shared.pop(0)"
    case printTaken = #"print(f"took {number}, the list is {shared}")"#
    case printEmpty = #"print("the list is empty, waiting for a number")"#
    case startAdder = "adder.start()"
    case startRemover = "remover.start()"
    case joinAdder = "adder.join()"
    case joinRemover = "remover.join()"
    case printLeft = #"print(f"left at the end: {shared}")"#
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
    let list = SharedList("shared", in: run)
    let lock = arguments.choice("lock") == "on" ? Lock("list_lock", in: run) : nil
    let stage = Stage(run: run, list: list, lock: lock)
    var adders: [ActorThread] = []
    run.at(Line.startAdder)
    for name in names("adder", count: arguments.integer("producers")) {
      adders.append(try run.thread(name) { try add(stage) })
    }
    var removers: [ActorThread] = []
    run.at(Line.startRemover)
    for name in names("remover", count: arguments.integer("consumers")) {
      removers.append(try run.thread(name) { try remove(stage, name: name) })
    }
    run.at(Line.joinAdder)
    for thread in adders { try thread.join() }
    run.at(Line.joinRemover)
    for thread in removers { try thread.join() }
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
        try run.output("added \(number), the list is \(stage.list.contents())")
      }
    }
  }

  private static func remove(_ stage: Stage, name: String) throws {
    let (run, arguments) = (stage.run, stage.run.arguments)
    for _ in 0..<arguments.integer("items") {
      run.at(Line.removeSleep)
      try run.sleep(arguments.nanoseconds("remove-delay"))
      run.at(Line.removeLock)
      do {
        try stage.guarded { try takeOne(stage) }
      } catch let exception as RaisedException {
        run.caught(exception)
        stage.tally.withLock { $0.exceptions += 1 }
        try run.output("\(name): \(exception.type): \(exception.message)")
      }
    }
  }

  private static func takeOne(_ stage: Stage) throws {
    let run = stage.run
    run.at(Line.look)
    guard try !stage.list.isEmpty() else {
      stage.tally.withLock { $0.lostTries += 1 }
      run.at(Line.printEmpty)
      try run.output("the list is empty, waiting for a number")
      return
    }
    // Without the lock, the list may change during this pause.
    try run.sleep(run.arguments.nanoseconds("pause"))
    run.at(Line.pop)
    guard let number = try stage.list.removeFirst() else {
      throw run.raise(.popFromEmptyList)
    }
    run.at(Line.printTaken)
    try run.output("took \(number), the list is \(stage.list.contents())")
  }

  /// Explains why a run without the lock can end well. It is no proof that the lock is unnecessary.
  private static func calmWithoutLock(removers: Int, lostTries: Int) -> String {
    let calm =
      lostTries == 0
      ? "nothing went wrong"
      : "\(counted(lostTries, "try", plural: "tries")) met an empty list, "
        + "and nothing else went wrong"
    return removers == 1
      ? "\(calm): one append or one pop is atomic, "
        + "and with a single remover, no other takes between its look and its pop"
      : "\(calm) this time: no remover came between another's look and its pop"
  }

  private static func report(_ stage: Stage) throws {
    let run = stage.run
    run.at(Line.printLeft)
    let left = try stage.list.contents()
    try run.output("left at the end: \(left)")
    let tally = stage.tally.withLock { $0 }
    try run.result("final size", "\(left.count)")
    try run.result("tries lost", "\(tally.lostTries)")
    try run.result("exceptions", "\(tally.exceptions)")
    if stage.lock == nil, tally.exceptions == 0 {
      try run.output(
        calmWithoutLock(
          removers: run.arguments.integer("consumers"), lostTries: tally.lostTries))
    }
  }
}
