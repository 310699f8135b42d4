import Catalog
import Concurrency
import Engine
import Platform
import Trace

/// Threads, then as many processes: the memory of each, as the kernel counts it.
///
/// The threads run in a fresh process that does nothing else, so its growth is their memory.
enum MemoryCostDemo: DemoBody {
  enum Line: String, ListingLine {
    case come = "here.wait()  # until all are here"
    case stay = "here.wait()  # until all are weighed"
    case empty = "empty.wait()  # there are no threads yet"
    case goOn = "empty.wait()  # now they may come"
    case startThread = "threading.Thread(target=live, args=(here,)).start()"
    case startHome = "home.start()"
    case weighEmpty = "before = weigh(home.pid)"
    case allThreads = "here.wait()  # all threads are there"
    case weighFull = #"print(f"a thread: {(weigh(home.pid) - before) // count} kB")"#
    case threadsMayGo = "here.wait()  # they may go"
    case joinHome = "home.join()"
    case startProcess = "process.start()"
    case allProcesses = "here.wait()  # all processes are there"
    case weighProcesses =
      #"print(f"a process: {sorted(weigh(p.pid) for p in processes)[count // 2]} kB")"#
    case processesMayGo = "here.wait()  # they may go too"
  }

  static let workerBodies: [any WorkerBody] = [liveOnThreads, live]

  static func run(_ run: Run) throws {
    let count = run.arguments.integer("count")
    // A thread or process stays until all are weighed. It waits twice, so that the memory that the
    // second wait needs is already in use when it is weighed.
    let here = try Barrier.shared("here", parties: count + 1, in: run)
    let thread = try weighThreads(count, here, run)
    let process = try weighProcesses(count, here, run)
    let times = PoolSizingSummary.tenths(
      Double(process.privateDirty) / Double(max(1, thread.privateDirty)))
    let rows = zip(parts(of: thread), parts(of: process)).map { thread, process in
      [thread.name] + [thread.bytes, process.bytes].map { ValueText.measure($0, unit: "B") }
    }
    try run.conclude(
      "A process needs \(times) times as much memory of its own as a thread.",
      [["", "a thread", "a process"]] + rows)
  }

  private static func weighThreads(
    _ count: Int, _ here: Barrier, _ run: Run
  ) throws -> ProcessWeight {
    let empty = try Barrier.shared("empty", parties: 2, in: run)
    run.at(Line.startHome)
    let home = try run.process(
      "home", body: liveOnThreads, arguments: [empty.handle ?? "", here.handle ?? ""])
    try empty.wait()
    run.at(Line.weighEmpty)
    let before = try weigh(home, run)
    try empty.wait()
    run.at(Line.allThreads)
    try here.wait()
    run.at(Line.weighFull)
    let weight = try weigh(home, run).growth(since: before, sharedBy: count)
    try record(weight, of: "a thread", run)
    run.at(Line.threadsMayGo)
    try here.wait()
    run.at(Line.joinHome)
    try home.finish(in: run)
    return weight
  }

  private static func weighProcesses(
    _ count: Int, _ here: Barrier, _ run: Run
  ) throws -> ProcessWeight {
    let processes = try (1...count).map { number in
      run.at(Line.startProcess)
      return try run.process(
        "process-\(number)", body: live, arguments: [here.handle ?? ""])
    }
    run.at(Line.allProcesses)
    try here.wait()
    run.at(Line.weighProcesses)
    let weights = try processes.map { try weigh($0, run) }
    func middle(_ part: KeyPath<ProcessWeight, Int64>) -> Int64 {
      weights.map { $0[keyPath: part] }.sorted()[count / 2]
    }
    let weight = ProcessWeight(
      virtual: middle(\.virtual), resident: middle(\.resident),
      proportional: middle(\.proportional), privateDirty: middle(\.privateDirty))
    try record(weight, of: "a process", run)
    run.at(Line.processesMayGo)
    try here.wait()
    for process in processes { try process.finish(in: run) }
    return weight
  }

  private static func weigh(_ process: ActorProcess, _ run: Run) throws -> ProcessWeight {
    guard let weight = ProcessWeight(of: process.pid) else {
      throw run.raise(
        RaisedException(
          type: "OSError", message: "the kernel does not report the memory of \(process.name)"))
    }
    return weight
  }

  private static func record(_ weight: ProcessWeight, of arm: String, _ run: Run) throws {
    for (name, bytes) in parts(of: weight) {
      try run.measure("\(arm): \(name)", bytes, unit: "B")
    }
  }

  private static func parts(of weight: ProcessWeight) -> [(name: String, bytes: Int64)] {
    [
      ("virtual", weight.virtual), ("RSS", weight.resident), ("PSS", weight.proportional),
      ("private dirty", weight.privateDirty),
    ]
  }

  // MARK: The work of the processes

  /// The process with the threads.
  static let liveOnThreads = ProcessBody("memory-cost.threads") { run, arguments in
    guard arguments.count == 2 else { throw run.raise(.unreadable(arguments)) }
    let empty = try Barrier.attached(arguments[0], in: run)
    let here = try Barrier.attached(arguments[1], in: run)
    run.at(Line.empty)
    try empty.wait()
    run.at(Line.goOn)
    try empty.wait()
    let stacks = Guarded<[ThreadStack]>([])
    let threads = try (1...run.arguments.integer("count")).map { number in
      run.at(Line.startThread)
      return try run.thread("thread-\(number)") {
        try stay(here, run)
        if let stack = ThreadStack() { stacks.withLock { $0.append(stack) } }
      }
    }
    for thread in threads { try thread.join() }
    try record(stacks.withLock { $0 }, run)
  }

  private static func record(_ stacks: [ThreadStack], _ run: Run) throws {
    guard !stacks.isEmpty else { return }
    let middle = stacks.count / 2
    try run.measure(
      "a thread: stack reserved", stacks.map(\.reserved).sorted()[middle], unit: "B")
    try run.measure("a thread: stack touched", stacks.map(\.touched).sorted()[middle], unit: "B")
  }

  /// One of the processes.
  static let live = ProcessBody("memory-cost.process") { run, arguments in
    try stay(try Barrier.attached(arguments.first ?? "", in: run), run)
  }

  private static func stay(_ here: Barrier, _ run: Run) throws {
    run.at(Line.come)
    try here.wait()
    run.at(Line.stay)
    try here.wait()
  }
}
