import Catalog
import Concurrency
import Engine
import Glibc
import Trace

/// The number 42 goes through a pipe from the parent to its child; then a pipe and a queue are
/// timed.
enum PipeDemo: DemoBody {
  enum Line: String, ListingLine {
    case make = "parent_conn, child_conn = multiprocessing.Pipe()"
    case makeQueues =
      "questions, answers = multiprocessing.Queue(), multiprocessing.Queue()"
    case start = "child.start()"
    case send = "parent_conn.send(42)"
    case receive = "number = child_conn.recv()"
    case print = #"print(f"pid {os.getpid()} received {number}")"#
    case ask = "parent_conn.send(payload)"
    case hear = "parent_conn.recv()"
    case echo = "child_conn.send(child_conn.recv())"
    case put = "questions.put(payload)"
    case get = "answers.get()"
    case answer = "answers.put(questions.get())"
    case join = "child.join()"
  }

  static let workerBodies: [any WorkerBody] = [echo]

  /// The number of round trips of each kind before the timed ones.
  private static let warmUp = 5

  static func run(_ run: Run) throws {
    let arguments = run.arguments
    let (messages, rounds) = (arguments.integer("messages"), arguments.integer("rounds"))
    run.at(Line.make)
    let (parentEnd, childEnd) = try Pipe.ends("pipe", in: run)
    run.at(Line.makeQueues)
    let questions = try ProcessQueue("questions", in: run)
    let answers = try ProcessQueue("answers", in: run)
    run.at(Line.start)
    let child = try run.process(
      "child", body: echo,
      arguments: [
        childEnd.handle, "\(warmUp + messages * rounds)", questions.handle, answers.handle,
      ],
      passing: [childEnd.descriptor] + questions.descriptors + answers.descriptors)
    childEnd.close()
    run.at(Line.send)
    try parentEnd.send("42")
    let payload = [UInt8](repeating: UInt8(ascii: "x"), count: arguments.integer("size"))
    let ask = { (count: Int) in
      for _ in 0..<count {
        run.at(Line.ask)
        try parentEnd.send(payload)
        run.at(Line.hear)
        _ = try parentEnd.receive()
      }
    }
    let put = { (count: Int) in
      for _ in 0..<count {
        run.at(Line.put)
        try questions.put(payload)
        run.at(Line.get)
        _ = try answers.get()
      }
    }
    let comparison = try Comparison(
      [
        Comparison.Arm("pipe") { try ask(messages) },
        Comparison.Arm("queue") { try put(messages) },
      ], rounds: rounds, in: run, recording: [.cores]
    ) {
      try ask(warmUp)
      try put(warmUp)
    }
    parentEnd.close()
    run.at(Line.join)
    try child.join()
    try report(comparison, run)
  }

  private static func report(_ comparison: Comparison, _ run: Run) throws {
    let messages = Int64(run.arguments.integer("messages"))
    for times in comparison.times {
      for wall in times.wall {
        try run.measure("\(times.name): a round trip", wall / messages, unit: "ns")
      }
    }
    let trip = { (arm: String) in ValueText.duration(comparison[arm].median / messages) }
    let sentence =
      switch comparison.verdict("pipe", "queue") {
      case .faster("pipe", _): "The pipe was faster than the queue."
      case .faster: "The queue was faster than the pipe."
      case .overlap: "The ranges overlap, so neither was faster."
      case .once: "No verdict: one round proves little."
      case .disturbed(let percent): "No verdict: other programs used \(percent) % of the cores."
      }
    try run.conclude(
      sentence,
      [
        ["42 was sent by", "main"],
        ["42 was received by", "child"],
        ["bytes in a message", "\(run.arguments.integer("size"))"],
        ["a round trip by pipe", trip("pipe")],
        ["a round trip by queue", trip("queue")],
      ])
  }

  /// The work of the child: receives a number, then sends back all messages of the pipe and of the
  /// queues. The second argument is the number of messages of each.
  static let echo = ProcessBody("pipe.echo") { run, arguments in
    guard arguments.count == 2 || arguments.count == 4, let messages = Int(arguments[1]) else {
      throw run.raise(.unreadable(arguments))
    }
    let end = try PipeEnd.attached(arguments[0], descriptor: run.passedDescriptor(0), in: run)
    run.at(Line.receive)
    let number = try end.receiveText()
    run.at(Line.print)
    try run.output("pid \(getpid()) received \(number)")
    guard arguments.count == 4 else { return try sendBack(messages, end, run) }
    let questions = try ProcessQueue.attached(arguments[2], firstDescriptor: 1, in: run)
    let answers = try ProcessQueue.attached(
      arguments[3], firstDescriptor: 1 + ProcessQueue.descriptorCount, in: run)
    let piper = try run.thread("piper") { try sendBack(messages, end, run) }
    run.at(Line.answer)
    for _ in 0..<messages { try answers.put(try questions.get()) }
    try piper.join()
  }

  private static func sendBack(_ messages: Int, _ end: PipeEnd, _ run: Run) throws {
    run.at(Line.echo)
    for _ in 0..<messages { try end.send(try end.receive()) }
  }
}
