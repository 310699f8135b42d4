import Catalog
import Concurrency
import Engine
import Glibc

/// A thread changes its parent's variable; a process changes a variable of its own.
///
/// A worker process of this engine starts fresh. Its variable is not the copy that a forked child
/// would have.
enum SharedStateDemo: DemoBody {
  enum Line: String, ListingLine {
    case before = #"print(f"before: {counter}, pid {os.getpid()}")"#
    case read = "value = counter"
    case write = "counter = value + 1"
    case startThread = "thread.start()"
    case joinThread = "thread.join()"
    case afterThread = #"print(f"after the thread: {counter}")"#
    case printOwn = #"print(f"in pid {os.getpid()}: {counter}")"#
    case startProcess = "process.start()"
    case joinProcess = "process.join()"
    case afterProcess = #"print(f"after the process: {counter}")"#
  }

  static let workerBodies: [any WorkerBody] = [changeOwn]

  static func run(_ run: Run) throws {
    let changes = run.arguments.integer("changes")
    let counter = SharedVariable("counter", in: run)
    run.at(Line.before)
    let before = try counter.read()
    try recordPlace(of: counter, "main's counter", run)
    try run.output("before: \(before), pid \(getpid())")
    run.at(Line.startThread)
    let thread = try run.thread("thread") {
      try change(counter, times: changes, run)
      try recordPlace(of: counter, "the thread's counter", run)
    }
    run.at(Line.joinThread)
    try thread.join()
    run.at(Line.afterThread)
    let afterThread = try counter.read()
    try run.output("after the thread: \(afterThread)")
    run.at(Line.startProcess)
    let process = try run.process("process", body: changeOwn)
    run.at(Line.joinProcess)
    try process.join()
    run.at(Line.afterProcess)
    let afterProcess = try counter.read()
    try run.output("after the process: \(afterProcess)")
    try run.result("before", "\(before)")
    try run.result("after the thread", "\(afterThread)")
    try run.result("after the process", "\(afterProcess)")
    try run.conclude(
      "the thread took counter from \(before) to \(afterThread); the process changed a variable "
        + "of its own, and here counter is still \(afterProcess)")
  }

  private static func change(_ counter: SharedVariable, times: Int, _ run: Run) throws {
    for _ in 0..<times {
      run.at(Line.read)
      let value = try counter.read()
      run.at(Line.write)
      try counter.write(value + 1)
    }
  }

  /// The work of the process, on its own variable.
  static let changeOwn = ProcessBody("shared-state.change") { run, arguments in
    let counter = SharedVariable("counter in the process", in: run)
    try change(counter, times: run.arguments.integer("changes"), run)
    run.at(Line.printOwn)
    try run.output("in pid \(getpid()): \(counter.read())")
    try recordPlace(of: counter, "the process's counter", run)
  }

  private static func recordPlace(
    of counter: SharedVariable, _ name: String, _ run: Run
  ) throws {
    try run.result(name, "pid \(getpid()), at \(counter.address)")
  }
}
