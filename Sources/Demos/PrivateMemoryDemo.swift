import CPlatform
import Catalog
import Concurrency
import Engine
import Events
import Glibc
import SystemPackage

/// Two processes write to the same address, and each reads its own value there. Then the second one
/// asks the kernel for the value of the first.
///
/// The second process reads only the number that the first one wrote.
enum PrivateMemoryDemo: DemoBody {
  enum Line: String, ListingLine {
    case map = "cell = cell_here()"
    case write = "cell.value = number"
    case tellPid = "pids[number - 1] = os.getpid()"
    case both = "both.wait()  # a barrier: it returns when both have called it"
    case read = #"print(f"pid {os.getpid()} has {cell.value} at {address:#x}")"#
    case peek = #"print(f"what the other has: {peek(pids[0])}")"#
    case done = "both.wait()  # neither goes while the other looks"
    case start = "multiprocessing.Process(target=keep, args=(number, both, pids)).start()"
  }

  static let workerBodies: [any WorkerBody] = [keep]

  /// An address that systems do not use.
  static let address: UInt = 0x10_0000_0000

  static func run(_ run: Run) throws {
    let both = try Barrier.shared("both", parties: 2, in: run)
    let variables = try ["first's pid", "first read"].map {
      try SharedVariable.shared($0, in: run)
    }
    let handles = [both.handle ?? ""] + variables.map { $0.handle ?? "" }
    let processes = try [("first", 1), ("second", 2)].map { name, number in
      run.at(Line.start)
      return try run.process(name, body: keep, arguments: ["\(number)"] + handles)
    }
    for process in processes { try process.finish(in: run) }
  }

  /// The work of both processes.
  static let keep = ProcessBody("private-memory.keep") { run, arguments in
    guard arguments.count == 4, let number = Int64(arguments[0]) else {
      throw run.raise(.unreadable(arguments))
    }
    let both = try Barrier.attached(arguments[1], in: run)
    let firstPid = try SharedVariable.attached(arguments[2], in: run)
    let readByFirst = try SharedVariable.attached(arguments[3], in: run)
    do {
      let name = number == 1 ? "first" : "second"
      run.at(Line.map)
      let page = try Page("\(name)'s page", at: address, in: run)
      run.at(Line.write)
      try page.write(number)
      run.at(Line.tellPid)
      if number == 1 { try firstPid.write(Int64(getpid())) }
      run.at(Line.both)
      try both.wait()
      run.at(Line.read)
      let own = try page.read()
      let place = "0x" + String(address, radix: 16)
      try run.output("pid \(getpid()) has \(own) at \(place)")
      try run.result("\(name), pid \(getpid()), at \(place)", "\(own)")
      if number == 1 { try readByFirst.write(own) }
      run.at(Line.done)
      try both.wait()
      if number == 2 {
        let first = (pid: pid_t(try firstPid.read()), own: try readByFirst.read())
        let answer = try peek(first.pid, run)
        try run.conclude(
          sentence(answer),
          [
            ["", "first", "second"], ["pid", "\(first.pid)", "\(getpid())"],
            ["number at \(place)", "\(first.own)", "\(own)"],
          ] + (answer.map { [["finds in the other's memory", "-", $0.text]] } ?? []))
      }
      run.at(Line.done)
      try both.wait()
    } catch let exception as RaisedException {
      // Otherwise the other process would wait forever.
      try both.abort()
      throw exception
    }
  }

  /// The kernel's answer to a read of the other's memory.
  private enum Answer {
    case found(Int64)
    case refused(String)

    var text: String {
      switch self {
      case .found(let number): "\(number)"
      case .refused(let reason): reason
      }
    }
  }

  private static func sentence(_ answer: Answer?) -> String {
    switch answer {
    case nil: "At one address, each process has its own number."
    case .found: "The second process was allowed to read the memory of the first."
    case .refused: "The second process was not allowed to read the memory of the first."
    }
  }

  /// Reads the number of the first process (`process_vm_readv`), if the parameter `peek` is on.
  private static func peek(_ pid: pid_t, _ run: Run) throws -> Answer? {
    guard run.arguments.choice("peek") == "on" else { return nil }
    run.at(Line.peek)
    try run.checkpoint()
    var found: Int64 = 0
    let count = lks_read_process_memory(
      pid, UnsafeRawPointer(bitPattern: address), &found, MemoryLayout<Int64>.size)
    let answer: Answer =
      count == MemoryLayout<Int64>.size
      ? .found(found)
      : .refused(count < 0 ? "\(Errno(rawValue: Int32(-count)))" : "only \(count) bytes")
    try run.output("what the other has: \(answer.text)")
    switch answer {
    case .found(let number):
      try run.result("reading the other's memory", "allowed")
      try run.result("found there", "\(number)")
    case .refused(let reason): try run.result("reading the other's memory", "refused: \(reason)")
    }
    return answer
  }
}

/// A page of this process's memory at a fixed address, with a number at its start.
private struct Page {
  private let traced: Traced<UInt>

  /// - Throws: `RaisedException` if the address is in use.
  init(_ name: String, at address: UInt, in run: Run) throws {
    let status = lks_map_page_at(UnsafeMutableRawPointer(bitPattern: address))
    guard status == 0 else {
      throw run.raise(
        RaisedException(
          type: "OSError",
          message: "no page at 0x\(String(address, radix: 16)): \(Errno(rawValue: status))"))
    }
    traced = Traced(id: run.newObject(name, type: "page"), address)
  }

  func write(_ value: Int64) throws {
    try ActorContext.current.perform(Write(value: value), on: traced)
  }

  func read() throws -> Int64 { try ActorContext.current.perform(Read(), on: traced) }

  private struct Write: InstantOperation {
    let value: Int64
    func apply(to address: inout UInt, by waiter: QueuedActor) {
      UnsafeMutablePointer<Int64>(bitPattern: address)?.pointee = value
    }
    func event(_ result: Void, object: ObjectID) -> EventRecord? {
      .variable(.variableWrite, value, object: object)
    }
  }

  private struct Read: InstantOperation {
    func apply(to address: inout UInt, by waiter: QueuedActor) -> Int64 {
      UnsafePointer<Int64>(bitPattern: address)?.pointee ?? 0
    }
    func event(_ value: Int64, object: ObjectID) -> EventRecord? {
      .variable(.variableRead, value, object: object)
    }
  }
}
