import CPlatform
import Events
import History
import Platform
import Trace

/// The time and memory to read, keep and show a recording of a certain length.
struct ScaleFigures {
  /// The time of one kind of query over many rounds. It is CPU time of the thread, because other
  /// programs would spoil the worst case.
  struct Query {
    let name: String
    /// The median in milliseconds.
    let median: Double
    /// The maximum in milliseconds.
    let worst: Double

    /// Measures `run` for a number of rounds.
    init(_ name: String, rounds: Int, run: (Int) -> Void) {
      var times: [Double] = []
      for round in 0..<rounds {
        let started = lks_thread_cpu_time()
        run(round)
        times.append(Double(lks_thread_cpu_time() - started) / 1e6)
      }
      self.name = name
      median = times.median
      worst = times.max() ?? 0
    }
  }

  let events: Int
  /// The bytes per event in the file.
  let lineBytes: Double
  /// The resident bytes per event, for log, texts, timeline and checkpoints.
  let bytes: Double
  /// The seconds to read the bytes of the file.
  let plainRead: Double
  /// The seconds to read, fold and index all events.
  let total: Double
  /// The seconds to fold and index all events.
  let indexing: Double
  /// The milliseconds from opening the file to a frame with its first events.
  let firstFrame: Double?
  private(set) var queries: [Query] = []

  var slowest: Query? { queries.max { $0.worst < $1.worst } }

  private static let rounds = 300
  private static let columns = 200
  private static let lanes = 10
  private static let rows = 40

  /// The log and the timeline of a session.
  private struct Index {
    var log = EventLog()
    var timeline = Timeline()

    mutating func append(_ events: [Event]) {
      for event in events {
        log.append(event)
        timeline.append(event, state: log.head.state)
      }
    }
  }

  init(of file: borrowing ScaleFile) {
    firstFrame = Self.firstFrame(of: file)
    let started = MonotonicClock.now()
    var sum = 0
    file.read { piece in
      sum &+= Int(piece[piece.count - 1])
      return true
    }
    let read = MonotonicClock.now()
    precondition(sum > 0, "the file was read")
    plainRead = Self.seconds(read - started)
    let before = Resident.bytes
    let begun = MonotonicClock.now()
    var index = Index()
    var reader = RecordingReader()
    var events: [Event] = []
    var time: UInt64 = 0
    file.read { piece in
      events.removeAll(keepingCapacity: true)
      try? reader.take(piece, into: &events)
      let between = MonotonicClock.now()
      index.append(events)
      time += MonotonicClock.now() - between
      return true
    }
    total = Self.seconds(MonotonicClock.now() - begun)
    indexing = Self.seconds(time)
    self.events = index.log.count
    events = []
    bytes = Double(Resident.bytes - before) / Double(max(1, index.log.count))
    lineBytes = Double(file.bytes) / Double(file.events)
    measure(index)
    queries += ScaleFrames.queries(index.log)
  }

  private static func seconds(_ nanoseconds: UInt64) -> Double { Double(nanoseconds) / 1e9 }

  /// Folds and draws the events from a single read(2).
  private static func firstFrame(of file: borrowing ScaleFile) -> Double? {
    guard var frames = ScaleFrames() else { return nil }
    let started = MonotonicClock.now()
    var reader = RecordingReader()
    file.read { piece in
      var events: [Event] = []
      try? reader.take(piece, into: &events)
      frames.take(events)
      return false
    }
    _ = frames.draw()
    return seconds(MonotonicClock.now() - started) * 1000
  }

  private mutating func measure(_ name: String, _ query: (Int) -> Void) {
    queries.append(Query(name, rounds: Self.rounds, run: query))
  }

  /// Measures the queries for a frame, at places all over the run.
  private mutating func measure(_ index: Index) {
    let (log, timeline) = (index.log, index.timeline)
    let (count, end) = (max(1, log.count), max(1, timeline.end))
    /// A low-discrepancy sequence of places, which fills the run evenly.
    func place(_ round: Int) -> Int {
      Int(Double(count) * (Double(round) * 0.618_033_988_75).truncatingRemainder(dividingBy: 1))
    }
    var here = count / 2
    measure("state at any moment") { _ = log.fold(at: place($0)) }
    measure("one event forward") { _ = log.fold(at: here + $0) }
    measure("one event back") { _ = log.fold(at: here - $0) }
    measure("one column back, repeated") { _ in
      here = log.position(at: log.record(at: here).time - min(end / 400, log.record(at: here).time))
      _ = log.fold(at: here)
    }
    func draw(from: UInt64, to: UInt64) {
      for lane in 0..<Self.lanes {
        let actor = ActorID(lane % (ScaleScript.workers + 1) + 1)
        _ = timeline.lane(actor, from: from, to: to, columns: Self.columns)
      }
    }
    measure("ten lanes, full run") { _ in draw(from: 0, to: end) }
    measure("ten lanes, a part of any length") { round in
      let width = max(1, end >> UInt64(round % 24))
      let from = UInt64(Double(end - width) * Double(place(round)) / Double(count))
      draw(from: from, to: from + width)
    }
    measure("forty events at any place") {
      for _ in log.events(in: place($0)..<place($0) + Self.rows) {}
    }
    measure("the place of a time") { _ = log.position(at: log.record(at: place($0)).time) }
    measure("the place of a number") { _ = log.index(of: UInt64(place($0))) }
  }
}
