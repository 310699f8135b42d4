import Events
import Glibc
import History
import Rings
import Trace

/// What a recording of a certain length costs to read, to keep and to look at.
struct ScaleFigures {
  /// How long one sort of question took, asked many times: the thread's own time, since what other
  /// programs take of the processor would be the worst of all.
  struct Question {
    let name: String
    /// Milliseconds.
    let median: Double
    let worst: Double

    /// Asks so many times.
    init(_ name: String, rounds: Int, ask: (Int) -> Void) {
      var times: [Double] = []
      for round in 0..<rounds {
        let started = Self.ownTime
        ask(round)
        times.append(Double(Self.ownTime - started) / 1e6)
      }
      self.name = name
      median = times.median
      worst = times.max() ?? 0
    }

    /// Nanoseconds of the processor that this thread has had.
    private static var ownTime: Int {
      var time = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }
  }

  let events: Int
  /// Of the file, for each event.
  let lineBytes: Double
  /// Resident, for each event: log, texts, timeline and checkpoints.
  let bytes: Double
  /// Seconds for reading the file and nothing else.
  let plainRead: Double
  /// Seconds until all is read, folded and indexed, and what of them is not for reading lines.
  let whole: Double
  let indexing: Double
  /// Milliseconds from opening the file to a frame with its first events.
  let firstFrame: Double?
  private(set) var questions: [Question] = []

  var slowest: Question? { questions.max { $0.worst < $1.worst } }

  private static let rounds = 300
  private static let columns = 200
  private static let lanes = 10
  private static let rows = 40

  /// A log and what lanes are drawn from, as a session of the tutor has them.
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
    whole = Self.seconds(MonotonicClock.now() - begun)
    indexing = Self.seconds(time)
    self.events = index.log.count
    events = []
    bytes = Double(Resident.bytes - before) / Double(max(1, index.log.count))
    lineBytes = Double(file.bytes) / Double(file.events)
    ask(index)
    questions += ScaleFrames.questions(index.log)
  }

  private static func seconds(_ nanoseconds: UInt64) -> Double { Double(nanoseconds) / 1e9 }

  /// As much as one read(2) gives, folded and drawn.
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

  private mutating func ask(_ name: String, _ question: (Int) -> Void) {
    questions.append(Question(name, rounds: Self.rounds, ask: question))
  }

  /// What a frame asks, each at places all over the run.
  private mutating func ask(_ index: Index) {
    let (log, timeline) = (index.log, index.timeline)
    let (count, end) = (max(1, log.count), max(1, timeline.end))
    /// The places of a sequence that fills the run evenly.
    func place(_ round: Int) -> Int {
      Int(Double(count) * (Double(round) * 0.618_033_988_75).truncatingRemainder(dividingBy: 1))
    }
    var here = count / 2
    ask("all at any moment") { _ = log.fold(at: place($0)) }
    ask("a step on") { _ = log.fold(at: here + $0) }
    ask("a step back") { _ = log.fold(at: here - $0) }
    ask("a column back, again and again") { _ in
      here = log.position(at: log.record(at: here).time - min(end / 400, log.record(at: here).time))
      _ = log.fold(at: here)
    }
    func draw(from: UInt64, to: UInt64) {
      for lane in 0..<Self.lanes {
        let actor = ActorID(lane % (ScaleScript.workers + 1) + 1)
        _ = timeline.lane(actor, from: from, to: to, columns: Self.columns)
      }
    }
    ask("ten lanes, the whole run") { _ in draw(from: 0, to: end) }
    ask("ten lanes, a part of any length") { round in
      let width = max(1, end >> UInt64(round % 24))
      let from = UInt64(Double(end - width) * Double(place(round)) / Double(count))
      draw(from: from, to: from + width)
    }
    ask("forty events anywhere") { for _ in log.events(in: place($0)..<place($0) + Self.rows) {} }
    ask("where a time is") { _ = log.position(at: log.record(at: place($0)).time) }
    ask("where a number is") { _ = log.index(of: UInt64(place($0))) }
  }
}
