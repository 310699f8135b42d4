import Catalog
import Concurrency
import Engine
import Glibc

/// A counter and the array 1, 2, 3, 4, in memory that processes share. First each process doubles
/// its part of the array, then all count in bulk, without events, then two count step by step.
enum SharedMemoryDemo: DemoBody {
  enum Line: String, ListingLine {
    case makeNum = #"num = multiprocessing.Value("i", 0)"#
    case makeArr = #"arr = multiprocessing.Array("i", [1, 2, 3, 4])"#
    case start = "worker.start()"
    case double = "arr[place] = arr[place] * 2"
    case guarded = "with num.get_lock():  # held from read to write"
    case lockedCount = "num.value = one_more(num.value)"
    case openCount = "num.value = one_more(num.value)  # another may come between"
    case done = #"print(f"pid {os.getpid()} has counted")"#
    case join = "worker.join()"
    case report = #"print(f"counted {num.value}, lost {lost}, the array is {arr[:]}")"#
  }

  static let workerBodies: [any WorkerBody] = [count]

  /// The number of counts between two checkpoints.
  private static let chunk = 5_000
  private static let initialArray = [Int64](1...4)
  /// The start of the count that is shown step by step.
  private static let shownFrom: Int64 = 41

  /// The objects that the processes share.
  private struct Stage {
    let num: SharedVariable
    let shown: SharedVariable
    let arr: SharedArray
    let lock: Lock
    let startLine: Barrier
    let between: Barrier
    /// The number of processes that have passed the start line.
    let awake: SharedTally

    init(workers: Int, in run: Run) throws {
      run.at(Line.makeNum)
      num = try .shared("num", in: run)
      lock = try .shared("num's lock", in: run)
      run.at(Line.makeArr)
      arr = try .shared("arr", initialArray, in: run)
      shown = try .shared("step by step", shownFrom, in: run)
      startLine = try .shared("start line", parties: workers, in: run)
      between = try .shared("both have read", parties: 2, in: run)
      awake = try SharedTally(in: run)
    }

    init(attached handles: [String], in run: Run) throws {
      guard handles.count == 7 else {
        throw run.raise(.unreadable(handles))
      }
      num = try .attached(handles[0], in: run)
      shown = try .attached(handles[1], in: run)
      arr = try .attached(handles[2], in: run)
      lock = try .attached(handles[3], in: run)
      startLine = try .attached(handles[4], in: run)
      between = try .attached(handles[5], in: run)
      awake = try SharedTally(attached: handles[6], in: run)
    }

    var handles: [String] {
      [num.handle, shown.handle, arr.handle, lock.handle, startLine.handle, between.handle]
        .map { $0 ?? "" } + [awake.handle]
    }
  }

  static func run(_ run: Run) throws {
    let workers = run.arguments.integer("workers")
    let stage = try Stage(workers: workers, in: run)
    run.at(Line.start)
    let processes = try (0..<workers).map { number in
      try run.process(
        "worker-\(number + 1)", body: count, arguments: ["\(number)"] + stage.handles)
    }
    run.at(Line.join)
    for process in processes { try process.finish(in: run) }
    try report(run, stage, pids: processes.map(\.pid))
  }

  /// The work of each process.
  static let count = ProcessBody("shared-memory.count") { run, arguments in
    let (total, increments) = (
      run.arguments.integer("workers"), run.arguments.integer("increments")
    )
    guard let number = arguments.first.flatMap({ Int($0) }) else {
      throw run.raise(.unreadable(arguments))
    }
    let stage = try Stage(attached: Array(arguments.dropFirst()), in: run)
    let isLocked = run.arguments.choice("lock") == "on"
    run.at(Line.double)
    for place in stride(from: number, to: initialArray.count, by: total) {
      try stage.arr.write(place, try stage.arr.read(place) * 2)
    }
    try stage.startLine.wait()
    // Waking takes longer than many counts, so the processes begin only when all are awake.
    stage.awake.withNumbers { $0[0] += 1 }
    while stage.awake[0] < total {
      try run.checkpoint()
      sched_yield()
    }
    run.at(isLocked ? Line.lockedCount : Line.openCount)
    var left = increments
    while left > 0 {
      stage.num.countUp(min(left, chunk), isLocked: isLocked)
      left -= min(left, chunk)
      try run.checkpoint()
    }
    run.at(Line.done)
    try run.output("pid \(getpid()) has counted")
    if number < 2 { try countOnce(stage, isLocked: isLocked, run) }
  }

  /// One count whose steps are events. Without the lock, a barrier makes both processes read before
  /// either writes.
  private static func countOnce(_ stage: Stage, isLocked: Bool, _ run: Run) throws {
    let addOne = { (betweenReadAndWrite: () throws -> Void) in
      let value = try stage.shown.read()
      try betweenReadAndWrite()
      try stage.shown.write(value + 1)
    }
    guard isLocked else {
      run.at(Line.openCount)
      return try addOne { try stage.between.wait() }
    }
    run.at(Line.guarded)
    try stage.lock.withLock {
      run.at(Line.lockedCount)
      try addOne {}
      run.at(Line.guarded)
    }
  }

  private static func report(_ run: Run, _ stage: Stage, pids: [pid_t]) throws {
    let arguments = run.arguments
    let increments = arguments.integer("increments")
    let isLocked = arguments.choice("lock") == "on"
    run.at(Line.report)
    let (counted, shown) = (try stage.num.read(), try stage.shown.read())
    let array = try stage.arr.contents().map(String.init).joined(separator: ", ")
    let expected = Int64(pids.count * increments)
    try run.output("counted \(counted), lost \(expected - counted), the array is [\(array)]")
    try run.result("expected", "\(expected)")
    try run.result("counted", "\(counted)")
    try run.result("lost", "\(expected - counted)")
    let lost = expected - counted
    let sentence =
      if isLocked {
        "Nothing was lost: each process held the lock from read to write."
      } else if lost > 0 {
        "Updates were lost: without the lock, the processes came between each other."
      } else {
        "Nothing was lost this time, but that was luck: no lock was held."
      }
    try run.conclude(
      sentence,
      [
        ["pids", pids.map(String.init).joined(separator: ", ")],
        ["expected", "\(expected)"],
        ["counted", "\(counted)"],
        ["lost", "\(lost)"],
        [
          "two counts, step by step" + (isLocked ? "" : ", made to meet"),
          "\(shownFrom) to \(shown)",
        ],
        ["array 1, 2, 3, 4 is now", array],
      ])
  }
}
