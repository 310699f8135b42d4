import Catalog
import Trace

/// So many threads, then so many processes, each weighed by the kernel's own account.
///
/// The threads live in a process that is started for them: what it grows by is theirs, since it has
/// no history and does nothing else.
enum MemoryCost: DemoBody {
  static let homeBody = "memory-cost.threads"
  static let processBody = "memory-cost.process"

  /// The listing's lines that this demo's events name.
  enum Line {
    static let here = "here.wait()"
    static let leave = "leave.wait()"
    static let empty = "weighed.wait()  # there are no threads yet"
    static let goOn = "weighed.wait()  # now they may come"
    static let startThread = "threading.Thread(target=wait, args=(here, leave)).start()"
    static let startHome = "home.start()"
    static let weighEmpty = "empty = weigh(home.pid)"
    static let allThreads = "here.wait()  # all threads are there"
    static let weighFull = #"print(f"a thread: {(weigh(home.pid) - empty) // count} kB")"#
    static let threadsLeave = "leave.set()"
    static let joinHome = "home.join()"
    static let again = "leave.clear()"
    static let startProcess = "process.start()"
    static let allProcesses = "here.wait()  # all processes are there"
    static let weighProcesses =
      #"print(f"a process: {sorted(weigh(process.pid) for process in crew)[count // 2]} kB")"#
    static let processesLeave = "leave.set()  # all may go"

    static let all = [
      here, leave, empty, goOn, startThread, startHome, weighEmpty, allThreads, weighFull,
      threadsLeave, joinHome, again, startProcess, allProcesses, weighProcesses, processesLeave,
    ]
  }

  static var lines: [String] { Line.all }

  /// Where all who are to be weighed meet, and wait until they are.
  private struct Meeting {
    let here: Barrier
    let leave: EventFlag

    /// By what a process finds both.
    var handles: [String] { [here.handle ?? "", leave.handle ?? ""] }
  }

  static func run(_ run: Run) throws {
    let count = run.arguments.integer("count")
    let meeting = Meeting(
      here: try .shared("here", parties: count + 1, in: run), leave: try .shared("leave", in: run))
    let thread = try weighThreads(count, meeting, run)
    run.at(Line.again)
    try meeting.leave.clear()
    let process = try weighProcesses(count, meeting, run)
    let times = PoolSizingSummary.tenths(
      Double(process.privateDirty) / Double(max(1, thread.privateDirty)))
    try run.conclude(
      "each of \(count) threads made its process grow by \(told(thread)); each of \(count) "
        + "processes has \(told(process)): \(times) times as much of its own")
  }

  private static func told(_ weight: ProcessWeight) -> String {
    "\(ValueText.measure(weight.privateDirty, unit: "B")) that it alone has written, and reserves "
      + ValueText.measure(weight.virtual, unit: "B")
  }

  private static func weighThreads(
    _ count: Int, _ meeting: Meeting, _ run: Run
  ) throws -> ProcessWeight {
    let weighed = try Barrier.shared("weighed", parties: 2, in: run)
    run.at(Line.startHome)
    let home = try run.process(
      "home", body: homeBody, arguments: [weighed.handle ?? ""] + meeting.handles)
    try weighed.wait()
    run.at(Line.weighEmpty)
    let empty = try weigh(home, run)
    try weighed.wait()
    run.at(Line.allThreads)
    try meeting.here.wait()
    run.at(Line.weighFull)
    let weight = try weigh(home, run).growth(since: empty, sharedBy: count)
    try record(weight, of: "a thread", run)
    run.at(Line.threadsLeave)
    try meeting.leave.set()
    run.at(Line.joinHome)
    try home.finish(in: run)
    return weight
  }

  private static func weighProcesses(
    _ count: Int, _ meeting: Meeting, _ run: Run
  ) throws -> ProcessWeight {
    let crew = try (1...count).map { number in
      run.at(Line.startProcess)
      return try run.process(
        "process-\(number)", body: processBody, arguments: meeting.handles)
    }
    run.at(Line.allProcesses)
    try meeting.here.wait()
    run.at(Line.weighProcesses)
    let weights = try crew.map { try weigh($0, run) }
    func middle(_ part: KeyPath<ProcessWeight, Int64>) -> Int64 {
      weights.map { $0[keyPath: part] }.sorted()[count / 2]
    }
    let weight = ProcessWeight(
      virtual: middle(\.virtual), resident: middle(\.resident),
      proportional: middle(\.proportional), privateDirty: middle(\.privateDirty))
    try record(weight, of: "a process", run)
    run.at(Line.processesLeave)
    try meeting.leave.set()
    for process in crew { try process.finish(in: run) }
    return weight
  }

  private static func weigh(_ process: ActorProcess, _ run: Run) throws -> ProcessWeight {
    guard let weight = ProcessWeight(of: process.pid) else {
      throw run.raise(
        RaisedException(
          type: "OSError", message: "the kernel does not tell what \(process.name) weighs"))
    }
    return weight
  }

  private static func record(_ weight: ProcessWeight, of arm: String, _ run: Run) throws {
    for (name, bytes) in [
      ("virtual", weight.virtual), ("RSS", weight.resident), ("PSS", weight.proportional),
      ("private dirty", weight.privateDirty),
    ] {
      try run.measure("\(arm): \(name)", bytes, unit: "B")
    }
  }

  // MARK: What the processes do.

  /// The process that is started for the threads.
  static func liveOnThreads(_ run: Run, _ arguments: [String]) throws {
    guard arguments.count == 3 else { return }
    let weighed = try Barrier.attached(arguments[0], in: run)
    let meeting = Meeting(
      here: try .attached(arguments[1], in: run), leave: try .attached(arguments[2], in: run))
    run.at(Line.empty)
    try weighed.wait()
    run.at(Line.goOn)
    try weighed.wait()
    let stacks = Guarded<[ThreadStack]>([])
    let threads = try (1...run.arguments.integer("count")).map { number in
      run.at(Line.startThread)
      return try run.thread("thread-\(number)") {
        try wait(meeting, run)
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
  static func live(_ run: Run, _ arguments: [String]) throws {
    guard arguments.count == 2 else { return }
    let meeting = Meeting(
      here: try .attached(arguments[0], in: run), leave: try .attached(arguments[1], in: run))
    try wait(meeting, run)
  }

  private static func wait(_ meeting: Meeting, _ run: Run) throws {
    run.at(Line.here)
    try meeting.here.wait()
    run.at(Line.leave)
    try meeting.leave.wait()
  }
}
