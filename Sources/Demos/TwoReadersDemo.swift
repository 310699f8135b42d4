import Catalog
import Concurrency
import Engine
import Glibc

/// Several processes read at the same end of a pipe. To receive a message takes two reads, the length
/// and the bytes, and another reader may come between them.
enum TwoReadersDemo: DemoBody {
  enum Line: String, ListingLine {
    case make = "parent_conn, child_conn = spawn.Pipe()"
    case start = "process.start()"
    case close = "child_conn.close()"
    case send = "parent_conn.send_bytes(payload)"
    case closeParent = "parent_conn.close()"
    case join = "process.join(timeout=3)"
    case startLine = "start_line.wait()  # until all readers are there"
    case receive = "while child_conn.recv_bytes() == payload:  # the length, then the bytes"
    case whole = "whole += 1"
    case garbled = #"print(f"pid {os.getpid()}: garbled after {whole} whole messages")"#
  }

  static let workerBodies: [any WorkerBody] = [read]

  /// The figures of a reader, numbered from 1: its whole and its garbled messages.
  private static func figures(of reader: Int) -> (whole: Int, garbled: Int) {
    (2 * reader, 2 * reader + 1)
  }

  /// The bytes of a message. Each message has another length.
  private static func payload(_ number: Int) -> String {
    "\(number)" + String(repeating: ".", count: number)
  }

  static func run(_ run: Run) throws {
    let (messages, readers) = (
      run.arguments.integer("messages"), run.arguments.integer("readers")
    )
    run.at(Line.make)
    let (parentConn, childConn) = try Pipe.ends("pipe", in: run)
    let startLine = try Barrier.shared("start line", parties: readers, in: run)
    let tally = try SharedTally(in: run)
    run.at(Line.start)
    let processes = try (1...readers).map { number in
      try run.process(
        "reader-\(number)", body: read,
        arguments: ["\(number)", childConn.handle, startLine.handle ?? "", tally.handle],
        passing: [childConn.descriptor])
    }
    run.at(Line.close)
    childConn.close()
    for number in 1...messages {
      run.at(Line.send)
      try parentConn.send("\(payload(number).utf8.count)")
      try parentConn.send(payload(number))
    }
    run.at(Line.closeParent)
    parentConn.close()
    run.at(Line.join)
    for process in processes { try process.finish(in: run) }
    let rows = processes.indices.map { index in
      let figures = figures(of: index + 1)
      return (
        name: "reader-\(index + 1)", whole: Int(tally[figures.whole]),
        garbled: Int(tally[figures.garbled])
      )
    }
    let whole = rows.map(\.whole).reduce(0, +)
    try run.result("messages sent", "\(messages)")
    try run.result("messages received whole", "\(whole)")
    let sentence =
      if whole == messages {
        "Every message arrived whole."
      } else if readers == 1 {
        "Some messages did not arrive whole."
      } else {
        "The readers garbled the messages: one read the length, another one the bytes."
      }
    try run.conclude(
      sentence,
      [["", "whole", "garbled"]]
        + rows.map { ["read by \($0.name)", "\($0.whole)", "\($0.garbled)"] }
        + [["of \(counted(messages, "message")) sent", "\(whole)", "\(messages - whole)"]])
  }

  /// The work of each reader: takes two messages of the pipe at a time, a length and the bytes. At
  /// first, each reader takes one and waits for the others, so that they do come between each other.
  static let read = ProcessBody("two-readers.read") { run, arguments in
    guard arguments.count == 4, let number = Int(arguments[0]),
      figures(of: number).garbled < SharedTally.count
    else { throw run.raise(.unreadable(arguments)) }
    let childConn = try PipeEnd.attached(
      arguments[1], descriptor: run.passedDescriptor(0), in: run)
    let startLine = try Barrier.attached(arguments[2], in: run)
    let tally = try SharedTally(attached: arguments[3], in: run)
    let figures = figures(of: number)
    var isFirst = true
    while true {
      run.at(Line.receive)
      guard let length = try childConn.receiveUntilEnd() else { return }
      if isFirst {
        run.at(Line.startLine)
        try startLine.wait()
        isFirst = false
        run.at(Line.receive)
      }
      guard let bytes = try childConn.receiveUntilEnd() else {
        run.at(Line.garbled)
        tally[figures.garbled] += 1
        return try run.output("pid \(getpid()): garbled: nothing came after \(text(length))")
      }
      if isWhole(length, bytes) {
        run.at(Line.whole)
        tally[figures.whole] += 1
        try run.output("pid \(getpid()): received \(text(bytes))")
      } else {
        run.at(Line.garbled)
        tally[figures.garbled] += 1
        try run.output(
          "pid \(getpid()): garbled: \(text(length)) as the length, \(text(bytes)) as the bytes")
      }
    }
  }

  private static func isWhole(_ length: [UInt8], _ bytes: [UInt8]) -> Bool {
    text(length) == "\(bytes.count)" && bytes.last == UInt8(ascii: ".")
  }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
