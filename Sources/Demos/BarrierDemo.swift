import Catalog
import Concurrency
import Platform
import Trace

/// Threads arrive at a barrier one after the other, and all go on when the last one is there.
enum BarrierDemo: DemoBody {
  enum Line: String, ListingLine {
    case sleep = "time.sleep(place * delay)  # one needs longer than the other to get ready"
    case there = #"print(f"{name} is there")"#
    case wait = "barrier.wait()  # until all are there"
    case goesOn = #"print(f"{name} goes on after {time.perf_counter() - began:.3f} s")"#
    case start = "thread.start()"
    case join = "thread.join()"
  }

  /// When a thread arrived and when it went on, in ns of the run's clock.
  private struct Visit: Sendable {
    let name: String
    let arrived: UInt64
    let wentOn: UInt64
  }

  static func run(_ run: Run) throws {
    let parties = run.arguments.integer("parties")
    let barrier = Barrier("barrier", parties: parties, in: run)
    let visits = Guarded<[Visit]>([])
    run.at(Line.start)
    let runners = try (0..<parties).map { place in
      let name = "runner-\(place + 1)"
      return try run.thread(name) {
        run.at(Line.sleep)
        try run.sleep(Int64(place) * run.arguments.nanoseconds("delay"))
        run.at(Line.there)
        try run.output("\(name) is there")
        run.at(Line.wait)
        let arrived = run.now()
        try barrier.wait()
        let visit = Visit(name: name, arrived: arrived, wentOn: run.now())
        visits.withLock { $0.append(visit) }
        run.at(Line.goesOn)
        try run.output(
          "\(name) goes on after \(ValueText.duration(Int64(visit.wentOn - visit.arrived)))")
      }
    }
    run.at(Line.join)
    for runner in runners { try runner.join() }
    try report(visits.withLock { $0 }.sorted { $0.arrived < $1.arrived }, run)
  }

  private static func report(_ visits: [Visit], _ run: Run) throws {
    guard let lastArrival = visits.map(\.arrived).max(), let first = visits.map(\.wentOn).min(),
      let last = visits.map(\.wentOn).max()
    else { return }
    for visit in visits {
      try run.measure("\(visit.name): waited", Int64(visit.wentOn - visit.arrived), unit: "ns")
    }
    try run.conclude(
      first >= lastArrival
        ? "No thread went on before the last one was there."
        : "Some threads did not wait for the last one.",
      [["", "arrived at", "waited"]]
        + visits.map {
          [
            $0.name, ValueText.moment(Int64($0.arrived)),
            ValueText.duration(Int64($0.wentOn - $0.arrived)),
          ]
        } + [["from the first to go on to the last", "", ValueText.duration(Int64(last - first))]])
  }
}
