import Catalog
import Concurrency
import Engine
import Glibc

/// Tasks open a file and fail. The files stay open, until a task that does nothing wrong finds that
/// the process has no descriptor left. The tasks run in a separate process with its own limit.
enum LeakDemo: DemoBody {
  enum Line: String, ListingLine {
    case raise = #"raise ValueError(f"nothing good in descriptor {handle}")"#
    case open = "handle = os.open(os.devnull, os.O_RDONLY)"
    case close = "os.close(handle)"
    case limit = "resource.setrlimit(resource.RLIMIT_NOFILE, (limit, most))"
    case sleep = "time.sleep(delay)"
    case failed = #"print(f"task {number} failed: {error}")"#
    case refused = #"print(f"task {number} could not start: {error}")"#
    case start = "process.start()"
    case join = "process.join()"
    case ended = #"print(f"the process has ended: exit code {process.exitcode}")"#
  }

  static let workerBodies: [any WorkerBody] = [tasks]

  static func run(_ run: Run) throws {
    run.at(Line.start)
    let process = try run.process("process", body: tasks)
    run.at(Line.join)
    let ending = try process.join()
    run.at(Line.ended)
    try run.output(
      "the process has ended: exit code \(ending.exitCode.map(String.init) ?? "unknown")")
  }

  /// The work of the process.
  static let tasks = ProcessBody("leak.tasks") { run, arguments in
    // At the limit, the table itself could not be opened.
    guard let table = DescriptorTable() else { throw run.raise(.system(errno)) }
    run.at(Line.limit)
    let limit = try lower(to: run.arguments.integer("limit"), run)
    let atFirst = table.count()
    try run.measure("open descriptors over time", Int64(atFirst), unit: "")
    var failures = 0
    var refusal: RaisedException?
    for number in 1...limit where refusal == nil {
      run.at(Line.sleep)
      try run.sleep(run.arguments.nanoseconds("delay"))
      do {
        try task(run)
      } catch let exception as RaisedException {
        run.caught(exception)
        let open = table.count()
        if exception.type == "ValueError" {
          failures += 1
          run.at(Line.failed)
          try run.output(
            "task \(number) failed: \(exception.message) (\(open) of \(limit) open)")
        } else {
          refusal = exception
          run.at(Line.refused)
          try run.output("task \(number) could not start: \(exception.message)")
        }
      }
      try run.measure("open descriptors over time", Int64(table.count()), unit: "")
    }
    let open = table.count()
    try run.measure("limit: descriptors", Int64(limit), unit: "")
    try run.measure("open at first: descriptors", Int64(atFirst), unit: "")
    try run.measure("open at last: descriptors", Int64(open), unit: "")
    let sentence =
      if refusal == nil {
        "Each file was closed when its task failed, so none was left open."
      } else {
        "Each failed task left a file open, until a task that did nothing wrong was refused."
      }
    try run.conclude(
      sentence,
      [
        ["tasks that failed", "\(failures)"],
        ["files open at first", "\(atFirst)"],
        ["files open at the end", "\(open)"],
        ["limit", "\(limit)"],
        ["error of the last task", refusal?.message ?? "none"],
      ])
  }

  /// Opens a file and fails.
  private static func task(_ run: Run) throws {
    run.at(Line.open)
    try run.checkpoint()
    let handle = Glibc.open("/dev/null", O_RDONLY | O_CLOEXEC)
    guard handle >= 0 else { throw run.raise(.system(errno)) }
    defer {
      if run.arguments.choice("close") == "always" {
        run.at(Line.close)
        close(handle)
      }
    }
    run.at(Line.raise)
    throw run.raise(
      .valueError("nothing good in descriptor \(handle)"))
  }

  /// Lowers the limit of descriptors. Returns the new limit.
  private static func lower(to limit: Int, _ run: Run) throws -> Int {
    var limits = rlimit()
    let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    guard getrlimit(kind, &limits) == 0 else { throw run.raise(.system(errno)) }
    limits.rlim_cur = min(rlim_t(limit), limits.rlim_max)
    guard setrlimit(kind, &limits) == 0 else { throw run.raise(.system(errno)) }
    return Int(limits.rlim_cur)
  }
}

/// The kernel's list of the open descriptors of this process. It uses one itself.
private struct DescriptorTable: ~Copyable {
  private let folder: OpaquePointer

  /// Nil if the system has no descriptor left; `errno` has the reason.
  init?() {
    guard let folder = opendir("/proc/self/fd") else { return nil }
    self.folder = folder
  }

  deinit { closedir(folder) }

  /// The number of open descriptors.
  func count() -> Int {
    rewinddir(folder)
    var count = 0
    while let entry = readdir(folder) {
      // The entries of the folder itself and its parent begin with a dot.
      if entry.pointee.d_name.0 != 0x2E { count += 1 }
    }
    return count
  }
}
