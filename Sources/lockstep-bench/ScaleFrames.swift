import Catalog
import Events
import History
import LessonKit
import Screen
import Tutor

/// The tutor with a long run on its screen: from a key or a click to the finished frame.
struct ScaleFrames {
  private var model: Model
  private var questions: [ScaleFigures.Question] = []

  private static let rounds = 100

  /// A tutor that shows a recording of which nothing has been read yet.
  init?() {
    let catalog = DemoCatalog(cores: 2)
    guard
      let course = try? CourseLoader(catalog: catalog).course(of: [("run.md", "# A long run\n")])
    else { return nil }
    model = Model(
      course: course, listings: [:], catalog: catalog, size: Size(columns: 120, rows: 40))
    let header = RecordingHeader(demo: "producer-consumer", engine: "native", cores: 2)
    _ = update(
      &model, .recordingBegan(header, path: "run.ndjson", isOfTheseLessons: true))
  }

  mutating func take(_ events: [Event]) {
    _ = update(&model, .recorded(events, read: 0, of: nil))
  }

  func draw() -> Frame { render(model) }

  /// Scrubs and zooms in the run.
  static func questions(_ log: EventLog) -> [ScaleFigures.Question] {
    guard var frames = ScaleFrames() else { return [] }
    for start in stride(from: 0, to: log.count, by: 4096) {
      frames.take(Array(log.events(in: start..<start + 4096)))
    }
    _ = update(&frames.model, .recordingEnded(nil))
    let row = frames.lanesRow
    frames.ask("frame: a click in the lanes") {
      .mouse(Mouse(Point(x: 118 - $0 * 17 % 40, y: row), .press))
    }
    frames.ask("frame: an event back") { _ in .key(.character(",")) }
    frames.ask("frame: an event on") { _ in .key(.character(".")) }
    frames.ask("frame: zoom") { .key(.character($0 % 40 < 20 ? "+" : "-")) }
    for _ in 0..<6 { _ = update(&frames.model, .input(.key(.character("+")))) }
    frames.ask("frame: ← held down") { _ in .key(.left) }
    return frames.questions
  }

  /// A row of the screen with a lane in it.
  private var lanesRow: Int {
    let lines = draw().lines
    return (lines.lastIndex { $0.contains("Timeline") } ?? 0) + 3
  }

  /// - Parameter input: what the person does in each round.
  private mutating func ask(_ name: String, _ input: (Int) -> Input) {
    var last: Frame?
    var changes = 0
    questions.append(
      ScaleFigures.Question(name, rounds: Self.rounds) { round in
        _ = update(&model, .input(input(round)))
        let frame = draw()
        if frame != last { changes += 1 }
        last = frame
      })
    // A key that does nothing is quick.
    precondition(changes > 2, "\(name): the screen changes")
  }
}
