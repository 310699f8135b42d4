import Catalog
import Concurrency
import Platform
import Trace

/// A server on local sockets: one thread serves all clients, then each client has a thread.
enum ManyClientsDemo: DemoBody {
  enum Line: String, ListingLine {
    case question = "self.request.recv(16)"
    case serve = "time.sleep(service)"
    case answer = #"self.request.sendall(b"answer")"#
    case ready = "ready.wait()  # all ask together"
    case ask = #"connection.sendall(b"question")"#
    case wait = "connection.recv(16)"
    case startClient = "client.start()"
    case joinClient = "client.join()"
    case oneThread = #"serve("one thread for all", socketserver.TCPServer)"#
    case threadEach = #"serve("a thread for each client", socketserver.ThreadingTCPServer)"#
  }

  /// The connections between the clients and the server.
  private struct Connections: Sendable {
    /// The end where all clients ask, and the end where the server receives.
    let ask: PipeEnd
    let hear: PipeEnd
    /// The ends of each client and of the server for the answer.
    let answers: [(client: PipeEnd, server: PipeEnd)]

    init(clients: Int, in run: Run) throws {
      (ask, hear) = try Pipe.ends("questions", in: run)
      answers = try (1...clients).map { try Pipe.ends("client-\($0)", in: run) }
    }
  }

  /// The measurements of one way.
  private struct Outcome {
    let name: String
    let peak: Int
    /// The times from the first question to the first and to the last answer, in ns.
    let first: Int64
    let last: Int64
    /// CPU time divided by wall time.
    let cores: Double
  }

  static func run(_ run: Run) throws {
    let clients = run.arguments.integer("clients")
    let connections = try Connections(clients: clients, in: run)
    run.at(Line.oneThread)
    let one = try serve("one thread", connections, run) { _, body in
      try body()
      return nil
    }
    run.at(Line.threadEach)
    let each = try serve("a thread each", connections, run) { number, body in
      try run.thread("handler-\(number + 1)", body)
    }
    let rows: [(String, (Outcome) -> String)] = [
      ("first answer", { ValueText.duration($0.first) }),
      ("last answer", { ValueText.duration($0.last) }),
      ("most in service at a time", { "\($0.peak)" }),
      ("cores used", { ValueText.measure(Int64($0.cores * 100), unit: "/100") }),
    ]
    try run.conclude(
      each.last < one.last
        ? "The last client waited \(times(one.last, each.last)) times as long with one thread for all."
        : "With \(counted(clients, "client")), a thread for each did not help.",
      [["", one.name, each.name]] + rows.map { [$0.0, $0.1(one), $0.1(each)] })
  }

  private static func times(_ time: Int64, _ unit: Int64) -> String {
    PoolSizingSummary.tenths(Double(time) / Double(max(1, unit)))
  }

  /// Serves each client once.
  /// - Parameter handle: serves a client immediately, or on a thread that it returns.
  private static func serve(
    _ name: String, _ connections: Connections, _ run: Run,
    handle:
      @escaping @Sendable (_ client: Int, @escaping @Sendable () throws -> Void) throws
      -> ActorThread?
  ) throws -> Outcome {
    let gauge = Gauge("\(name): in service")
    let cpu = CoreUse.ownTime
    let opened = run.now()
    let server = try run.thread("server") {
      var handlers: [ActorThread] = []
      for _ in connections.answers {
        run.at(Line.question)
        let question = try connections.hear.receiveText()
        guard let number = Int(question), connections.answers.indices.contains(number) else {
          throw run.raise(.unreadable([question]))
        }
        let handler = try handle(number) {
          try answer(connections.answers[number].server, gauge, run)
        }
        if let handler { handlers.append(handler) }
      }
      for handler in handlers { try handler.join() }
    }
    let times = try ask(connections, run)
    try server.join()
    let began = times.map(\.asked).min() ?? 0
    let answered = times.map { Int64($0.answered - began) }
    let wall = max(1, run.now() - opened)
    let outcome = Outcome(
      name: name, peak: gauge.peak, first: answered.min() ?? 0, last: answered.max() ?? 0,
      cores: Double(CoreUse.ownTime(since: cpu)) / Double(wall))
    try record(outcome, run)
    return outcome
  }

  private static func answer(_ client: PipeEnd, _ gauge: Gauge, _ run: Run) throws {
    run.at(Line.serve)
    try gauge.enter()
    try run.sleep(run.arguments.nanoseconds("service"))
    try gauge.leave()
    run.at(Line.answer)
    try client.send("answer")
  }

  /// All clients ask at the same time. Returns the times of each question and of its answer.
  private static func ask(
    _ connections: Connections, _ run: Run
  ) throws -> [(asked: UInt64, answered: UInt64)] {
    let ready = Barrier("ready", parties: connections.answers.count, in: run)
    let times = Guarded<[(asked: UInt64, answered: UInt64)]>([])
    let clients = try connections.answers.indices.map { number in
      run.at(Line.startClient)
      return try run.thread("client-\(number + 1)") {
        run.at(Line.ready)
        try ready.wait()
        let asked = run.now()
        run.at(Line.ask)
        try connections.ask.send("\(number)")
        run.at(Line.wait)
        _ = try connections.answers[number].client.receive()
        let answered = run.now()
        times.withLock { $0.append((asked, answered)) }
      }
    }
    run.at(Line.joinClient)
    for client in clients { try client.join() }
    return times.withLock { $0 }
  }

  private static func record(_ outcome: Outcome, _ run: Run) throws {
    try run.measure("\(outcome.name): peak in service", Int64(outcome.peak), unit: "")
    try run.measure("\(outcome.name): cores used", Int64(outcome.cores * 100), unit: "/100")
    try run.measure("\(outcome.name): first answer", outcome.first, unit: "ns")
    try run.measure("\(outcome.name): last answer", outcome.last, unit: "ns")
  }
}
