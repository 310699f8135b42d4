import Catalog
import LessonKit
import Screen
import Trace
import Tutor

/// What a recording of a certain length costs to read, to keep and to look at.
struct ScaleFigures {
  /// How long one sort of question took, asked many times.
  struct Question {
    let name: String
    /// Milliseconds.
    let median: Double
    let worst: Double
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
    var lines = ScaleLines()
    var time: UInt64 = 0
    file.read { piece in
      let events = lines.events(in: piece)
      let between = MonotonicClock.now()
      index.append(events)
      time += MonotonicClock.now() - between
      return true
    }
    whole = Self.seconds(MonotonicClock.now() - begun)
    indexing = Self.seconds(time)
    events = index.log.count
    bytes = Double(Resident.bytes - before) / Double(max(1, index.log.count))
    lineBytes = Double(file.bytes) / Double(file.events)
    ask(index)
  }

  private static func seconds(_ nanoseconds: UInt64) -> Double { Double(nanoseconds) / 1e9 }

  /// As much as one read(2) gives, folded and drawn.
  private static func firstFrame(of file: borrowing ScaleFile) -> Double? {
    let catalog = DemoCatalog(cores: 2)
    guard
      let course = try? CourseLoader(catalog: catalog).course(of: [("run.md", "# A long run\n")]),
      let request = try? RunRequest(words: ["producer-consumer"], in: catalog)
    else { return nil }
    var model = Model(
      course: course, listings: [:], catalog: catalog, size: Size(columns: 120, rows: 40))
    let started = MonotonicClock.now()
    _ = update(&model, .runBegan(request))
    var lines = ScaleLines()
    file.read { piece in
      _ = update(&model, .events(lines.events(in: piece)))
      return false
    }
    _ = render(model)
    return seconds(MonotonicClock.now() - started) * 1000
  }

  private mutating func ask(_ name: String, _ question: (Int) -> Void) {
    var times: [Double] = []
    for round in 0..<Self.rounds {
      let started = MonotonicClock.now()
      question(round)
      times.append(Self.seconds(MonotonicClock.now() - started) * 1000)
    }
    questions.append(Question(name: name, median: times.median, worst: times.max() ?? 0))
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

/// Takes lines from the pieces of a file, and events from the lines.
struct ScaleLines {
  /// The beginning of a line whose end is in the next piece.
  private var begun: [UInt8] = []

  mutating func events(in piece: Span<UInt8>) -> [Event] {
    var events: [Event] = []
    var start = 0
    for place in 0..<piece.count where piece[place] == UInt8(ascii: "\n") {
      let line = piece.extracting(start..<place)
      if begun.isEmpty {
        if let event = try? FlatLineScanner.event(in: line) { events.append(event) }
      } else {
        line.withUnsafeBufferPointer { begun.append(contentsOf: $0) }
        if let event = try? FlatLineScanner.event(in: begun.span) { events.append(event) }
        begun.removeAll(keepingCapacity: true)
      }
      start = place + 1
    }
    piece.extracting(start..<piece.count).withUnsafeBufferPointer { begun.append(contentsOf: $0) }
    return events
  }
}
