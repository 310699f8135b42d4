import Catalog
import Concurrency
import Engine
import Glibc
import Trace

/// A process changes a variable of its own and has to be asked for it; a thread changes its parent's
/// variable and simply reads it.
///
/// A worker process of this engine starts fresh, so its variable begins with 0.
enum SharedStateDemo: DemoBody {
  enum Line: String, ListingLine {
    case read = "value = counter"
    case write = "counter = value + 1"
    case printOwn = #"print(f"in pid {os.getpid()}: {counter}")"#
    case answer = "other_end.send(counter)"
    case startProcess = "process.start()"
    case ask = #"end.send("counter?")"#
    case hear = "return end.recv()"
    case question =
      #"print(f"one question: {timeit.timeit(ask, number=reads) / reads * 1e6:.2f} µs")"#
    case joinProcess = "process.join()"
    case afterProcess = #"print(f"after the process, in pid {os.getpid()}: {counter}")"#
    case startThread = "thread.start()"
    case joinThread = "thread.join()"
    case afterThread = #"print(f"after the thread: {counter}")"#
    case measureRead =
      #"print(f"one read: {timeit.timeit(lambda: counter, number=reads) / reads * 1e6:.2f} µs")"#
  }

  static let workerBodies: [any WorkerBody] = [changeOwn]

  /// The questions to the process that are measured together. Each is a message there and back.
  private static let questions = 100
  /// The reads that are measured together, without events, because one is too short.
  private static let reads = 100_000

  static func run(_ run: Run) throws {
    let counter = SharedVariable("counter", in: run)
    let before = try counter.read()
    try recordPlace(of: counter, "main's counter", run)
    let process = try useProcess(run)
    run.at(Line.afterProcess)
    let afterProcess = try counter.read()
    try run.output("after the process, in pid \(getpid()): \(afterProcess)")
    try useThread(counter, run)
    run.at(Line.afterThread)
    let afterThread = try counter.read()
    try run.output("after the thread: \(afterThread)")
    run.at(Line.measureRead)
    let began = run.now()
    let ours = counter.readOften(reads)
    let read = max(1, Int64(run.now() - began) / Int64(reads))
    try run.output("one read: \(ValueText.duration(read))")
    try run.result("before", "\(before)")
    try run.result("after the process", "\(afterProcess)")
    try run.result("after the thread", "\(afterThread)")
    try run.measure("asking the process", process.question, unit: "ns")
    try run.measure("reading the variable", read, unit: "ns")
    try run.conclude(
      "The process changed its own counter, and the thread changed main's.",
      [
        ["", "process", "thread"],
        ["pid", "\(process.pid)", "\(getpid())"],
        ["its counter", "\(process.counter)", "\(ours)"],
        ["main's counter afterwards", "\(afterProcess)", "\(afterThread)"],
        ["main reads its counter in"] + [process.question, read].map(ValueText.duration),
      ])
  }

  /// The worker process, and the time of one question in ns.
  private struct Asked {
    let pid: pid_t
    let counter: Int64
    let question: Int64
  }

  private static func useProcess(_ run: Run) throws -> Asked {
    let (end, otherEnd) = try Pipe.ends("pipe", in: run)
    run.at(Line.startProcess)
    let process = try run.process(
      "process", body: changeOwn, arguments: [otherEnd.handle], passing: [otherEnd.descriptor])
    otherEnd.close()
    func ask() throws -> Int64 {
      run.at(Line.ask)
      try end.send("counter?")
      run.at(Line.hear)
      let answer = try end.receiveText()
      guard let value = Int64(answer) else { throw run.raise(.unreadable([answer])) }
      return value
    }
    // The first answer comes only after the start of the process.
    var counter = try ask()
    let began = run.now()
    for _ in 0..<questions { counter = try ask() }
    let question = Int64(run.now() - began) / Int64(questions)
    run.at(Line.question)
    try run.output("one question: \(ValueText.duration(question))")
    run.at(Line.joinProcess)
    try process.finish(in: run)
    return Asked(pid: process.pid, counter: counter, question: question)
  }

  private static func useThread(_ counter: SharedVariable, _ run: Run) throws {
    run.at(Line.startThread)
    let thread = try run.thread("thread") {
      try change(counter, times: run.arguments.integer("changes"), run)
      try recordPlace(of: counter, "the thread's counter", run)
    }
    run.at(Line.joinThread)
    try thread.join()
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
    let otherEnd = try PipeEnd.attached(
      arguments.first ?? "", descriptor: run.passedDescriptor(0), in: run)
    let counter = SharedVariable("counter in the process", in: run)
    try change(counter, times: run.arguments.integer("changes"), run)
    run.at(Line.printOwn)
    let value = try counter.read()
    try run.output("in pid \(getpid()): \(value)")
    try recordPlace(of: counter, "the process's counter", run)
    run.at(Line.answer)
    for _ in 0...questions {
      _ = try otherEnd.receive()
      try otherEnd.send("\(value)")
    }
  }

  private static func recordPlace(
    of counter: SharedVariable, _ name: String, _ run: Run
  ) throws {
    try run.result(name, "pid \(getpid()), at \(counter.address)")
  }
}
