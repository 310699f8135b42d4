import Catalog
import Concurrency
import Engine
import Trace

/// Two workers hand the turn to each other by two semaphores: two threads, then two processes. For
/// comparison, a function is called.
enum PingPongDemo: DemoBody {
  enum Line: String, ListingLine {
    case acquire = "mine.acquire()  # wait for the turn"
    case release = "other.release()  # hand it over"
    case call = "call()"
    case start = "partner.start()"
    case join = "partner.join()"
  }

  static let workerBodies: [any WorkerBody] = [takeTurnsAlone]

  /// The turns of each kind before the measured ones, so that the partner is there.
  private static let warmUp = 2
  /// The function calls in place of one switch, because a single call is too short to measure.
  private static let callsPerSwitch = 1000
  private static let callArm = "\(callsPerSwitch) calls"

  /// The partner of the main thread, and the semaphores of both.
  private struct Game {
    let ping: Semaphore
    let pong: Semaphore
    let join: () throws -> Void

    /// Starts a partner.
    /// - Parameter start: starts it with the semaphore to wait for and the one to release, and
    ///   returns a function that waits for its end.
    init(
      _ ping: Semaphore, _ pong: Semaphore, _ run: Run,
      start: (_ mine: Semaphore, _ other: Semaphore) throws -> () throws -> Void
    ) throws {
      (self.ping, self.pong) = (ping, pong)
      run.at(Line.start)
      join = try start(ping, pong)
    }

    func play(_ turns: Int, _ run: Run) throws { try takeTurns(turns, pong, ping, run) }
  }

  static func run(_ run: Run) throws {
    let (trips, rounds) = (run.arguments.integer("trips"), run.arguments.integer("rounds"))
    let all = warmUp + trips * rounds
    let processes = try Game(
      .shared("process ping", permits: 0, in: run), .shared("process pong", permits: 1, in: run),
      run
    ) { mine, other in
      let process = try run.process(
        "process", body: takeTurnsAlone,
        arguments: ["\(all)", mine.handle ?? "", other.handle ?? ""])
      return { try process.finish(in: run) }
    }
    let threads = try Game(
      Semaphore("ping", permits: 0, in: run), Semaphore("pong", permits: 1, in: run), run
    ) { mine, other in
      let thread = try run.thread("thread") { try takeTurns(all, mine, other, run) }
      return { try thread.join() }
    }
    let comparison = try Comparison(
      [
        Comparison.Arm(callArm) { try call(2 * trips * callsPerSwitch, run) },
        Comparison.Arm("threads") { try threads.play(trips, run) },
        Comparison.Arm("processes") { try processes.play(trips, run) },
      ], rounds: rounds, in: run, recording: []
    ) {
      for game in [threads, processes] { try game.play(warmUp, run) }
    }
    run.at(Line.join)
    for game in [threads, processes] { try game.join() }
    try report(comparison, run)
  }

  private static func report(_ comparison: Comparison, _ run: Run) throws {
    let trips = run.arguments.integer("trips")
    let call = Double(comparison[callArm].median) / Double(callsPerSwitch)
    var rows: [[String]] = []
    for times in comparison.times {
      let isCall = times.name == callArm
      let name = isCall ? "function call" : times.name
      let switches = Int64(2 * trips * (isCall ? callsPerSwitch : 1))
      for wall in times.wall {
        try run.measure("\(name): time for one", wall / switches, unit: "ns")
      }
      let ratio = isCall ? 1 : Double(times.median) / max(1, call)
      rows.append(
        [name]
          + [times.median, times.least, times.most].map { ValueText.duration($0 / switches) }
          + [ValueText.grouped(Int(ratio.rounded()))])
    }
    try run.conclude(
      sentence(comparison.verdict("threads", "processes")),
      [["one", "time", "least", "most", "in calls"]] + rows)
  }

  private static func sentence(_ verdict: Comparison.Verdict) -> String {
    switch verdict {
    case .faster("threads", _): "A switch between threads took less than one between processes."
    case .faster: "A switch between processes took less than one between threads."
    case .overlap, .once, .disturbed:
      verdict.caution ?? "A switch took about as long between threads as between processes."
    }
  }

  /// The work of one side of a game.
  private static func takeTurns(
    _ count: Int, _ mine: Semaphore, _ other: Semaphore, _ run: Run
  ) throws {
    for _ in 0..<count {
      run.at(Line.acquire)
      try mine.acquire()
      run.at(Line.release)
      other.release()
    }
  }

  /// The work of the process.
  /// - Parameter arguments: the number of turns, and the handles of both semaphores.
  static let takeTurnsAlone = ProcessBody("ping-pong.turns") { run, arguments in
    guard arguments.count == 3, let count = Int(arguments[0]) else {
      throw run.raise(.unreadable(arguments))
    }
    try takeTurns(
      count, try .attached(arguments[1], in: run), try .attached(arguments[2], in: run), run)
  }

  private static func call(_ times: Int, _ run: Run) throws {
    run.at(Line.call)
    let callsBetweenCheckpoints = 100_000
    var number = 0
    while number < times {
      let pause = min(times, number + callsBetweenCheckpoints)
      while number < pause { number = next(number) }
      try run.checkpoint()
    }
  }

  /// The function. It is not inlined, because its call is measured.
  @inline(never)
  private static func next(_ number: Int) -> Int { number &+ 1 }
}
